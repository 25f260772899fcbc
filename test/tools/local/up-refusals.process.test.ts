import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { SILENT } from "../../../tools/local/progress";
import { up } from "../../../tools/local/up";
import { localTarget } from "./local-target";

jest.setTimeout(30_000);

const target = localTarget();
const { project, folders, kit, environment } = target;

describe("up", () => {
  it("fails at once with the end of the log when LiteLLM does not start", async () => {
    const error = await target.up({ config: "exit: 3\n" }).catch((thrown) => thrown);
    expect(error.message).toBe("LiteLLM does not start (exit code 3)");
    expect(error.details).toEqual(["starting with [LITELLM_MASTER_KEY] and [PROVIDER_KEY]"]);
    const status = await target.look();
    expect(status).toMatchObject({ ok: false, parts: [{ state: "restarting", lastExit: { reason: "exit code 3" } }] });
    expect((await target.up()).ok).toBe(true);
  });

  it("names a port that another program holds, and the setting", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(target.gateway.port, "127.0.0.1", resolve));
    const error = await target.up().catch((thrown) => thrown);
    await new Promise((resolve) => server.close(resolve));
    const holder = process.platform === "linux" ? `process ${process.pid} \\(.+\\)` : "another program";
    expect(error.message).toMatch(new RegExp(`^port ${target.gateway.port} \\(litellm\\.port\\) is in use by ${holder}$`));
    expect(error.repair).toContain("litellm.port");
  });

  it("names all declared secrets that have no value", async () => {
    const secrets = { A: { env: "NOT_SET" }, B: { file: join(project, "nothing") } };
    await expect(target.up({ secrets })).rejects.toMatchObject({
      message: "2 secrets have no usable value",
      details: ["A: the environment variable NOT_SET is not set", `B: cannot read ${join(project, "nothing")} (ENOENT)`],
    });
  });

  it("makes all keys before there are data that depend on them", async () => {
    const withPostgres = {
      ...kit,
      findPostgres: async () => ({ version: "15.0", bin: "/bin", source: "machine" }) as const,
      prepareCluster: async () => {
        throw new Error(readdirSync(folders.secrets).sort().join(" "));
      },
    };
    const options = { gateway: target.gateway, project, environment, progress: SILENT };
    await expect(up(options, withPostgres)).rejects.toThrow("LITELLM_MASTER_KEY LITELLM_SALT_KEY database-password hash-key");
  });

  it("does not make a new salt key when there are data", async () => {
    mkdirSync(folders.postgres, { recursive: true });
    writeFileSync(join(folders.postgres, "PG_VERSION"), "15\n");
    const withPostgres = { ...kit, findPostgres: async () => ({}) as never };
    const error = await up({ gateway: target.gateway, project, environment, progress: SILENT }, withPostgres).catch(
      (thrown) => thrown,
    );
    expect(error.message).toContain("is missing, and what LiteLLM encrypted with it in the database cannot be read without it");
    expect(error.repair).toContain("--delete-data");
  });

  it("does not go on without a database when there are data", async () => {
    mkdirSync(folders.postgres, { recursive: true });
    writeFileSync(join(folders.postgres, "PG_VERSION"), "15\n");
    mkdirSync(folders.secrets, { recursive: true });
    writeFileSync(join(folders.secrets, "LITELLM_SALT_KEY"), "sk-kept\n");
    await expect(target.up()).rejects.toMatchObject({ message: expect.stringContaining("but no PostgreSQL on this machine") });
  });
});
