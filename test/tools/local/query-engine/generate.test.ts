import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LitellmInstallation } from "../../../../tools/local/python";
import { generateClient } from "../../../../tools/local/query-engine/generate";
import { useFolder, writeProgram } from "../programs";

const folder = useFolder();
const step = { note: () => {}, done: () => {}, skip: () => {} };
const SCHEMA = `datasource client {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}
generator client {
  provider = "prisma-client-py"
}
model Team {
  id String @id
}`;

/** An installation whose Python answers to the generator's request with these lines of shell. */
function installation(answer: string): LitellmInstallation {
  const sitePackages = join(folder(), "site-packages");
  mkdirSync(join(sitePackages, "litellm", "proxy"), { recursive: true });
  writeFileSync(join(sitePackages, "litellm", "proxy", "schema.prisma"), SCHEMA);
  mkdirSync(join(sitePackages, "prisma", "generator", "templates", "engine"), { recursive: true });
  for (const name of ["client.py.jinja", "engine/query.py.jinja"]) {
    writeFileSync(join(sitePackages, "prisma", "generator", "templates", name), "");
  }
  const python = writeProgram(join(folder(), "python"), `[ "$2" = compileall ] && exit\ncat >>"${folder()}/requests"\n${answer}`);
  return { version: "1.108.10", python, command: "", sitePackages, folder: folder() };
}

const SUCCESS = `echo 'a warning' >&2; echo '{"id":1,"jsonrpc":"2.0","result":null}' >&2`;

function requests(): { params: Record<string, unknown> }[] {
  const lines = readFileSync(join(folder(), "requests"), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line));
}

test("the client is generated once, from LiteLLM's schema", async () => {
  expect(await generateClient(installation(SUCCESS), process.env, step)).toBe(true);
  expect(await generateClient(installation(SUCCESS), process.env, step)).toBe(false);

  const [request, ...others] = requests();
  expect(others).toEqual([]);
  expect(request).toMatchObject({
    method: "generate",
    params: {
      datamodel: SCHEMA,
      generator: { output: { value: join(folder(), "site-packages", "prisma") } },
      dmmf: { datamodel: { models: [{ name: "Team" }] } },
      datasources: [{ activeProvider: "postgresql" }],
    },
  });
});

test("a generation that was killed is done again, without its half-written files", async () => {
  const half = join(folder(), "site-packages", "prisma", "client.py");
  const nested = join(folder(), "site-packages", "prisma", "engine", "query.py");
  const killed = installation(SUCCESS);
  await generateClient(killed, process.env, step);
  rmSync(join(folder(), "prisma-client-complete"));
  mkdirSync(join(folder(), "site-packages", "prisma", "engine"));
  for (const file of [half, nested]) writeFileSync(file, "class Half");

  expect(await generateClient(killed, process.env, step)).toBe(true);
  expect([half, nested].filter(existsSync)).toEqual([]);
});

test.each([
  ["answers with an error", `echo '{"id":1,"error":{"message":"no"}}' >&2`],
  ["ends with an error", "exit 1"],
  ["answers nothing", "exit 0"],
])("a generator that %s is an error, and is asked again the next time", async (_, answer) => {
  await expect(generateClient(installation(answer), process.env, step)).rejects.toThrow("cannot generate Prisma's Python client");
  expect(await generateClient(installation(SUCCESS), process.env, step)).toBe(true);
});
