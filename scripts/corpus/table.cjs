/** `docs/lint-corpus.md` from the record: files by version, and rules by version. */
function table({ today, versions, evidence, files }) {
  const all = Object.values(files);
  const findings = all.flatMap((file) =>
    Object.entries(file.findings).map(([key, value]) => ({ rule: key.split(" ")[1], ...value })),
  );
  const of = (index, wanted) => findings.filter((finding) => finding.in[index] === "1" && wanted(finding)).length;
  const counted = versions.map((version, index) => {
    const withFindings = all.filter((file) => Object.values(file.findings).some((finding) => finding.in[index] === "1")).length;
    const bySeverity = ["error", "warning", "note"].map((severity) => of(index, (finding) => finding.severity === severity));
    const confirmed = of(index, ({ proof }) => Boolean(proof));
    return [version, all.length, withFindings, ...bySeverity, confirmed, of(index, ({ proof }) => !proof)];
  });
  const rules = Object.keys(evidence)
    .filter((rule) => findings.some((finding) => finding.rule === rule))
    .sort();
  const byRule = rules.map((rule) => [
    `\`${rule}\``,
    ...versions.map((_, index) => of(index, (finding) => finding.rule === rule)),
    evidence[rule].replaceAll("|", "\\|"),
  ]);
  return [
    "# What the linter finds in real files",
    "",
    `Configuration files of public repositories, checked for three versions of LiteLLM on ${today}. Each finding was confirmed`,
    "by itself: PyYAML reads the file, and LiteLLM's own package answers (`scripts/corpus/witnesses.py`); what it said stands in",
    "`test/real/corpus.json` beside the finding, by the SHA-256 of the file. Made by `npm run corpus`.",
    "",
    ...rows(["LiteLLM", "files", "with findings", "errors", "warnings", "notes", "true", "false"], counted),
    "",
    "By rule, and what stands behind it:",
    "",
    ...rows(["rule", ...versions, "evidence"], byRule),
    "",
  ].join("\n");
}

function rows(head, body) {
  return [head, head.map(() => "---"), ...body].map((cells) => `| ${cells.join(" | ")} |`);
}

module.exports = { table };
