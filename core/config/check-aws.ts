import type { Finding } from "../findings";
import { bedrockUse } from "../litellm";
import { type MapNode, nodeAt, type Path, toValue } from "../source";
import { type AwsSettings, toAwsSettings } from "./aws-environment";
import { canSignInToCache } from "./aws-gateway";
import { AWS_RULES } from "./aws-rules";
import { checkConnections } from "./check-connections";
import { foundAt } from "./found-at";
import { processesOf } from "./processes";
import { DEFAULT_LITELLM_VERSION, type EnvironmentInput } from "./schema";

/** What the schema cannot say of an environment on AWS. */
export function checkAws(root: MapNode, input: EnvironmentInput): Finding[] {
  if (!input.aws) return [];
  const aws = toAwsSettings(input.aws);
  return [
    ...name(root, input),
    ...unsafe(root, aws),
    ...checkConnections(root, input, aws),
    ...cache(root, input, aws),
    ...models(root, input, aws),
    ...role(root, aws),
    ...audit(root, aws),
    ...regions(root, aws),
    ...secrets(root, input),
  ];
}

function name(root: MapNode, input: EnvironmentInput): Finding[] {
  if (!/--|-$/.test(input.name)) return [];
  return [foundAt(root, AWS_RULES.awsName, ["name"], "AWS takes no names of this form", { got: input.name })];
}

/** Protections that were switched off by name. A class that needs none of them sets none. */
function unsafe(root: MapNode, aws: AwsSettings): Finding[] {
  if (aws.class !== "production") return [];
  const off: Path[] = [
    ["aws", "unsafeWithoutDeletionProtection"],
    ["aws", "database", "unsafeSingleZone"],
    ["aws", "database", "unsafeWithoutFinalSnapshot"],
    ["aws", "cache", "unsafeSingleNode"],
  ];
  const message = "this switches off a protection in an environment of class production";
  return off.filter((path) => valueAt(root, path) === true).map((path) => foundAt(root, AWS_RULES.unsafe, path, message));
}

function cache(root: MapNode, input: EnvironmentInput, aws: AwsSettings): Finding[] {
  const version = input.litellm.version ?? DEFAULT_LITELLM_VERSION;
  const processes = processesOf(root);
  const demanded = demandsRedis(root);
  const signIn =
    aws.cache?.signIn === "iam" && !canSignInToCache(version)
      ? [foundAt(root, AWS_RULES.cacheSignIn, ["aws", "cache"], `LiteLLM ${version} cannot sign in to the cache with IAM tokens`)]
      : [];
  if (processes === 1 || demanded) return signIn;
  const count = `${processes} processes of LiteLLM`;
  const where = nodeAt(root, ["litellm", "replicas"]) ? ["litellm", "replicas", "max"] : ["litellm", "workers"];
  if (!aws.cache)
    return [foundAt(root, AWS_RULES.cacheMissing, where, `${count} would each count limits and budgets for itself`)];
  const message = `${count} would each count for itself, until restarted, when the cache does not answer as they start`;
  return [...signIn, foundAt(root, AWS_RULES.cacheUnwired, ["aws", "cache"], message)];
}

/** Whether LiteLLM is told to have Redis, so that it keeps to it even where Redis did not answer at the start. */
function demandsRedis(root: MapNode): boolean {
  const config: Path = ["litellm", "config"];
  if (nodeAt(root, [...config, "general_settings", "coordination_redis"])) return true;
  const isOn = valueAt(root, [...config, "litellm_settings", "cache"]) === true;
  const type = valueAt(root, [...config, "litellm_settings", "cache_params", "type"]) ?? "redis";
  return isOn && type === "redis";
}

function models(root: MapNode, { litellm }: EnvironmentInput, { region }: AwsSettings): Finding[] {
  return bedrockUse(litellm.config, region).unclear.map((index) => {
    const path = ["litellm", "config", "model_list", index, "litellm_params", "model"];
    return foundAt(root, AWS_RULES.modelUnclear, path, "no permission can be derived from this, so the gateway's role gets none");
  });
}

function role(root: MapNode, { access }: AwsSettings): Finding[] {
  if (access) return [];
  return [foundAt(root, AWS_RULES.roleMissing, ["aws"], "no role is made, so the gateway reaches neither database nor secrets")];
}

function audit(root: MapNode, { audit: { bucket } }: AwsSettings): Finding[] {
  const settings: Path = ["litellm", "config", "litellm_settings"];
  if (bucket === undefined || valueAt(root, [...settings, "s3_callback_params", "s3_bucket_name"]) === bucket) return [];
  return [
    foundAt(root, AWS_RULES.auditUnused, ["aws", "audit", "bucket"], "LiteLLM's s3_callback_params name another bucket or none"),
  ];
}

function regions(root: MapNode, { loadBalancer, region }: AwsSettings): Finding[] {
  const arns = [
    ["certificate", loadBalancer?.certificate],
    ["webAcl", loadBalancer?.webAcl],
  ] as const;
  const elsewhere = arns.filter(([, arn]) => arn !== undefined && arn.split(":")[3] !== region);
  return elsewhere.map(([name, arn]) => {
    const got = arn?.split(":")[3] ?? "";
    return foundAt(root, AWS_RULES.otherRegion, ["aws", "loadBalancer", name], "this lies in another region", {
      got,
      expected: region,
    });
  });
}

function secrets(root: MapNode, { name, secrets = {} }: EnvironmentInput): Finding[] {
  const seen = new Map(
    ["LITELLM_MASTER_KEY", "LITELLM_SALT_KEY"].filter((key) => !secrets[key]).map((key) => [`${name}/litellm/${key}`, key]),
  );
  return Object.entries(secrets).flatMap(([variable, { awsSecretsManager: place }]) => {
    if (place === undefined || place.startsWith("arn:")) return [];
    const former = seen.get(place);
    seen.set(place, former ?? variable);
    if (former === undefined) return [];
    const path = ["secrets", variable, "awsSecretsManager"];
    return [foundAt(root, AWS_RULES.secretTwice, path, `${former} names the same secret`)];
  });
}

function valueAt(root: MapNode, path: Path): unknown {
  const node = nodeAt(root, path);
  return node && toValue(node);
}
