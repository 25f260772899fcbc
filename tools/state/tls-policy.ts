const SID = "DenyWithoutTls";

interface Policy {
  readonly Version?: string;
  readonly Statement?: readonly object[] | object;
}

/**
 * The bucket's policy with a statement that refuses requests without TLS; what else stands in it stays.
 *
 * @param partition of the bucket's ARN: `aws`, `aws-cn` or `aws-us-gov`
 * @returns the same text when the statement is there already
 */
export function withTlsOnly(policy: string | undefined, bucket: string, partition: string): string {
  const arn = `arn:${partition}:s3:::${bucket}`;
  const statement = {
    Sid: SID,
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const present: Policy = policy === undefined ? {} : JSON.parse(policy);
  const statements = present.Statement === undefined ? [] : [present.Statement].flat();
  if (policy !== undefined && statements.some((other) => isSame(other, statement))) return policy;
  const others = statements.filter((other) => !("Sid" in other && other.Sid === SID));
  return JSON.stringify({ Version: "2012-10-17", ...present, Statement: [...others, statement] });
}

/** The partition that a region belongs to. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** AWS gives a policy back with its keys in an order of its own. */
function isSame(a: object, b: object): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
