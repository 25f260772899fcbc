/** One statement of an IAM policy. */
export interface PolicyStatement {
  /** What it is for, in one word. */
  readonly sid: string;
  /** @default "Allow" */
  readonly effect?: "Allow" | "Deny";
  readonly actions: readonly string[];
  /** ARNs. @default none, as in a policy that says who may take on a role */
  readonly resources?: readonly string[];
  /** Who it is about, by kind: `{ Service: ["monitoring.rds.amazonaws.com"] }`; `*` for everyone. @default whoever has the policy */
  readonly principals?: "*" | Readonly<Record<string, readonly string[]>>;
  /** Values by operator and key: `{ StringEquals: { "kms:ViaService": [...] } }`. @default none */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/**
 * An IAM policy as JSON. Not a data source of Terraform's: one that names a resource is read during apply whenever anything
 * about that resource changes, and then every plan says that the permissions would change too.
 */
export function policyDocument(statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements.map(statementOf) });
}

function statementOf({ sid, effect = "Allow", actions, resources, principals, conditions }: PolicyStatement) {
  return {
    Sid: sid,
    Effect: effect,
    ...(principals && { Principal: principals }),
    Action: actions,
    ...(resources && { Resource: resources }),
    ...(conditions && { Condition: conditions }),
  };
}
