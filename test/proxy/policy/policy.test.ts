import { chooseKey, modelList, Policy } from "../../../proxy/src/policy";
import { policySchema } from "../../../proxy/src/settings/upstream-schema";

const policy = (settings: object) => new Policy(policySchema.parse(settings));
const SETTINGS = {
  groups: [
    { group: "research", routes: ["chat"], models: ["claude-*"], tags: ["team:research", "shared"] },
    { group: "search", routes: ["embeddings"], models: ["*"], tags: ["shared"] },
    { group: "Vertrieb, EMEA" },
  ],
};

/** What a caller of these groups may do; undefined for a refusal. */
function grant(groups: readonly string[], settings: object = SETTINGS) {
  const result = policy(settings).grant({ user: "alice", groups });
  return "unknown" in result ? undefined : result;
}

describe("a policy", () => {
  it("allows nothing to a caller without a listed group", () => {
    for (const groups of [[], ["other"]]) {
      expect(grant(groups)?.models("chat")).toBeUndefined();
      expect(grant(groups)?.tags).toEqual([]);
    }
  });

  it("joins what the groups allow, but not the route of one with the models of another", () => {
    const both = grant(["search", "research"]);
    expect(both?.models("chat")?.fits("claude-5")).toBe(true);
    expect(both?.models("chat")?.fits("gpt-5")).toBe(false);
    expect(both?.models("embeddings")?.any).toBe(true);
    expect(both?.models("images")).toBeUndefined();
  });

  it("gives the tags of the groups in the policy's order, each once, and whole", () => {
    expect(grant(["Vertrieb, EMEA", "search", "research"])?.tags).toEqual(["team:research", "shared", "Vertrieb, EMEA"]);
  });

  it("counts groups that it does not list, or refuses who has one", () => {
    expect(grant(["research", "x", "y"])?.unknownGroups).toBe(2);
    expect(grant(["research", "x"], { ...SETTINGS, unknownGroups: "refuse" })).toBeUndefined();
    expect(grant(["research"], { ...SETTINGS, unknownGroups: "refuse" })?.unknownGroups).toBe(0);
  });

  it("gives everybody what everybody has, and no tag unless it says so", () => {
    const settings = { groups: [], everyone: { routes: ["models"], models: ["*"] } };
    expect(grant([], settings)?.models("models")?.any).toBe(true);
    expect(grant([], settings)?.models("chat")).toBeUndefined();
    expect(grant(["x"], settings)?.tags).toEqual([]);
  });
});

describe("a list of models", () => {
  it.each([
    ["gpt-5", "gpt-5", true],
    ["gpt-5", "gpt-5-mini", false],
    ["gpt-5", "GPT-5", false],
    ["gpt-*", "gpt-5", true],
    ["gpt-*", "gpt-", true],
    ["gpt-*", "my-gpt-5", false],
    ["*-mini", "gpt-5-mini", true],
    ["*a*b*", "xaxbx", true],
    ["a*a", "a", false],
    ["a*b*b", "ab", false],
    ["a*b*c*d", "a-b-c-d", true],
    ["a*b*c*d", "a-c-b-d", false],
    ["openai/*", "openai/gpt-5", true],
    ["(a+)+$", "aaaa", false],
  ])("%s against %s: %s", (pattern, model, fits) => {
    expect(modelList([pattern]).fits(model)).toBe(fits);
  });

  it("answers at once for a pattern and a name that would make a backtracking matcher hang", () => {
    expect(modelList([`${"*a".repeat(50)}*b`]).fits("a".repeat(5000))).toBe(false);
  });
});

describe("the gateway key", () => {
  const keys = [{ group: "b", value: "key-b" }, { group: "a", value: "key-a" }, { value: "key-all" }];

  it.each([
    [["a", "b"], "key-b"],
    [["a"], "key-a"],
    [[], "key-all"],
  ])("of %j is %s: the first that fits", (groups, key) => {
    expect(chooseKey(keys, groups)).toBe(key);
  });

  it("of a caller whom none fits is none", () => {
    expect(chooseKey(keys.slice(0, 2), ["c"])).toBeUndefined();
  });
});
