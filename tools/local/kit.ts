import { issuerProgram, proxyProgram, registerGatewayKey } from "./identity-proxy";
import { databaseUrl, ensureDatabase, findPostgres, migrate, prepareCluster, removeCluster, serverProcess } from "./postgres";
import { installLitellm } from "./python";
import { prepareQueryEngine } from "./query-engine";
import { type Clock, REAL_CLOCK } from "./supervisor/clock";
import { probePart } from "./supervisor/probe";
import { supervisorProgram } from "./supervisor/program";

/** What the commands need from outside; a test brings its own. */
export interface Kit {
  readonly installLitellm: typeof installLitellm;
  readonly findPostgres: typeof findPostgres;
  readonly prepareCluster: typeof prepareCluster;
  readonly serverProcess: typeof serverProcess;
  readonly ensureDatabase: typeof ensureDatabase;
  readonly migrate: typeof migrate;
  readonly removeCluster: typeof removeCluster;
  readonly databaseUrl: typeof databaseUrl;
  readonly prepareQueryEngine: typeof prepareQueryEngine;
  readonly proxyProgram: typeof proxyProgram;
  readonly issuerProgram: typeof issuerProgram;
  readonly registerGatewayKey: typeof registerGatewayKey;
  readonly probe: typeof probePart;
  readonly supervisorProgram: typeof supervisorProgram;
  readonly clock: Clock;
}

/** The real parts. */
export const REAL_KIT: Kit = {
  installLitellm,
  findPostgres,
  prepareCluster,
  serverProcess,
  ensureDatabase,
  migrate,
  removeCluster,
  databaseUrl,
  prepareQueryEngine,
  proxyProgram,
  issuerProgram,
  registerGatewayKey,
  probe: probePart,
  supervisorProgram,
  clock: REAL_CLOCK,
};
