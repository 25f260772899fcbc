import type { Guardrail } from "../guardrail";
import type { Resource, StackView } from "../stack-view";
import { blocks, names } from "../values";

/** Which argument of a database names its parameter group, and of which type that is. */
const GROUPS: Readonly<Record<string, { readonly attribute: string; readonly type: string }>> = {
  aws_db_instance: { attribute: "parameter_group_name", type: "aws_db_parameter_group" },
  aws_rds_cluster: { attribute: "db_cluster_parameter_group_name", type: "aws_rds_cluster_parameter_group" },
};

export const guardDatabaseWithoutTls: Guardrail = {
  id: "guard-database-without-tls",
  severity: "error",
  summary: "a PostgreSQL database accepts connections without TLS",
  why: "A client that forgets sslmode sends its password and every row in clear. Only rds.force_ssl in the database's own parameter group refuses it.",
  repair: "give the database a parameter group with rds.force_ssl = 1",
  check: (stack) =>
    stack
      .resources(...Object.keys(GROUPS))
      .filter((database) => isPostgres(database) && !forcesTls(stack, database))
      .map((resource) => ({
        resource,
        attribute: GROUPS[resource.type]?.attribute ?? "",
        message: "connections without TLS are accepted",
        expected: "a parameter group of this stack with rds.force_ssl = 1",
      })),
};

/** A replica has no engine of its own; it counts. */
function isPostgres({ attributes: { engine } }: Resource): boolean {
  return engine === undefined || String(engine).includes("postgres");
}

function forcesTls(stack: StackView, database: Resource): boolean {
  const group = GROUPS[database.type];
  if (!group) return false;
  const own = stack.resources(group.type).filter((resource) => names(database.attributes[group.attribute], resource));
  const parameters = own.flatMap(({ attributes }) => blocks(attributes.parameter));
  return parameters.some(({ name, value }) => name === "rds.force_ssl" && String(value) === "1");
}
