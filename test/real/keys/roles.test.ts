import { apply, plan, type ReconcileOptions } from "../../../tools/keys/apply";
import { gatewayHttp } from "../../../tools/keys/gateway";
import { readSpend } from "../../../tools/keys/report";
import { litellmNeeds } from "../../support/real-litellm-needs";
import { keyText, OTHERS } from "../../tools/keys/keys-lab";
import { all, describeReal } from "../support/real-part";
import { CONFIG, RealGateway } from "./real-gateway";

jest.setTimeout(600_000);

const MASTER = "sk-master-of-the-roles-test-0123456789";
const SETTINGS = "litellm_settings:\n  callbacks: [prometheus]\n";
const SERVICES = `users:
  provisioner: { user_role: proxy_admin }
keys:
  metrics: { owner: a@example.org, role: metrics, expires: 2028-01-01, deliver: { file: metrics } }
  health: { owner: a@example.org, role: health, expires: 2028-01-01, deliver: { file: health } }
  alone: { owner: a@example.org, role: provisioning, expires: 2028-01-01, deliver: { file: alone } }
  provisioning: { owner: a@example.org, role: provisioning, user_id: provisioner, expires: 2028-01-01, deliver: { file: provisioning } }
`;
const THINGS = `${OTHERS}teams:
  research: { models: [mock-a], max_budget: 100, budget_duration: 30d }
keys:
${keyText("agent", "user_id: alice, rotate: { every: 90d, overlap: 14d }", "mock-a")}`;

const { litellm, postgres } = litellmNeeds();

describeReal("service roles on a real LiteLLM", all(litellm, postgres), () => {
  let gateway: RealGateway;

  beforeAll(async () => {
    gateway = await RealGateway.prepare("roles");
    const secrets = { LITELLM_MASTER_KEY: MASTER, LITELLM_SALT_KEY: "sk-salt-of-the-roles-test-0123456789" };
    await gateway.restart(`${CONFIG}${SETTINGS}`, secrets);
    const { executed } = await apply(gateway.options(SERVICES, "services", MASTER));
    expect(executed.failed).toEqual([]);
  });
  afterAll(() => gateway?.close());

  const delivered = (name: string): string => gateway.delivered(name);
  /** The status of an answer; the key goes by its name. */
  const asked = async (name: string, method: "GET" | "POST", path: string, body?: object): Promise<number> =>
    (await gateway.call(delivered(name), method, path, body)).status;
  /** What none of these keys may do, of what somebody might try. */
  const elsewhere = async (name: string): Promise<number[]> => [
    await asked(name, "POST", "/v1/chat/completions", { model: "mock-a", messages: [{ role: "user", content: "hi" }] }),
    await asked(name, "GET", "/v1/models"),
    await asked(name, "GET", "/model/info"),
    await asked(name, "POST", "/model/new", { model_name: "x", litellm_params: { model: "openai/x" } }),
    await asked(name, "POST", "/config/update", { litellm_settings: {} }),
    await asked(name, "GET", "/credentials"),
  ];
  const administration = ["/key/list", "/v2/team/list", "/user/list", "/budget/list", "/tag/list", "/customer/list"];

  test("metrics: the metrics, and nothing else", async () => {
    expect([await asked("metrics", "GET", "/metrics"), await asked("metrics", "GET", "/metrics/")]).toEqual([307, 200]);
    expect(await elsewhere("metrics")).toEqual([403, 403, 403, 403, 403, 403]);
    for (const path of [...administration, "/health"]) expect([path, await asked("metrics", "GET", path)]).toEqual([path, 403]);
    expect((await fetch(`${gateway.url}/metrics/`)).status).toBe(401);
  });

  test("health: the checks of the models, and nothing else", async () => {
    for (const path of ["/health", "/health/latest", "/health/history"])
      expect([path, await asked("health", "GET", path)]).toEqual([path, 200]);
    expect(await asked("health", "GET", "/health/services?service=webhook")).toBe(403);
    expect(await elsewhere("health")).toEqual([403, 403, 403, 403, 403, 403]);
    for (const path of administration) expect([path, await asked("health", "GET", path)]).toEqual([path, 403]);
    expect(await asked("health", "GET", "/metrics/")).toBe(401);
    expect((await fetch(`${gateway.url}/health`)).status).toBe(401);
  });

  test("provisioning: everything of a keys file is made, changed, rotated and deleted with it", async () => {
    const signedIn = (text: string, more: Partial<ReconcileOptions> = {}) => ({
      ...gateway.options(text, "things", delivered("provisioning")),
      ...more,
    });
    const { executed } = await apply(signedIn(THINGS));
    expect([executed.done.length, executed.failed]).toEqual([6, []]);
    expect((await plan(signedIn(THINGS))).plan).toMatchObject({ actions: [], notes: [] });

    const changed = THINGS.replace("max_budget: 5,", "max_budget: 6,").replaceAll("max_budget: 20", "max_budget: 21");
    expect((await apply(signedIn(changed))).executed).toMatchObject({ failed: [], done: [{}, {}] });
    const rotated = await apply(signedIn(changed, { rotateNow: new Set(["agent"]) }));
    expect(rotated.executed.failed).toEqual([]);
    expect((await apply(signedIn("{}\n"))).executed.failed).toEqual([]);
    expect((await apply(signedIn("{}\n"))).executed.failed).toEqual([]);
  });

  test("provisioning: the spend of a month is read with it", async () => {
    const http = gatewayHttp({ url: gateway.url, signIn: delivered("provisioning") });
    const now = Date.now();
    const month = new Date(now).toISOString().slice(0, 7);

    expect(await readSpend(http, month, { now, keyNames: new Set() })).toMatchObject({ month });
  });

  test("provisioning: no model, no setting, no stored credential; but a key that may do more can be made with it", async () => {
    expect(await elsewhere("provisioning")).toEqual([403, 403, 403, 403, 403, 403]);
    const headers = { authorization: `Bearer ${delivered("provisioning")}`, "content-type": "application/json" };
    const body = JSON.stringify({ user_id: "provisioner", duration: "10m" });
    const made = await fetch(`${gateway.url}/key/generate`, { method: "POST", headers, body });
    const { key } = (await made.json()) as { key: string };
    const credentials = await fetch(`${gateway.url}/credentials`, { headers: { authorization: `Bearer ${key}` } });

    expect([made.status, credentials.status]).toEqual([200, 200]);
  });

  test("provisioning without a user who may administer is refused by LiteLLM, which is why check refuses it", async () => {
    await expect(plan(gateway.options(THINGS, "things", delivered("alone")))).rejects.toThrow(/answered 40[01]/);
  });
});
