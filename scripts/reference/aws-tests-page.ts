import { readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join("test", "real", "aws");

interface Explained {
  readonly checks: readonly string[];
  readonly resources: readonly string[];
  readonly owner: string;
  readonly reason: string;
  readonly until: string;
}

/** What the tests with real parts know of AWS and what they cannot know, made from the lists that they use. */
export function awsTestsPage(root: string): string {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(root, FOLDER, file), "utf8"));
  const reasons = (file: string): string[] =>
    Object.entries(read(file) as Record<string, string>).map(([name, reason]) => `| \`${name}\` | ${reason} |`);
  const explained = (read("checkov-explained.json") as Explained[]).map(
    ({ checks, resources, owner, reason, until }) =>
      `| ${checks.join(", ")} | ${resources.map((name) => `\`${name}\``).join(", ")} | ${reason} | ${owner} | ${until} |`,
  );
  return [
    "# What is tried of the AWS half",
    "",
    "Made by `npm run reference` from the lists that the tests use. `npm run test:real -- aws` deploys the AWS template with",
    "`cdktf deploy` and Terraform's AWS provider 5.100.0 against moto 5.2.1, an AWS API on this machine: first deployment, second",
    "plan, a change in place, a refused destroy, a teardown. No real AWS account is part of any test.",
    "",
    "The provider comes from Terraform's own CLI configuration, else from a folder of plugins that",
    "`CDKTF_LITELLM_TERRAFORM_PLUGINS` names or that is found on the machine, else from the network; the run says which. moto and",
    "checkov come from the machine, else pip puts them into the cache of downloads.",
    "",
    "## Resources that moto lacks",
    "",
    "They are validated by the provider and planned with the rest of the stack, and not deployed in any test.",
    "",
    "| resource | what moto does |",
    "|---|---|",
    ...reasons("moto-lacks.json"),
    "",
    "## Attributes that moto loses",
    "",
    "The second plan changes exactly these; one more, or one fewer, fails.",
    "",
    "| attribute | why |",
    "|---|---|",
    ...reasons("moto-loses.json"),
    "",
    "## Findings of checkov that are accepted",
    "",
    "checkov 3.3.30 judges the production plan and the synthesized file. An explanation that has ended, or explains nothing, fails.",
    "",
    "| check | resource | reason | owner | until |",
    "|---|---|---|---|---|",
    ...explained,
    "",
  ].join("\n");
}
