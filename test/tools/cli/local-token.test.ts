import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { decodeJwt } from "jose";
import { localFolders } from "../../../tools/local";
import { publicKey, signingKey, writeIssuer } from "../../../tools/local/issuer";
import { makeFolders } from "../../../tools/local/workplace";
import { runCli } from "../../support/run-cli";
import { tempProject } from "../../support/temp-project";

const project = tempProject();
const cli = (...argv: string[]) => runCli(argv, project.folder);

beforeAll(() => {
  mkdirSync(join(project.folder, "environments"));
  project.write("environments/bare.yaml", "name: bare\n");
  const folders = localFolders(project.folder, "local");
  makeFolders(folders);
  const users = { alice: { email: "alice@example.org", groups: ["engineering"] }, bob: { email: "b@example.com", groups: [] } };
  const keys = [publicKey(signingKey(folders.secrets))];
  writeIssuer(folders, { port: 1, issuer: "http://127.0.0.1:1", audience: "litellm", users, keys });
});

test("prints the token and nothing else, so that it can stand in a command", async () => {
  const { code, stdout, stderr } = await cli("local", "token", "alice");

  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  expect(decodeJwt(stdout)).toMatchObject({ sub: "alice", exp: Date.UTC(2026, 10, 21) / 1000 + 480 * 60 });
});

test("prints JSON where that is asked for, valid for as long as was said", async () => {
  const { stdout } = await cli("local", "token", "bob", "--minutes", "5", "--format", "json");
  const answer = JSON.parse(stdout) as { user: string; minutes: number; token: string };

  expect(answer).toMatchObject({ user: "bob", minutes: 5 });
  expect(decodeJwt(answer.token)).toMatchObject({ email: "b@example.com", exp: Date.UTC(2026, 10, 21) / 1000 + 300 });
});

test.each([
  [["alcie"], 2, 'error: there is no development user "alcie"\n  did you mean alice?\n'],
  [["zoe"], 2, 'error: there is no development user "zoe"\n  there are: alice, bob\n'],
  [[], 2, "error: missing required argument 'user'"],
  [["alice", "--minutes", "0"], 2, "expected a whole number of minutes from 1 to 10080"],
  [["alice", "--name", "locl"], 2, 'error: there is no environment "locl"\n  did you mean local?\n'],
  [["alice", "--name", "bare"], 1, "error: bare has no development issuer here\n"],
])("ends and says why for local token %j", async (argv, expected, message) => {
  const { code, stdout, stderr } = await cli("local", "token", ...argv);

  expect([code, stdout]).toEqual([expected, ""]);
  expect(stderr).toContain(message);
});
