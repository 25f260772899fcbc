import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { DEFAULT_LITELLM_VERSION, type Environment, loadEnvironment } from "../../../core/config";
import { renderConfig } from "../../../core/litellm";
import { answerOf, type ProviderStub, startProviderStub } from "../../support/provider-stub";
import { deploymentsOf, STUB_KEY, withStubbedProviders } from "../../support/provider-stub-config";
import { RealLitellm, type RealProxy } from "../../support/real-litellm";
import { Client, END_USER, idOf, TAG, textOf } from "../../support/real-litellm-client";
import { litellmNeeds } from "../../support/real-litellm-needs";
import { eventually } from "../../support/real-litellm-wait";
import { describeReal } from "../support/real-part";
import { furtherTests, type Running } from "./seed-tests";

jest.setTimeout(600_000);

const SEEDS = join(__dirname, "..", "..", "fixtures", "seeds");
const NAMES = readdirSync(SEEDS).map((file) => basename(file, ".yaml"));
/** The one whose point is to run without. */
const STATELESS = "cost-webhook-stateless";
/** Sets variables that LiteLLM reads when it is imported. */
const ALONE = "sign-in";

const needs = litellmNeeds();

describeReal("LiteLLM runs the environments of the seeds", needs.litellm, () => {
  const masterKey = `sk-${randomUUID()}`;
  let stub: ProviderStub;
  let litellm: RealLitellm;

  beforeAll(async () => {
    stub = await startProviderStub();
    litellm = await RealLitellm.prepare(DEFAULT_LITELLM_VERSION, "available" in needs.postgres);
  });

  afterAll(async () => {
    await litellm?.close();
    await stub?.close();
  });

  describe.each(NAMES)("%s", (name) => {
    const loaded = loadEnvironment(join(SEEDS, `${name}.yaml`), "2026-11-21");
    const database = name !== STATELESS;
    let proxy: RealProxy;
    let running: Running;

    beforeAll(async () => {
      if (!loaded.environment) return;
      const config = renderConfig(withStubbedProviders(loaded.environment.litellm.config, stub));
      const variables = loaded.environment.litellm.environment;
      const secrets = secretsOf(loaded.environment, masterKey);
      proxy = await litellm.start({ name, config, variables, secrets, database, alone: name === ALONE });
      running = { environment: loaded.environment, secrets, stub, proxy, client: new Client(proxy, masterKey) };
    });

    beforeEach(() => stub.failing.clear());

    afterAll(async () => await proxy?.stop());

    it("is checked without errors", () => {
      expect(loaded.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    });

    it("lists its models", async () => {
      const { data } = JSON.parse((await running.client.get("/v1/models")).text) as { data: { id: string }[] };
      const expected = new Set(deploymentsOf(running.environment.litellm.config).map(({ model_name }) => model_name));
      expect(data.map(({ id }) => id).sort()).toEqual([...expected].sort());
    });

    const answers: string[] = [];

    it("answers with each of its chat models", async () => {
      const deployments = deploymentsOf(running.environment.litellm.config).filter(({ model_info }) => !model_info.mode);
      for (const model of new Set(deployments.map(({ model_name }) => model_name))) {
        const answer = await running.client.chat(model);
        const own = deployments.filter(({ model_name }) => model_name === model);
        expect(own.map(({ model_info }) => answerOf(model_info.id))).toContain(textOf(answer));
        answers.push(idOf(answer));
      }
    });

    furtherTests[name]?.(() => running, needs.postgres);

    if (database) {
      describeReal("its log in the database", needs.postgres, () => {
        it("has the end user and the tag of each request", async () => {
          expect(answers).not.toEqual([]);
          const rows = await eventually("the requests are in the log", 30, async () => {
            const found = await litellm.database?.rows(LOG, [answers]);
            return found?.length === answers.length ? found : undefined;
          });
          const recorded = { end_user: END_USER, request_tags: expect.arrayContaining([TAG]) };
          expect(rows).toEqual(answers.map(() => recorded));
        });
      });
    }
  });
});

const LOG = `SELECT end_user, request_tags FROM "LiteLLM_SpendLogs" WHERE request_id = ANY($1)`;

/** Each declared secret has a value, but only the stub's key is one that is used. */
function secretsOf({ secrets }: Environment, masterKey: string): Record<string, string> {
  const declared = Object.fromEntries(Object.keys(secrets).map((name) => [name, `unused-${name}`]));
  return { ...declared, [STUB_KEY]: randomUUID(), LITELLM_MASTER_KEY: masterKey, LITELLM_SALT_KEY: masterKey };
}
