import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalError } from "../local-error";
import { readText, withLock } from "../lock-file";
import type { Step } from "../progress";
import type { LitellmInstallation } from "../python";
import { runProgram } from "../run-program";
import { schemaReader } from "./schema-reader";
import { ENGINE_VERSION } from "./server";

/**
 * Generates Prisma's Python client for LiteLLM's schema, once per installation: what `prisma generate` does, without Prisma's
 * command line and its downloads. A marker is written last, so that a generation that was killed is done again.
 * @returns whether there was something to do
 * @throws LocalError when the generator fails
 */
export async function generateClient(
  installation: LitellmInstallation,
  environment: NodeJS.ProcessEnv,
  step: Step,
): Promise<boolean> {
  const schemaPath = join(installation.sitePackages, "litellm", "proxy", "schema.prisma");
  const schema = readFileSync(schemaPath, "utf8");
  const state = createHash("sha256").update(schema).digest("hex");
  const marker = join(installation.folder, "prisma-client-complete");
  if (readText(marker) === state) return false;
  const onWait = (pid: number): void => step.note(`waits for process ${pid}, which generates Prisma's client`);
  const work = async (): Promise<void> => {
    if (readText(marker) === state) return;
    step.note("generates Prisma's client for LiteLLM's schema");
    await generate({ schema, schemaPath, installation, environment });
    writeFileSync(marker, state);
  };
  await withLock(`${marker}.lock`, work, { onWait });
  return true;
}

interface Generation {
  readonly schema: string;
  readonly schemaPath: string;
  readonly installation: LitellmInstallation;
  readonly environment: NodeJS.ProcessEnv;
}

async function generate({ schema, schemaPath, installation, environment }: Generation): Promise<void> {
  const output = join(installation.sitePackages, "prisma");
  removeGenerated(output);
  const request = { jsonrpc: "2.0", id: 1, method: "generate", params: generatorParameters(schema, schemaPath, output) };
  const result = await runProgram(installation.python, ["-m", "prisma"], {
    environment: { ...environment, PRISMA_GENERATOR_INVOCATION: "true" },
    cwd: installation.folder,
    input: `${JSON.stringify(request)}\n`,
  });
  // The generator answers on stderr, one JSON object a line.
  const answer = result.tail.find((line) => line.startsWith("{"));
  if (result.ok && answer !== undefined && !("error" in JSON.parse(answer))) return compile(output, installation, environment);
  throw new LocalError("cannot generate Prisma's Python client", `delete ${installation.folder}, then try again`, result.tail);
}

/** What Prisma's command line sends to a generator (5.17.0, `@prisma/generator-helper`). */
function generatorParameters(datamodel: string, schemaPath: string, output: string): object {
  const options = { prismaSchema: datamodel, datasourceOverrides: {}, ignoreEnvVarErrors: true, env: {} };
  const { get_config, get_dmmf } = schemaReader();
  const { config } = JSON.parse(get_config(JSON.stringify(options)));
  const dmmf: unknown = JSON.parse(get_dmmf(JSON.stringify({ prismaSchema: datamodel, noColor: true })));
  const generator = { ...config.generators[0], output: { value: output, fromEnvVar: null }, isCustomOutput: false };
  // The client looks at these paths only where PRISMA_QUERY_ENGINE_BINARY is not set.
  const binaryPaths = { queryEngine: { native: join(output, "query-engine") } };
  const { datasources } = config;
  return { datamodel, schemaPath, generator, otherGenerators: [], dmmf, datasources, version: ENGINE_VERSION, binaryPaths };
}

/** Half-written files of an earlier generation would keep the generator itself from being imported. */
function removeGenerated(output: string): void {
  const templates = join(output, "generator", "templates");
  for (const name of readdirSync(templates, { recursive: true, encoding: "utf8" })) {
    if (name.endsWith(".py.jinja")) rmSync(join(output, name.slice(0, -".jinja".length)), { force: true });
  }
}

/** LiteLLM would do it at its first start. */
async function compile(output: string, { python }: LitellmInstallation, environment: NodeJS.ProcessEnv): Promise<void> {
  await runProgram(python, ["-m", "compileall", "-q", output], { environment });
}
