import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { logs } from "../../../tools/local/logs";
import { CANARY, litellmPid, localTarget } from "./local-target";
import { allMarked, commandLines } from "./marked";

jest.setTimeout(30_000);

const target = localTarget();
const { project, folders, environment } = target;

describe("up", () => {
  it("starts the gateway and tells the truth about it", async () => {
    const status = await target.up({}, { generation: "7" });
    expect(status).toMatchObject({
      ok: true,
      supervisor: { state: "running" },
      parts: [{ name: "litellm", state: "running", port: target.gateway.port, restarts: 0 }],
      missing: [{ part: "postgres", problem: "no PostgreSQL on this machine", repair: "install postgresql" }],
      generation: "7",
      url: `http://127.0.0.1:${target.gateway.port}`,
    });
    expect(readFileSync(join(folders.root, "config.yaml"), "utf8")).toBe(target.gateway.config);
    expect(readFileSync(join(folders.run, "supervisor.pid"), "utf8").trim()).toBe(String(status.supervisor.pid));
    expect(readFileSync(join(folders.run, "heartbeat"), "utf8")).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\n$/);
    expect(readFileSync(join(folders.secrets, "LITELLM_MASTER_KEY"), "utf8")).toMatch(/^sk-[\w-]{43}\n$/);
    expect(statSync(join(folders.secrets, "LITELLM_MASTER_KEY")).mode & 0o777).toBe(0o600);
    expect(statSync(folders.secrets).mode & 0o777).toBe(0o700);
  });

  it("gives LiteLLM what was declared and nothing else of the caller's environment", async () => {
    await target.up();
    const seen = (await target.ask("/environment")) as Record<string, string>;
    expect(seen).toMatchObject({
      PROVIDER_KEY: CANARY,
      LITELLM_LOG: "INFO",
      LITELLM_MODE: "PRODUCTION",
      DISABLE_SCHEMA_UPDATE: "true",
    });
    expect(seen).not.toHaveProperty("UNDECLARED");
    expect(seen).not.toHaveProperty("MY_KEY");
    expect(Object.keys(seen).filter((name) => name.startsWith("CDKTF_LITELLM_"))).toEqual(["CDKTF_LITELLM_PART_OF"]);
  });

  it("changes nothing the second time, whatever the terminal's PATH is", async () => {
    const first = await target.up({}, { generation: "7" });
    const second = await target.up(
      {},
      { environment: { ...environment, PATH: `/somewhere:${environment.PATH}`, LANG: "de_DE" } },
    );
    expect([litellmPid(second), second.supervisor.pid, second.generation]).toEqual([
      litellmPid(first),
      first.supervisor.pid,
      "7",
    ]);
  });

  it("restarts LiteLLM for a changed configuration, under the same supervisor", async () => {
    const first = await target.up();
    const second = await target.up({ config: "model_list: [] # changed\n" });
    expect(second.ok).toBe(true);
    expect(litellmPid(second)).not.toBe(litellmPid(first));
    expect(second.supervisor.pid).toBe(first.supervisor.pid);
    expect(await target.ask("/config")).toContain("# changed");
  });

  it("hands a changed secret over, and never writes it", async () => {
    const first = await target.up();
    const changed = `${CANARY}-new`;
    const second = await target.up({}, { environment: { ...environment, MY_KEY: changed } });
    expect(second.supervisor.pid).not.toBe(first.supervisor.pid);
    expect(litellmPid(second)).not.toBe(litellmPid(first));
    expect(await target.ask("/environment")).toMatchObject({ PROVIDER_KEY: changed });
    const quoting = files(folders.root).filter((file) => readFileSync(file, "utf8").includes(CANARY));
    expect(quoting).toEqual([join(folders.logs, "litellm.log")]);
    expect(commandLines()).not.toContain(CANARY);
  });

  it("keeps secrets out of the logs that it shows", async () => {
    await target.up();
    const lines: string[] = [];
    for await (const line of logs({ project, name: "local", part: "litellm", lines: 5, environment })) lines.push(line);
    expect(lines).toEqual(["starting with [LITELLM_MASTER_KEY] and [PROVIDER_KEY]"]);
  });

  it("lets two at once make one gateway", async () => {
    const [first, second] = await Promise.all([target.up(), target.up()]);
    expect(litellmPid(first)).toBe(litellmPid(second));
    expect(allMarked(folders.root)).toHaveLength(2);
  });
});

function files(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
