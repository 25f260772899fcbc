export { type Cluster, prepareCluster, removeCluster } from "./cluster";
export { databaseUrl, ensureDatabase, isAccepting } from "./database";
export { findPostgres, type PostgresInstallation } from "./find-postgres";
export { migrate } from "./migrate";
export { serverProcess } from "./server";
