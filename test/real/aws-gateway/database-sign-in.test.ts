import { describeReal, program } from "../support/real-part";
import { litellmPython, runScript, templateVariables } from "./gateway-variables";

const HOST = "aws-litellm.c1a2b3c4d5e6.eu-central-1.rds.amazonaws.com";

describeReal("LiteLLM with the variables of the data stack", program("python3", ["--version"]), () => {
  let python: string;
  beforeAll(async () => {
    python = await litellmPython();
  }, 600_000);

  test("makes its database URL with a token of its role, and no password is anywhere", async () => {
    const { stdout } = await runScript(python, "sign-in.py", [], templateVariables(HOST, "unused"));

    expect(JSON.parse(stdout)).toEqual({
      assembled: true,
      scheme: "postgresql",
      user: "litellm",
      address: `${HOST}:5432/litellm`,
      sslmode: "verify-full",
      token_for: `${HOST}:5432`,
      action: "connect",
      as: "litellm",
      region: ["eu-central-1"],
      signed: 64,
    });
  }, 120_000);

  test("says which variable it lacks, and does not start with another way", async () => {
    const { DATABASE_HOST: _host, ...rest } = templateVariables(HOST, "unused");
    const { ok, tail } = await runScript(python, "sign-in.py", [], rest);

    expect(ok).toBe(false);
    expect(tail.join("\n")).toContain("IAM_TOKEN_DB_AUTH is enabled but required DB env var(s) are unset: DATABASE_HOST");
  }, 120_000);
});
