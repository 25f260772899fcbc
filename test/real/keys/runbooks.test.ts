import { apply, plan, type ReconcileOptions } from "../../../tools/keys/apply";
import { masterKeyProcedure, saltKeyProcedure } from "../../../tools/keys/procedures";
import { type ProviderStub, providerUrl, startProviderStub } from "../../support/provider-stub";
import { litellmNeeds } from "../../support/real-litellm-needs";
import { eventually } from "../../support/real-litellm-wait";
import { all, describeReal } from "../support/real-part";
import { CONFIG, RealGateway, VERSION } from "./real-gateway";

jest.setTimeout(600_000);

const [FIRST, SECOND, THIRD] = ["first", "second", "third"].map(
  (name) => `sk-${name}-master-of-the-runbooks-test-0123456789`,
) as [string, string, string];
const [SALT, OTHER_SALT] = ["one", "other"].map((name) => `sk-${name}-salt-of-the-runbooks-test-0123456789`) as [string, string];
/** Of the provider: stored in LiteLLM's database, encrypted. */
const [STORED, ANEW] = ["provider-key-stored-0123456789", "provider-key-entered-anew-0123456789"];
const STORING = "  store_model_in_db: true\n";
const KEYS = `teams:
  research: { models: [mock-a, stored, by-credential], max_budget: 100, budget_duration: 30d }
keys:
  agent: { owner: a@example.org, team_id: research, models: [mock-a, stored, by-credential], max_budget: 10, budget_duration: 30d, expires: 2028-01-01, deliver: { file: agent } }
`;

const { litellm, postgres } = litellmNeeds();
const needs = all(litellm, postgres);

/** What a gateway is started with beside its database. */
interface Keys {
  readonly master: string;
  readonly salt?: string;
  readonly migrateFrom?: string;
}

/** A gateway with a virtual key, a stored model and a stored credential, that is started again and again with other keys. */
class Gateway {
  private constructor(
    private readonly real: RealGateway,
    private readonly stub: ProviderStub,
  ) {}

  static async prepare(): Promise<Gateway> {
    return new Gateway(await RealGateway.prepare("runbooks"), await startProviderStub());
  }

  /** Stops what runs, and starts it with these keys and the same database. */
  async restart({ master, salt, migrateFrom }: Keys): Promise<void> {
    await this.real.restart(`${CONFIG}${STORING}`, {
      LITELLM_MASTER_KEY: master,
      ...(salt !== undefined && { LITELLM_SALT_KEY: salt }),
      ...(migrateFrom !== undefined && { LITELLM_MIGRATE_FROM_MASTER_KEY: migrateFrom }),
    });
  }

  log(): string {
    return this.real.log();
  }

  async close(): Promise<void> {
    await this.real.close();
    await this.stub.close();
  }

  options(signIn: string): ReconcileOptions {
    return this.real.options(KEYS, "runbooks", signIn);
  }

  async call(signIn: string, method: string, path: string, body?: object): Promise<{ status: number; text: string }> {
    return await this.real.call(signIn, method, path, body);
  }

  /** Stores a credential and two models: one with a key of its own, one with the credential's. */
  async store(master: string, key: string): Promise<void> {
    const post = async (path: string, body: object): Promise<void> => {
      const { status, text } = await this.call(master, "POST", path, body);
      if (status !== 200) throw new Error(`${path} answered ${status}: ${text}`);
    };
    const api_base = `${providerUrl(this.stub, "stored")}/v1`;
    await post("/credentials", {
      credential_name: "provider",
      credential_values: { api_key: key, api_base },
      credential_info: { custom_llm_provider: "openai" },
    });
    await post("/model/new", {
      model_name: "stored",
      litellm_params: { model: "openai/gpt-4o", api_key: key, api_base },
      model_info: { id: "stored-1" },
    });
    await post("/model/new", {
      model_name: "by-credential",
      litellm_params: { model: "openai/gpt-4o", litellm_credential_name: "provider" },
      model_info: { id: "by-credential-1" },
    });
  }

  async forget(master: string): Promise<number[]> {
    return [
      (await this.call(master, "POST", "/model/delete", { id: "stored-1" })).status,
      (await this.call(master, "POST", "/model/delete", { id: "by-credential-1" })).status,
      (await this.call(master, "DELETE", "/credentials/provider")).status,
    ];
  }

  /** The key that reaches the provider when the virtual key asks a stored model; undefined when nothing does. */
  async providerGets(model: string): Promise<string | undefined> {
    const before = this.stub.calls.length;
    await this.ask(model);
    return this.stub.calls[before]?.headers.authorization?.replace("Bearer ", "");
  }

  async ask(model: string): Promise<number> {
    const body = { model, messages: [{ role: "user", content: `hi ${Math.random()}` }] };
    return (await this.call(this.real.delivered("agent"), "POST", "/v1/chat/completions", body)).status;
  }

  /** What both stored models send: LiteLLM reads models of its database a moment after its start. */
  async bothSend(key: string): Promise<void> {
    for (const model of ["stored", "by-credential"])
      await eventually(`${model} sends its key`, 60, async () => (await this.providerGets(model)) === key || undefined);
  }

  /** Neither stored model sends its key, once LiteLLM has read them and said that it cannot decrypt what it read. */
  async nothingSends(key: string): Promise<void> {
    await eventually("LiteLLM says that it cannot decrypt", 60, async () => /decrypt/i.test(this.log()) || undefined);
    for (const model of ["stored", "by-credential"]) expect(await this.providerGets(model)).not.toBe(key);
  }
}

const ROOM = {
  environment: "prod",
  file: "environments/prod.yaml",
  deploy: "npx cdktf deploy prod",
  source: "its source",
  version: VERSION,
  isShared: false,
};

describeReal("the master key's runbook on a real LiteLLM, with a salt key", needs, () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await Gateway.prepare();
    await gateway.restart({ master: FIRST, salt: SALT });
    expect((await apply(gateway.options(FIRST))).executed.failed).toEqual([]);
    await gateway.store(FIRST, STORED);
    await gateway.bothSend(STORED);
  });
  afterAll(() => gateway?.close());

  test("its steps, in their order: everything works afterwards, and the old key is refused", async () => {
    expect(masterKeyProcedure({ ...ROOM, hasSaltKey: true })).toMatchObject({ title: expect.stringContaining(VERSION) });
    await gateway.restart({ master: SECOND, salt: SALT });

    expect((await plan(gateway.options(SECOND))).plan).toMatchObject({ actions: [], notes: [] });
    expect((await gateway.call(FIRST, "GET", "/key/list")).status).toBe(401);
    expect(await gateway.ask("mock-a")).toBe(200);
    await gateway.bothSend(STORED);
  });

  test("another salt key: what is stored is lost, as the refusal says, and virtual keys work on", async () => {
    expect(saltKeyProcedure({ ...ROOM, hasSaltKey: true })).toMatchObject({ refused: expect.stringContaining("lost") });
    await gateway.restart({ master: SECOND, salt: OTHER_SALT });

    await gateway.nothingSends(STORED);
    expect(await gateway.ask("mock-a")).toBe(200);
  });

  test("the salt key's runbook when it leaked: stored things are deleted, and entered anew under the new salt key", async () => {
    await gateway.restart({ master: SECOND, salt: SALT });
    expect(await gateway.forget(SECOND)).toEqual([200, 200, 200]);
    await gateway.restart({ master: SECOND, salt: OTHER_SALT });
    await gateway.store(SECOND, ANEW);

    await gateway.bothSend(ANEW);
    await gateway.restart({ master: SECOND, salt: OTHER_SALT });
    await gateway.bothSend(ANEW);
    expect(await gateway.ask("mock-a")).toBe(200);
    expect((await plan(gateway.options(SECOND))).plan).toMatchObject({ actions: [], notes: [] });
  });
});

describeReal("the master key's runbook on a real LiteLLM, without a salt key", needs, () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await Gateway.prepare();
    await gateway.restart({ master: FIRST });
    expect((await apply(gateway.options(FIRST))).executed.failed).toEqual([]);
    await gateway.store(FIRST, STORED);
    await gateway.bothSend(STORED);
  });
  afterAll(() => gateway?.close());

  test("its steps, in their order: what is stored is re-encrypted, and stays so without the variable", async () => {
    expect(masterKeyProcedure({ ...ROOM, hasSaltKey: false })).toMatchObject({ title: expect.stringContaining(VERSION) });
    await gateway.restart({ master: SECOND, migrateFrom: FIRST });
    expect(gateway.log()).toMatch(/Done re-encrypting \d+ stored value\(s\) with the new master key/);
    await gateway.bothSend(STORED);
    await gateway.restart({ master: SECOND });

    await gateway.bothSend(STORED);
    expect((await gateway.call(FIRST, "GET", "/key/list")).status).toBe(401);
    expect(await gateway.ask("mock-a")).toBe(200);
    expect((await plan(gateway.options(SECOND))).plan).toMatchObject({ actions: [], notes: [] });
  });

  test("without the variable everything stored would be lost, which is why older releases are refused", async () => {
    expect(masterKeyProcedure({ ...ROOM, hasSaltKey: false, version: "1.103.0" })).toHaveProperty("refused");
    await gateway.restart({ master: THIRD });

    await gateway.nothingSends(STORED);
    expect(await gateway.ask("mock-a")).toBe(200);
    await gateway.restart({ master: SECOND });
    await gateway.bothSend(STORED);
  });

  test("a salt key in the same step: LiteLLM re-encrypts nothing, as the procedure warns", async () => {
    await gateway.restart({ master: THIRD, migrateFrom: SECOND, salt: SALT });

    await gateway.nothingSends(STORED);
    expect(gateway.log()).not.toContain("Done re-encrypting");
  });
});
