import { type Finding, found, nearestName } from "../findings";
import { type MapNode, nodeAt, type Path, placeOfName, placeOfValue, showPath } from "../source";
import { fixedOnAws } from "./aws-gateway";
import { checkAws } from "./check-aws";
import { checkLitellm } from "./check-litellm";
import { checkParts, deploymentOf } from "./check-parts";
import { checkIdentityProxy } from "./identity-proxy";
import { isReadByItself } from "./read-by-itself";
import { type Reference, referencesIn } from "./references";
import { ENVIRONMENT_RULES } from "./rules";
import { DEFAULT_DATABASE_PORT, DEFAULT_LITELLM_PORT, type EnvironmentInput } from "./schema";
import type { SoundInput } from "./sound-input";
import { providedBy, surroundingsOf } from "./surroundings";

/** Variables of LiteLLM's process that the local target sets itself; a contract test holds the list against it. */
export const FIXED_BY_LOCAL: readonly string[] = [
  // Of the PostgreSQL that it runs beside LiteLLM.
  "DATABASE_URL",
  "DISABLE_SCHEMA_UPDATE",
  "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS",
  "LITELLM_LOCAL_BLOG_POSTS",
  "LITELLM_LOCAL_MODEL_COST_MAP",
  "LITELLM_LOCAL_POLICY_TEMPLATES",
  "LITELLM_MODE",
  "LITELLM_PRISMA_COMMAND_TIMEOUT",
  "PYTHONUNBUFFERED",
];

/**
 * What the schema cannot say: parts that come later, LiteLLM's own settings, and references between parts.
 *
 * @param today `YYYY-MM-DD`, for models that are retired
 * @param sound absent where the form of what everything depends on is not right; what can be checked without it still is
 */
export function checkEnvironment(root: MapNode, sound: SoundInput | undefined, today: string): Finding[] {
  const findings = [...checkParts(root), ...checkLitellm(root, surroundingsOf(root, today))];
  if (!sound) return findings;
  const { input, unsound } = sound;
  const isLocal = deploymentOf(root) === "local";
  const fixed = isLocal ? FIXED_BY_LOCAL : fixedOnAws(root);
  const checks: readonly (readonly [parts: readonly string[], check: () => Finding[]])[] = [
    [["database"], () => (isLocal ? sharedPort(root, input) : [])],
    [["database", "secrets", "identityProxy"], () => (isLocal ? checkIdentityProxy(root, input) : [])],
    [["aws", "secrets"], () => (isLocal ? [] : checkAws(root, input))],
    [[], () => fixedVariables(root, input, fixed)],
    [["secrets", "keys"], () => references(root, input)],
  ];
  return [...findings, ...checks.flatMap(([parts, check]) => (parts.some((part) => unsound.has(part)) ? [] : check()))];
}

function sharedPort(root: MapNode, input: EnvironmentInput): Finding[] {
  const port = input.litellm.port ?? DEFAULT_LITELLM_PORT;
  if (port !== (input.database?.port ?? DEFAULT_DATABASE_PORT)) return [];
  const path = input.database?.port === undefined ? ["litellm", "port"] : ["database", "port"];
  const message = "the gateway and its database would listen on the same port";
  return [
    found(ENVIRONMENT_RULES.portShared, {
      place: placeOfValue(root, path),
      path: showPath(path),
      message,
      got: String(port),
      repair: "choose another port",
    }),
  ];
}

function fixedVariables(root: MapNode, input: EnvironmentInput, fixed: readonly string[]): Finding[] {
  const plain = Object.keys(input.litellm.environment ?? {}).map((name) => ["litellm", "environment", name]);
  const secret = Object.keys(input.secrets ?? {}).map((name) => ["secrets", name]);
  const set = [...plain, ...secret].filter((path) => fixed.includes(path.at(-1) ?? ""));
  return set.map((path) => {
    const name = path.at(-1);
    const message = `${describeDeployment(root)} sets ${name} itself, so this value would do nothing`;
    return found(ENVIRONMENT_RULES.fixed, { place: placeOfName(root, path), path: showPath(path), message, repair: "remove it" });
  });
}

function describeDeployment(root: MapNode): string {
  return deploymentOf(root) === "local" ? "the local target" : "an environment on AWS";
}

/** Variables that are referred to and not provided, and secrets that are declared and not referred to. */
function references(root: MapNode, input: EnvironmentInput): Finding[] {
  const config = nodeAt(root, ["litellm", "config"]);
  const signIn = input.keys?.signIn;
  const used = [
    ...(config ? referencesIn(config, ["litellm", "config"]) : []),
    ...(signIn === undefined ? [] : [{ name: signIn, path: ["keys", "signIn"] }]),
  ];
  const secrets = Object.keys(input.secrets ?? {});
  const provided = providedBy(root);
  const declared = [...secrets, ...Object.keys(input.litellm.environment ?? {}), ...provided];
  const known = new Set(declared);
  const missing = used.filter(({ name }) => !known.has(name)).map(({ name, path }) => undeclared(root, name, path, declared));
  const ofProxy = proxyReferences(root);
  const referred = new Set([...used, ...ofProxy].map(({ name }) => name));
  const idle = secrets.filter((name) => !provided.includes(name) && !referred.has(name) && !isReadByItself(root, name));
  // The proxy's process gets what it names, and only secrets have a place that it could come from.
  const unknown = ofProxy.filter(({ name, path }) => !secrets.includes(name) && !(isGatewayKey(path) && provided.includes(name)));
  return [
    ...missing,
    ...unknown.map(({ name, path }) => undeclaredByProxy(root, name, path, secrets)),
    ...idle.map((name) => unusedSecret(root, name)),
  ];
}

/** What LiteLLM alone is provided with is no key for the proxy, which has a rule of its own. */
function isGatewayKey(path: Path): boolean {
  return path[1] === "gatewayKeys";
}

function proxyReferences(root: MapNode): Reference[] {
  const block = nodeAt(root, ["identityProxy"]);
  return block ? referencesIn(block, ["identityProxy"]) : [];
}

function undeclaredByProxy(root: MapNode, name: string, path: Path, secrets: readonly string[]): Finding {
  const near = nearestName(name, secrets);
  return found(ENVIRONMENT_RULES.undeclared, {
    place: placeOfValue(root, path),
    path: showPath(path),
    message: `nothing provides ${name}, so the identity proxy could not start`,
    repair: near ? `did you mean os.environ/${near}?` : `declare it, for example secrets: { ${name}: { env: ${name} } }`,
  });
}

function undeclared(root: MapNode, name: string, path: Path, declared: readonly string[]): Finding {
  const near = nearestName(name, declared);
  return found(ENVIRONMENT_RULES.undeclared, {
    place: placeOfValue(root, path),
    path: showPath(path),
    message: `nothing provides ${name}, so LiteLLM would read an empty value`,
    repair: near
      ? `did you mean os.environ/${near}?`
      : `declare it, for example secrets: { ${name}: { ${exampleOf(root, name)} } }`,
  });
}

function exampleOf(root: MapNode, name: string): string {
  return deploymentOf(root) === "local" ? `env: ${name}` : `awsSecretsManager: litellm/${name}`;
}

function unusedSecret(root: MapNode, name: string): Finding {
  const path = ["secrets", name];
  const message = `${name} is named nowhere in litellm.config${nodeAt(root, ["identityProxy"]) ? " and identityProxy" : ""}`;
  return found(ENVIRONMENT_RULES.unused, {
    place: placeOfName(root, path),
    path: showPath(path),
    message,
    repair: ENVIRONMENT_RULES.unused.repair,
  });
}
