import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { serveMemory } from "../../support/memory-litellm/memory-http";
import { MemoryLitellm } from "../../support/memory-litellm/memory-litellm";
import { runCli } from "../../support/run-cli";
import { tempProject } from "../../support/temp-project";

const MASTER = "sk-canary-master-key-0123456789";
const project = tempProject();
let litellm: MemoryLitellm;
let gateway: Awaited<ReturnType<typeof serveMemory>>;

const KEYS = `teams:
  research: { models: [gpt], max_budget: 100, budget_duration: 30d }
keys:
  ci: { owner: a@example.org, team_id: research, models: [gpt], max_budget: 10, budget_duration: 30d, expires: 2027-02-01, allow_client_tags: true, deliver: { file: ../out/ci } }
  agent: { owner: a@example.org, team_id: research, models: [gpt], max_budget: 10, budget_duration: 30d, rotate: { every: 90d }, deliver: { file: ../out/agent } }
`;

beforeEach(async () => {
  rmSync(join(project.folder, "out"), { recursive: true, force: true });
  litellm = new MemoryLitellm(() => Date.UTC(2026, 10, 21), MASTER);
  gateway = await serveMemory(litellm);
  write(KEYS);
});
afterEach(() => gateway.close());

function write(keys: string, url = gateway.url): void {
  project.write("environments/some.keys.yaml", keys);
  project.write(
    "environments/prod.yaml",
    `name: prod
target: local
litellm:
  config:
    model_list: [{ model_name: gpt, litellm_params: { model: openai/gpt-4o, api_key: none }, model_info: { id: a } }]
    general_settings: { master_key: os.environ/LITELLM_MASTER_KEY }
secrets: { LITELLM_MASTER_KEY: { env: MASTER } }
keys: { files: some.keys.yaml, owner: platform, url: "${url}" }
`,
  );
}

const keys = (...argv: string[]) => runCli(["keys", ...argv], project.folder, { MASTER });
const FILE = "environments/prod.yaml";

test("plan says what apply would do, and that something is pending", async () => {
  const { code, stdout, stderr } = await keys("plan", FILE);

  expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
  expect(stdout.replace(gateway.url, "URL")).toBe(`prod, URL, policy sync, owner "platform"

  + team     research
  + key      agent                team research, 1 model, 10 USD per 30d, rotates, to file out/agent
  + key      ci                   team research, 1 model, 10 USD per 30d, expires 2027-02-01, to file out/ci
  · 0 unchanged, 0 not ours (never touched)

3 changes. Apply: npx cdktf-litellm keys apply environments/prod.yaml
`);
  expect(litellm.tables.key.size).toBe(0);
  expect(litellm.tables.budget.size).toBe(0);
});

test("plan is what keys does by itself", async () => {
  expect((await keys(FILE)).code).toBe(3);
});

test("apply does it, and then nothing is to be done", async () => {
  expect((await keys("apply", FILE)).code).toBe(0);
  const { code, stdout } = await keys("plan", FILE);

  expect(code).toBe(0);
  expect(stdout).toContain("nothing to do");
  expect(readFileSync(join(project.folder, "out/ci"), "utf8").trim()).toMatch(/^sk-/);
  expect(statSync(join(project.folder, "out/ci")).mode & 0o777).toBe(0o600);
  expect(litellm.accepts(readFileSync(join(project.folder, "out/ci"), "utf8").trim())).toBe(true);
});

test("a budget that doubled says so", async () => {
  await keys("apply", FILE);
  write(KEYS.replace("max_budget: 100", "max_budget: 200"));

  expect((await keys("plan", FILE)).stdout).toContain("~ team     research             max_budget 100 → 200 USD (+100 %)");
});

test("JSON is for programs, and holds what text does", async () => {
  const { code, stdout } = await keys("apply", FILE, "--format", "json");
  const answer = JSON.parse(stdout);

  expect(code).toBe(0);
  expect(answer).toMatchObject({ environment: "prod", owner: "platform", policy: "sync", result: { failed: [] } });
  expect(answer.result.done.map(({ verb, name }: { verb: string; name: string }) => `${verb} ${name}`)).toEqual([
    "create research",
    "issue agent",
    "issue ci",
  ]);
});

test("rotate --now replaces a value and blocks the old one", async () => {
  await keys("apply", FILE);
  const before = readFileSync(join(project.folder, "out/ci"), "utf8").trim();
  const { code } = await keys("rotate", FILE, "ci", "--now");
  const after = readFileSync(join(project.folder, "out/ci"), "utf8").trim();

  expect(code).toBe(0);
  expect([litellm.accepts(before), litellm.accepts(after)]).toEqual([false, true]);
});

test.each([
  [["rotate", FILE], "no key is named"],
  [["rotate", FILE, "ci"], "for an incident add --now"],
  [["rotate", FILE, "agnt", "--now"], "did you mean agent?"],
  [["plan", "environments/none.yaml"], "none.yaml"],
])("%j is a mistake of the caller", async (argv, message) => {
  const { code, stderr } = await keys(...argv);

  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test("a wrong keys file is refused before anything is asked", async () => {
  write(KEYS.replace("allow_client_tags: true", "allow_clinet_tags: true"));
  const { code, stderr } = await keys("apply", FILE);

  expect(code).toBe(1);
  expect(stderr).toContain("did you mean allow_client_tags?");
  expect(litellm.wire).toEqual([]);
});

test("an environment without keys says what to write", async () => {
  const file = join(project.folder, "environments/prod.yaml");
  project.write("environments/prod.yaml", readFileSync(file, "utf8").replace(/^keys:.*$/m, ""));

  expect(await keys("plan", FILE)).toMatchObject({ code: 2, stderr: expect.stringContaining("keys: { files: <file> }") });
});

test("a gateway that refuses the sign-in: what it said, what to do, exit code 1", async () => {
  const { code, stderr } = await runCli(["keys", "plan", FILE], project.folder, { MASTER: "sk-another-master-key-1234" });

  expect(code).toBe(1);
  expect(stderr).toMatch(/answered 401: Authentication Error.*\n {2}sign in with a key that may administer/);
  expect(stderr).not.toContain("sk-another-master-key-1234");
});

test("an action that fails does not keep the rest from being done, and is said", async () => {
  project.write("out/agent/in-the-way", "x");
  const { code, stdout } = await keys("apply", FILE);

  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ key {6}agent +out\/agent is a folder: name a file in it/);
  expect(litellm.tables.team.has("research")).toBe(true);
  expect(existsSync(join(project.folder, "out/ci"))).toBe(true);
});

test("report says who has keys for what, as text, JSON and Markdown, and never a value", async () => {
  await keys("apply", FILE);
  const [text, json, markdown] = [
    await keys("report", FILE),
    await keys("report", FILE, "--format", "json"),
    await keys("report", FILE, "--format", "md"),
  ];
  const value = readFileSync(join(project.folder, "out/ci"), "utf8").trim();

  expect([text.code, json.code, markdown.code]).toEqual([0, 0, 0]);
  for (const { stdout } of [text, json, markdown]) {
    expect(stdout).toContain("ci");
    expect(stdout).toMatch(/a(@|&#64;)example\.org/);
    expect(stdout).not.toContain(value);
    expect(stdout).not.toMatch(/[0-9a-f]{64}/);
  }
  expect(JSON.parse(json.stdout)).toEqual(expect.any(Object));
});

test.each([
  [["--spend"], "no month is named"],
  [["--spend", "--month", "october"], "is not a month"],
  [["--month", "2026-10"], "add --spend"],
  [["--format", "csv"], "belongs to --spend"],
])("report %j is a mistake of the caller", async (argv, message) => {
  expect(await keys("report", FILE, ...argv)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
});

test("no value is in what is printed, nor in the project but at its destination", async () => {
  const outputs = [
    await keys("plan", FILE),
    await keys("apply", FILE, "--format", "json"),
    await keys("rotate", FILE, "agent", "--now"),
  ];
  const text = outputs.map(({ stdout, stderr }) => stdout + stderr).join("");
  const value = readFileSync(join(project.folder, "out/ci"), "utf8").trim();

  for (const secret of [value, MASTER]) expect(text).not.toContain(secret);
  const holding = readdirSync(project.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .filter((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8").includes(value));
  expect(holding.map(({ name }) => name)).toEqual(["ci"]);
});

describe("the gateway's own keys", () => {
  const write = (version: string, secrets: string): void => {
    project.write(
      "environments/own.yaml",
      `name: own
target: local
litellm: { version: ${version}, config: { model_list: [], general_settings: { master_key: os.environ/LITELLM_MASTER_KEY } } }
secrets: ${secrets}
`,
    );
  };

  test("the master key: ordered steps where a salt key stands beside it", async () => {
    write("1.108.10", "{ LITELLM_MASTER_KEY: { env: A }, LITELLM_SALT_KEY: { env: B } }");
    const { code, stdout } = await keys("rotate", "environments/own.yaml", "--master-key");

    expect(code).toBe(0);
    expect(stdout).toMatch(/^# Change the master key of own \(LiteLLM 1\.108\.10\)\n\n1\. See that a database backup/);
  });

  test.each([
    ["{ LITELLM_SALT_KEY: { env: B } }", "to the file .local/own/secrets/LITELLM_MASTER_KEY."],
    ["{ LITELLM_MASTER_KEY: { env: A } }", "to where the variable A is set (secrets.LITELLM_MASTER_KEY)."],
    ["{ LITELLM_MASTER_KEY: { file: master } }", "to the file environments/master (secrets.LITELLM_MASTER_KEY)."],
  ])("the master key: with %s the steps say where it is, and a command that brings it to the gateway", async (secrets, place) => {
    write("1.108.10", secrets);
    const { stdout } = await keys("rotate", "environments/own.yaml", "--master-key");

    expect(stdout).toContain(place);
    expect(stdout).toContain("Run `npx cdktf-litellm local up environments/own.yaml`");
    expect(stdout).not.toContain("npx cdktf deploy");
  });

  test("the salt key: refused in every version", async () => {
    write("1.108.10", "{ LITELLM_SALT_KEY: { env: B } }");
    const { code, stdout } = await keys("rotate", "environments/own.yaml", "--salt-key");

    expect(code).toBe(1);
    expect(stdout).toContain("refused: LiteLLM 1.108.10 cannot re-encrypt from one salt key to another");
  });
});

test("rotate --now fails where it could not give a new value", async () => {
  await keys("apply", FILE);
  project.write(
    FILE,
    readFileSync(join(project.folder, FILE), "utf8").replace("owner: platform", "owner: platform, policy: create-only"),
  );
  const { code, stderr } = await keys("rotate", FILE, "ci", "--now");

  expect(code).toBe(1);
  expect(stderr).toContain("no new value for ci: the old one is still taken");
});

test("rotate --now of a key whose last day is over blocks it, and says that a new value needs a later day", async () => {
  await keys("apply", FILE);
  const leaked = readFileSync(join(project.folder, "out/ci"), "utf8").trim();
  write(KEYS.replace("expires: 2027-02-01", "expires: 2026-01-31"));
  const { code, stdout, stderr } = await keys("rotate", FILE, "ci", "--now");

  expect({ code, isTaken: litellm.accepts(leaked) }).toEqual({ code: 1, isTaken: false });
  expect(stdout).toMatch(/- key {6}ci +its last day was 2026-01-31: block now/);
  expect(stderr).toBe(
    "error: no new value for ci: its last day is over, and no old value is taken; write a later day to go on\n",
  );
});

test("rotate --now of a key that has no value yet does not say that an old one is taken", async () => {
  const { code, stdout, stderr } = await keys("rotate", FILE, "ci", "--now");

  expect(code).toBe(1);
  expect(stdout).toContain("team research is not in the gateway yet: run keys apply");
  expect(stderr).toBe("error: no new value for ci: no old value is taken; see above what keeps it from a new one\n");
});

test.each(["http://llm.example.org", "https://u:p@llm.example.org", "https://llm.example.org?q=1"])(
  "keys are not sent to %s",
  async (url) => {
    write(KEYS, url);
    const { code, stderr } = await keys("plan", FILE);

    expect(code).toBe(1);
    expect(stderr).toContain("invalid-value");
  },
);

describe("a destination that", () => {
  const out = (name: string): string => join(project.folder, "out", name);

  test("lost its file is said by the plan and the report, and apply heals it; the old value stays valid for its overlap", async () => {
    await keys("apply", FILE);
    const before = readFileSync(out("ci"), "utf8").trim();
    rmSync(out("ci"));

    expect((await keys("plan", FILE)).stdout).toMatch(
      /↻ key {6}ci +generation 2: its destination does not hold it, the old one is valid until 2026-12-05, to file out\/ci/,
    );
    expect((await keys("report", FILE)).stdout).toMatch(/ci.*its destination does not hold it; keys apply makes a new value/);
    expect((await keys("apply", FILE)).code).toBe(0);
    const after = readFileSync(out("ci"), "utf8").trim();
    expect(after).not.toBe(before);
    expect([litellm.accepts(before), litellm.accepts(after)]).toEqual([true, true]);
    expect((await keys("plan", FILE)).code).toBe(0);
  });

  test("holds the value of a gateway that was emptied gets the new one", async () => {
    await keys("apply", FILE);
    for (const table of Object.values(litellm.tables)) table.clear();

    expect((await keys("apply", FILE)).code).toBe(0);
    expect(litellm.accepts(readFileSync(out("ci"), "utf8").trim())).toBe(true);
  });

  test("is another environment's is left to it", async () => {
    await keys("apply", FILE);
    const before = readFileSync(out("ci"), "utf8");
    const file = readFileSync(join(project.folder, FILE), "utf8");
    project.write(
      "environments/staging.yaml",
      file.replace("owner: platform", "owner: staging").replace("name: prod", "name: staging"),
    );
    const { code, stdout } = await keys("apply", "environments/staging.yaml");

    expect(code).toBe(1);
    expect(stdout).toContain("out/ci is there already and was not delivered by this owner");
    expect(readFileSync(out("ci"), "utf8")).toBe(before);
  });

  test("holds what was not delivered makes no key, and is a problem to look at", async () => {
    project.write("out/ci", "mine");
    const { code, stdout } = await keys("apply", FILE);

    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ key {6}ci +out\/ci is there already and was not delivered by this owner/);
    expect([...litellm.tables.key.values()].map(({ key_alias }) => key_alias)).toEqual(["agent.g1"]);
    expect(readFileSync(out("ci"), "utf8")).toBe("mine");
  });

  test("is the environment file is left alone", async () => {
    write(KEYS.replace("../out/ci", "prod.yaml"));
    const before = readFileSync(join(project.folder, FILE), "utf8");

    expect((await keys("apply", FILE)).code).toBe(1);
    expect(readFileSync(join(project.folder, FILE), "utf8")).toBe(before);
  });

  test("is a keys file is refused by the check", async () => {
    write(KEYS.replace("../out/ci", "some.keys.yaml"));

    expect(await keys("apply", FILE)).toMatchObject({ code: 1, stderr: expect.stringContaining("this is a keys file") });
    expect(litellm.wire).toEqual([]);
  });

  test("is named from another folder is the same: nothing is to be done", async () => {
    await keys("apply", FILE);
    const elsewhere = join(project.folder, "elsewhere");
    project.write("elsewhere/x", "");
    for (const [file, cwd] of [
      [join(project.folder, FILE), project.folder],
      [join(project.folder, FILE), elsewhere],
      [`../${FILE}`, elsewhere],
    ] as const)
      expect(await runCli(["keys", "plan", file], cwd, { MASTER })).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("nothing to do"),
      });
  });
});

test("the path in a command that is shown is in quotes where it has spaces", async () => {
  project.write("environments/my prod.yaml", readFileSync(join(project.folder, FILE), "utf8"));

  const planned = await keys("plan", "environments/my prod.yaml");
  const procedure = await keys("rotate", "environments/my prod.yaml", "--master-key");

  expect(planned.stdout).toContain("Apply: npx cdktf-litellm keys apply 'environments/my prod.yaml'\n");
  expect(procedure.stdout).toContain("`npx cdktf-litellm keys report 'environments/my prod.yaml'`");
  expect(procedure.stdout).toContain("npx cdktf-litellm local up 'environments/my prod.yaml'");
});
