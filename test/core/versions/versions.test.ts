import { checkAtVersion, loadEnvironmentTree } from "../../../core/config";
import { type Catalogue, knownVersions, loadCatalogue } from "../../../core/litellm";
import type { MapNode } from "../../../core/source";
import { compareVersions, listVersions, type VersionChange } from "../../../core/versions";
import { tempProject } from "../../support/temp-project";

const project = tempProject();
const TODAY = "2026-11-21";
const ENVIRONMENT = `name: prod
target: local
litellm:
  version: 1.86.7
  config:
    model_list:
      - model_name: claude
        litellm_params: { model: anthropic/claude-sonnet-4-5, api_key: os.environ/ANTHROPIC_API_KEY }
        model_info: { id: claude-1 }
    router_settings:
      ignore_invalid_deployments: true
    litellm_settings:
      cache_params: { type: redis, host: redis.local, redis_version: "7" }
      default_key_generate_params: { metadata: { allow_client_tags: true } }
secrets: { ANTHROPIC_API_KEY: { env: ANTHROPIC_API_KEY } }
`;

function treeOf(text: string): MapNode {
  const tree = loadEnvironmentTree(project.write("prod.yaml", text));
  if (!("root" in tree)) throw new Error("the environment cannot be read");
  return tree.root;
}

function catalogue(version: string): Catalogue {
  const known = loadCatalogue(version);
  if (!known) throw new Error(version);
  return known;
}

const compared = (from: string, to: string, environment?: MapNode) =>
  compareVersions(catalogue(from), catalogue(to), TODAY, environment);
const lines = (changes: readonly VersionChange[]) =>
  changes.map(({ weight, topic, what, message }) => `${weight} ${topic} ${what}: ${message}`);

test("every known version is listed, newest first, with its advisories and the environment's findings", () => {
  const { versions, floor, denied } = listVersions(TODAY, treeOf(ENVIRONMENT));

  expect(versions.map(({ version }) => version)).toEqual(knownVersions().reverse());
  expect(versions.filter(({ isDefault }) => isDefault).map(({ version }) => version)).toEqual(["1.108.10"]);
  expect(versions.find(({ version }) => version === "1.83.14")?.advisories).toEqual(["CVE-2026-49468"]);
  expect(versions.map(({ version, check }) => `${version} ${check?.errors}`)).toEqual(
    expect.arrayContaining(["1.86.7 1", "1.109.1 3"]),
  );
  expect([floor, ...denied]).toEqual(["1.84.3", "1.82.7", "1.82.8", "1.107.0"]);
});

describe("for an environment", () => {
  test("takes names that every object has as any other", () => {
    const odd = treeOf("litellm: { config: { constructor: { a: 1 }, router_settings: { toString: 1 } } }");

    expect(compared("1.86.7", "1.109.1", odd).filter(({ topic }) => topic === "setting")).toEqual([]);
  });

  test("tells what it uses, the gravest first, with its lines", () => {
    const changes = compared("1.83.14", "1.109.1", treeOf(ENVIRONMENT));

    expect(lines(changes).slice(0, 6)).toEqual([
      "breaks setting litellm.config.litellm_settings.cache_params.redis_version: 1.109.1 does not know it",
      "breaks setting litellm.config.router_settings.ignore_invalid_deployments: 1.109.1 does not know it",
      "differs advisory CVE-2026-49468: mended: authentication is passed by through the Host header",
      "differs check litellm.config.litellm_settings.default_key_generate_params.metadata.allow_client_tags: LiteLLM 1.109.1 does not look at it: tags of clients always count [client-tags-switch]",
      expect.stringMatching(/^differs check .*the provider retires this model on 2026-11-30, in 9 days/),
      expect.stringMatching(/^differs setting .*cache_params.*now takes/),
    ]);
    expect(changes[0]?.place?.line).toBe(13);
  });

  test("says of settings and models that it does not use nothing at all", () => {
    const changes = compared("1.83.14", "1.109.1", treeOf(ENVIRONMENT));
    const own = changes.filter(({ topic }) => topic === "setting" || topic === "model");

    expect(own.length).toBeLessThan(8);
    for (const { place } of own) expect(place).toBeDefined();
  });

  test("backwards, tells of the weakness that opens again", () => {
    expect(lines(compared("1.108.10", "1.83.14", treeOf(ENVIRONMENT)))).toContainEqual(
      "breaks advisory CVE-2026-49468: open again: authentication is passed by through the Host header",
    );
  });

  test("metrics matter where it has Prometheus only", () => {
    const weights = (text: string) =>
      new Set(
        compared("1.83.14", "1.109.1", treeOf(text))
          .filter(({ topic }) => topic === "metric")
          .map(({ weight }) => weight),
      );

    expect([...weights(ENVIRONMENT)]).toEqual(["informs"]);
    expect([
      ...weights(ENVIRONMENT.replace("    litellm_settings:\n", "    litellm_settings:\n      callbacks: [prometheus]\n")),
    ]).toEqual(["differs", "informs"]);
  });
});

test("without an environment it tells everything, of every topic", () => {
  const changes = compared("1.83.14", "1.109.1");
  const topics = [...new Set(changes.map(({ topic }) => topic))].sort();

  expect(topics).toEqual(["advisory", "header", "metric", "model", "request field", "route", "setting"]);
  expect(lines(changes)).toEqual(
    expect.arrayContaining([
      "informs setting router_settings.enable_weighted_failover: new in 1.109.1",
      "differs setting router_settings.ignore_invalid_deployments: 1.109.1 does not know it",
      "differs setting @PassThroughGenericEndpoint.auth: its default is true, was false",
    ]),
  );
});

test.each(["1.83.14", "1.108.10", "1.109.1"])("%s and itself are the same", (version) => {
  expect(compared(version, version).filter(({ topic }) => topic !== "advisory")).toEqual([]);
});

test("an environment is checked as if it named the other version", () => {
  const found = (version: string) =>
    checkAtVersion(treeOf(ENVIRONMENT), version, TODAY).map(({ rule, path }) => `${rule} ${path}`);

  expect(found("1.109.1")).toContain("unknown-setting litellm.config.router_settings.ignore_invalid_deployments");
  expect(found("1.86.7")).not.toContain("unknown-setting litellm.config.router_settings.ignore_invalid_deployments");
});
