import { litellmNeeds } from "../../support/real-litellm-needs";
import { eventually } from "../../support/real-litellm-wait";
import { all, describeReal } from "../support/real-part";
import { RealGateway } from "./real-gateway";

jest.setTimeout(600_000);

const MASTER = "sk-master-of-the-budgets-test-0123456789";
const SECRETS = { LITELLM_MASTER_KEY: MASTER, LITELLM_SALT_KEY: "sk-salt-of-the-budgets-test-0123456789" };
const OF_TEAM = "sk-of-the-budgets-test-with-a-team";
const TAGGED = "sk-of-the-budgets-test-with-a-team-of-a-tag";
const OWN = "sk-of-the-budgets-test-without-one";
/** A model whose every request costs more than anybody here has. */
const CONFIG = `model_list:
  - model_name: mock-a
    litellm_params: { model: openai/gpt-4o, api_key: none, mock_response: hello, input_cost_per_token: 0.01 }
    model_info: { id: mock-a-1 }
general_settings:
  master_key: os.environ/LITELLM_MASTER_KEY
  proxy_batch_write_at: 1
`;

const { litellm, postgres } = litellmNeeds();

describeReal("budgets that look like limits, on a real LiteLLM", all(litellm, postgres), () => {
  let gateway: RealGateway;

  const call = async (method: string, path: string, body?: object): Promise<string> => {
    const { status, text } = await gateway.call(MASTER, method, path, body);
    expect([path, status]).toEqual([path, 200]);
    return text;
  };
  const chat = async (key: string, more: object = {}): Promise<number> => {
    const body = { model: "mock-a", messages: [{ role: "user", content: "hi" }], ...more };
    return (await gateway.call(key, "POST", "/v1/chat/completions", body)).status;
  };
  const spent = async (): Promise<number> => {
    const { users } = JSON.parse(await call("GET", "/user/list?user_ids=dave")) as { users: { spend: number }[] };
    return users[0]?.spend ?? 0;
  };

  beforeAll(async () => {
    gateway = await RealGateway.prepare("budgets");
    await gateway.restart(CONFIG, SECRETS);
    await call("POST", "/team/new", { team_id: "research" });
    await call("POST", "/user/new", { user_id: "dave", max_budget: 0.0001, auto_create_key: false });
    await call("POST", "/key/generate", { key: OF_TEAM, user_id: "dave", team_id: "research" });
    await call("POST", "/key/generate", { key: OWN, user_id: "dave" });
    expect(await chat(OF_TEAM)).toBe(200);
    await eventually("the request is booked", 60, async () => (await spent()) > 0.0001 || undefined);
  });
  afterAll(() => gateway?.close());

  test("a user's that is spent holds a key without a team, and none with one", async () => {
    expect([await chat(OWN), await chat(OF_TEAM)]).toEqual([422, 200]);
  });

  test("a tag's that is spent holds a tag that comes with the request, and not the same one of the team", async () => {
    await call("POST", "/tag/new", { name: "lab", max_budget: 0.0001 });
    await call("POST", "/team/new", { team_id: "lab", metadata: { tags: ["lab"] } });
    await call("POST", "/key/generate", { key: TAGGED, team_id: "lab" });
    expect(await chat(TAGGED)).toBe(200);
    const tagged = { metadata: { tags: ["lab"] } };
    await eventually("the tag is held", 60, async () => (await chat(TAGGED, tagged)) === 422 || undefined);

    expect(await chat(TAGGED)).toBe(200);
    const tags = JSON.parse(await call("GET", "/tag/list")) as { name: string; spend?: number | null }[];
    expect(tags.find(({ name }) => name === "lab")?.spend ?? null).toBe(null);
  });

  test("a user's holds keys of teams too where apply_user_budget_to_team_keys is on", async () => {
    await gateway.restart(`${CONFIG}  apply_user_budget_to_team_keys: true\n`, SECRETS);

    expect([await chat(OWN), await chat(OF_TEAM)]).toEqual([422, 422]);
  });
});
