import type { AwsDatabaseSettings } from "./aws-database-props";
import type { DatabaseMonitoring } from "./database-monitoring";

/** What a database is made of, whichever engine it has. */
export interface DatabaseParts {
  readonly settings: AwsDatabaseSettings;
  readonly subnetGroupName: string;
  readonly securityGroupId: string;
  readonly monitoring: DatabaseMonitoring;
}

/** What others need of the database that was made. */
export interface MadeDatabase {
  /** Host name to write to. */
  readonly host: string;
  /** RDS's own id of it, which `rds-db:connect` policies name. */
  readonly resourceId: string;
  /** ARN of the secret in which RDS keeps the master password. */
  readonly masterSecretArn: string;
}
