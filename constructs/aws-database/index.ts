export { AwsDatabase } from "./aws-database";
export {
  type AwsDatabaseEngine,
  type AwsDatabaseProps,
  DATABASE_DEFAULTS,
  DATABASE_NAME,
  DATABASE_PORT,
  MASTER_USER,
} from "./aws-database-props";
