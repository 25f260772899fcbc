// Runs after synth in the test's project: what moto lacks is taken out of each stack, and the provider is told how moto
// wants to be spoken to. The product's own output is what is left.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const lacks = Object.keys(JSON.parse(readFileSync(fileURLToPath(new URL("moto-lacks.json", import.meta.url)), "utf8")));
const overlay = process.env.CDKTF_LITELLM_TEST_OVERLAY;

for (const stack of readdirSync("cdktf.out/stacks")) {
  const file = `cdktf.out/stacks/${stack}/cdk.tf.json`;
  const whole = readFileSync(file, "utf8");
  if (overlay !== "plan-all") writeFileSync(file, JSON.stringify(without(JSON.parse(whole)), null, 2));
  // A call that moto does not implement is answered with 500, and would be tried again for minutes.
  const provider = { aws: [{ s3_use_path_style: true, max_retries: 2 }] };
  writeFileSync(`cdktf.out/stacks/${stack}/moto_override.tf.json`, JSON.stringify({ provider }));
}

/** The stack without resources that moto lacks; who names one of them gets a made-up text. */
function without(stack) {
  const types = lacks.join("|");
  const resource = Object.fromEntries(Object.entries(stack.resource).filter(([type]) => !lacks.includes(type)));
  // For the certificate's sake the provider changes a new database once more and waits 80 s; moto knows no certificates.
  for (const database of Object.values(resource.aws_db_instance ?? {})) delete database.ca_cert_identifier;
  return replace({ ...stack, resource }, new RegExp(`\\$\\{(?:${types})\\.[^}]*\\}`, "g"), new RegExp(`^(?:${types})\\.`));
}

function replace(value, reference, dependency) {
  if (typeof value === "string") return value.replace(reference, madeUp);
  if (Array.isArray(value)) {
    const kept = value.filter((item) => typeof item !== "string" || !dependency.test(item));
    return kept.map((item) => replace(item, reference, dependency));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replace(inner, reference, dependency)]));
}

/** A policy wants an ARN where the resource would have given one. */
function madeUp(reference) {
  return reference.endsWith(".arn}") ? "arn:aws:elasticache:eu-central-1:123456789012:not-on-moto" : "not-on-moto";
}
