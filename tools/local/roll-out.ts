import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Awaited, awaitPart, failuresOf } from "./await-part";
import { markCache } from "./cache";
import { cacheFolder, type LocalFolders } from "./folders";
import { Front } from "./front";
import type { LocalGateway } from "./gateway";
import type { Kit } from "./kit";
import { litellmPart, networkVariables } from "./litellm-part";
import { LocalError } from "./local-error";
import { assertPortsFree } from "./ports";
import type { PostgresInstallation } from "./postgres";
import type { ProcessSpec } from "./process-spec";
import type { Progress } from "./progress";
import type { LitellmInstallation } from "./python";
import { declaredSecrets, declaredSource, derivedSecret, keptKeys, keptSecret, keptSecrets, randomToken } from "./secrets";
import { writeAtomically } from "./supervisor/atomic-file";
import { ensureSupervisor, retireUnfitSupervisor } from "./supervisor/launch";
import { readRecords } from "./supervisor/records";
import { specHash } from "./supervisor/spec-hash";
import { type MissingPart, readWanted, type SecretSource, type WantedPart, writeWanted } from "./supervisor/wanted";
import { hasData } from "./workplace";

/** What `up` needs to know. */
export interface UpOptions {
  readonly gateway: LocalGateway;
  /** Folder of the project, absolute. */
  readonly project: string;
  /** Of the caller. */
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: Progress;
  /** Names this roll-out. @default the last one stays, or a new one is made up */
  readonly generation?: string;
}

const DATABASE = "litellm";
const PASSWORD = "database-password";

/** One run of `up` for one environment. */
export class RollOut {
  private readonly declared: Readonly<Record<string, string>>;
  private readonly handed: Readonly<Record<string, string>>;
  private readonly hashKey: string;
  /** Made before there are data that depend on them. */
  private readonly kept: Readonly<Record<string, string>>;
  /** What stands before LiteLLM. */
  private readonly front: Front;

  /** @throws LocalError when a declared secret has no value, or a lost one cannot be made anew */
  constructor(
    private readonly options: UpOptions,
    private readonly folders: LocalFolders,
    private readonly kit: Kit,
  ) {
    const { gateway, environment } = options;
    this.declared = declaredSecrets(gateway.secrets, environment);
    const fromVariables = Object.entries(this.declared).filter(([name]) => "env" in (gateway.secrets[name] ?? {}));
    this.handed = { ...networkVariables(environment), ...Object.fromEntries(fromVariables) };
    this.hashKey = keptSecret(folders.secrets, "hash-key", randomToken);
    this.kept = keptKeys(folders.secrets, new Set(Object.keys(this.declared)), hasData(folders));
    const { declared, hashKey } = this;
    this.front = new Front({ gateway, environment, folders, kit, declared, hashKey });
  }

  async run(): Promise<void> {
    const { gateway, environment, progress } = this.options;
    await this.assertPorts();
    const cache = markCache(cacheFolder(environment));
    const installation = await this.kit.installLitellm({ version: gateway.litellmVersion, cache, environment, progress });
    const postgres = await this.findPostgres(cache);
    if ("problem" in postgres) {
      const front = this.front.partsWithoutDatabase(postgres.repair);
      await this.startGateway([this.litellm(installation)], front.parts, [{ part: "postgres", ...postgres }, ...front.missing]);
      return;
    }
    const { part, url } = await this.startDatabase(postgres, installation);
    const { run } = this.folders;
    const { binary } = await this.kit.prepareQueryEngine({ installation, run, environment, progress });
    await this.startGateway([part, this.litellm(installation, { url, queryEngine: binary })], this.front.parts(), []);
  }

  private async assertPorts(): Promise<void> {
    const { port, databasePort } = this.options.gateway;
    const uses = [
      { port, setting: "litellm.port" },
      { port: databasePort, setting: "database.port" },
    ];
    await assertPortsFree([...uses, ...this.front.ports()], readRecords(this.folders.run), this.kit.clock);
  }

  /** @throws LocalError when there are data but no PostgreSQL: going on without would look as if all keys were lost */
  private async findPostgres(cache: string): Promise<PostgresInstallation | { problem: string; repair: string }> {
    const { environment, progress } = this.options;
    const found = await this.kit.findPostgres({ cache, environment, progress });
    if ("problem" in found && hasData(this.folders)) {
      throw new LocalError(`this environment has a database in ${this.folders.postgres}, but ${found.problem}`, found.repair);
    }
    return found;
  }

  /** Starts PostgreSQL and brings LiteLLM's tables to its version. */
  private async startDatabase(
    found: PostgresInstallation,
    litellm: LitellmInstallation,
  ): Promise<{ part: WantedPart; url: string }> {
    const { kit, folders } = this;
    const { gateway, environment, progress } = this.options;
    const lost = hasData(folders) ? "the database that is there cannot be opened without it" : undefined;
    const password = keptSecret(folders.secrets, PASSWORD, randomToken, lost);
    const cluster = await kit.prepareCluster({ installation: found, folder: folders.postgres, password, progress, environment });
    const part = postgresPart(kit.serverProcess(cluster, gateway.databasePort), gateway.databasePort, this.hashKey, folders);
    const awaited = this.awaited(part);
    const step = progress.step("database server");
    await this.converge([part, ...this.keptParts(part)], []);
    await awaitPart(awaited, kit.clock, kit.probe, step);
    step.done(`on 127.0.0.1:${gateway.databasePort}, data in ${folders.postgres}`);
    const database = { port: gateway.databasePort, password, database: DATABASE };
    await kit.ensureDatabase(database);
    await kit.migrate({ ...database, installation: litellm, progress });
    return { part, url: kit.databaseUrl(database) };
  }

  /** What runs goes on while the database is looked at; LiteLLM not where the database changes, for then it has to restart anyway. */
  private keptParts(postgres: WantedPart): WantedPart[] {
    const parts = readWanted(this.folders.run)?.parts ?? [];
    const same = parts.some(({ name, hash }) => name === "postgres" && hash === postgres.hash);
    return parts.filter(({ name }) => name !== "postgres" && (same || name !== "litellm"));
  }

  private litellm(installation: LitellmInstallation, database?: { url: string; queryEngine: string }): WantedPart {
    const { gateway, environment } = this.options;
    const { folders, hashKey } = this;
    const configFile = join(folders.root, "config.yaml");
    const workFolder = join(folders.run, "litellm");
    mkdirSync(workFolder, { recursive: true });
    writeAtomically(configFile, gateway.config);
    const { sources, values } = this.litellmSecrets(database?.url);
    const queryEngine = database?.queryEngine;
    const place = { command: installation.command, configFile, workFolder, queryEngine };
    return litellmPart({ gateway, ...place, secrets: sources, secretValues: values, environment, hashKey });
  }

  /** Declared secrets, and those that LiteLLM cannot do without, each with the place that the supervisor reads it from. */
  private litellmSecrets(url: string | undefined): { sources: Record<string, SecretSource>; values: Record<string, string> } {
    const folder = this.folders.secrets;
    const sources: Record<string, SecretSource> = {};
    for (const name of Object.keys(this.handed)) sources[name] = { handed: name, from: name };
    for (const [name, source] of Object.entries(this.options.gateway.secrets)) sources[name] = declaredSource(name, source);
    for (const name of Object.keys(this.kept)) sources[name] = { file: join(folder, name) };
    if (url !== undefined) sources.DATABASE_URL = { file: derivedSecret(folder, "DATABASE_URL", url) };
    const values = { ...this.handed, ...this.declared, ...this.kept, ...(url !== undefined && { DATABASE_URL: url }) };
    return { sources, values };
  }

  /** LiteLLM with its database, and what stands before it. All start at once; LiteLLM takes longest. */
  private async startGateway(
    parts: readonly WantedPart[],
    front: readonly WantedPart[],
    missing: readonly MissingPart[],
  ): Promise<void> {
    const awaited = parts.map((part) => this.awaited(part));
    const awaitedFront = front.map((part) => this.awaited(part));
    const step = this.options.progress.step("gateway");
    await this.converge([...parts, ...front], missing);
    for (const one of awaited) await awaitPart(one, this.kit.clock, this.kit.probe, step);
    step.done(`LiteLLM answers on http://127.0.0.1:${this.options.gateway.port}`);
    if (front.length === 0) return;
    const proxyStep = this.options.progress.step("identity proxy");
    await this.front.register(this.masterKey());
    for (const one of awaitedFront) await awaitPart(one, this.kit.clock, this.kit.probe, proxyStep);
    proxyStep.done(this.front.summary());
  }

  private masterKey(): string | undefined {
    const { masterKeyVariable = "LITELLM_MASTER_KEY" } = this.options.gateway;
    return this.declared[masterKeyVariable] ?? this.kept[masterKeyVariable];
  }

  private async converge(parts: readonly WantedPart[], missing: readonly MissingPart[]): Promise<void> {
    const { folders, handed, hashKey, kit } = this;
    const { gateway, environment } = this.options;
    const launch = { folders, program: kit.supervisorProgram(), handed, hashKey, environment, clock: kit.clock };
    await retireUnfitSupervisor(launch);
    writeWanted(folders.run, { litellmVersion: gateway.litellmVersion, parts, missing });
    await ensureSupervisor(launch);
  }

  private awaited(part: WantedPart): Awaited {
    const secrets = { ...keptSecrets(this.folders.secrets), ...this.declared, ...this.handed };
    const waiting = WAITING[part.name] ?? WAITING.litellm;
    return { part, folders: this.folders, secrets, failuresBefore: failuresOf(this.folders, part), ...waiting };
  }
}

/** PostgreSQL may find the shared memory of a killed predecessor in use for a moment; LiteLLM takes a minute to fail, for a reason. */
const WAITING: Readonly<Record<string, Waiting>> & { readonly litellm: Waiting } = {
  postgres: { title: "PostgreSQL", doing: "PostgreSQL is starting", patience: 3, limit: 60_000 },
  litellm: { title: "LiteLLM", doing: "LiteLLM starts slowly the first time: importing", patience: 1, limit: 180_000 },
  issuer: { title: "the development issuer", doing: "the development issuer is starting", patience: 2, limit: 30_000 },
  "identity-proxy": { title: "the identity proxy", doing: "fetching the issuer's keys", patience: 2, limit: 30_000 },
};

type Waiting = Pick<Awaited, "title" | "doing" | "patience" | "limit">;

function postgresPart(process: ProcessSpec, port: number, hashKey: string, folders: LocalFolders): WantedPart {
  const probe = { kind: "postgres", port, passwordFile: join(folders.secrets, PASSWORD) } as const;
  const hash = specHash(hashKey, { process, port });
  return { name: "postgres", process, secrets: {}, hash, port, probe, after: [], stopSignal: "SIGINT" };
}
