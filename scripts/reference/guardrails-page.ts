import { GUARDRAILS } from "../../constructs/guardrails";

/** The guardrails in one table: what each says, and how grave it is in production and elsewhere. */
export function guardrailsPage(): string {
  const rows = GUARDRAILS.map(({ id, severity, elsewhere, summary }) => {
    return `| [${id}](../errors.md#${id}) | ${summary} | ${severity} | ${elsewhere ?? severity} |`;
  });
  return [
    "# Guardrails",
    "",
    "Rules about the resources of every synthesized stack, made from the rules themselves by `npm run reference`. `check` runs",
    "them, and synth ends where one of them is an error. They read what Terraform reads, so it does not matter who wrote it.",
    "",
    "A waiver in the environment file names the rule; `at` is the Terraform address, or the beginning of one:",
    "",
    "```yaml",
    "waivers:",
    "  - rule: guard-database-single-zone",
    "    at: aws_db_instance.database",
    "    owner: platform",
    "    reason: the zone's failure was rehearsed, and two hours without a gateway are accepted",
    "    until: 2027-03-31",
    "```",
    "",
    "| rule | says | in production | elsewhere |",
    "|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
