import { type Command, Option } from "commander";
import { checkShape, DEFAULT_LITELLM_VERSION, type LoadedEnvironment, loadEnvironmentTree } from "../../../core/config";
import { nearestName } from "../../../core/findings";
import { type Catalogue, chooseCatalogue, knownVersions } from "../../../core/litellm";
import { type MapNode, nodeAt } from "../../../core/source";
import { compareVersions, listVersions } from "../../../core/versions";
import { type Finish, type Io, today } from "../io";
import { refuse } from "../refuse";
import { UsageError } from "../usage-error";
import { renderComparison, renderKnown, type VersionFormat } from "./versions-text";

interface VersionsOptions {
  readonly from?: string;
  readonly to?: string;
  readonly format: VersionFormat;
}

export function registerVersions(program: Command, io: Io, finish: Finish): void {
  program
    .command("versions")
    .description(
      "Lists the LiteLLM versions that are known here, or says what changes between two, for an environment or for all.",
    )
    .argument("[environment.yaml]", "the environment that the change is for")
    .option("--from <version>", "the older version; else the environment's")
    .option("--to <version>", "the newer version; else the newest that is known")
    .addOption(new Option("--format <format>", "how the answer is shown").choices(["text", "json", "md"]).default("text"))
    .addHelpText("after", "\nWith neither --from nor --to it lists the versions.")
    .addHelpText("after", "\nExit codes: 0 shown, 1 not an environment (see check), 2 usage or an unreadable file")
    .action((file: string | undefined, options: VersionsOptions) => finish(versions(file, options, io)));
}

function versions(file: string | undefined, options: VersionsOptions, io: Io): number {
  const read = file === undefined ? undefined : readEnvironment(file);
  if (read && "findings" in read) return refuse(read, io);
  const root = read?.root;
  if (options.from === undefined && options.to === undefined) {
    io.stdout.write(renderKnown(listVersions(today(io), root), options.format, file));
    return 0;
  }
  const from = catalogueFor(options.from ?? versionOf(root), io);
  const to = catalogueFor(options.to ?? knownVersions().at(-1) ?? "", io);
  const changes = compareVersions(from, to, today(io), root);
  io.stdout.write(
    renderComparison({ from: from.version, to: to.version, changes, ...(file !== undefined && { file }) }, options.format),
  );
  return 0;
}

/** The tree of a file that has the shape of an environment: of anything else a comparison would find nothing to say. */
function readEnvironment(file: string): { readonly root: MapNode } | LoadedEnvironment {
  const tree = loadEnvironmentTree(file);
  if ("findings" in tree) return { file, files: [file], readable: false, findings: tree.findings };
  const findings = checkShape(tree.root);
  return findings.length > 0 ? { file, files: tree.files, readable: true, findings } : { root: tree.root };
}

function versionOf(root: MapNode | undefined): string {
  const node = root && nodeAt(root, ["litellm", "version"]);
  return node?.kind === "scalar" && node.text !== "" ? node.text : DEFAULT_LITELLM_VERSION;
}

function catalogueFor(version: string, io: Io): Catalogue {
  const chosen = chooseCatalogue(version);
  if (!chosen) {
    const near = nearestName(version, knownVersions());
    const known = `versions: ${knownVersions().join(", ")}`;
    throw new UsageError(
      `there is no catalogue of LiteLLM ${JSON.stringify(version)}`,
      near ? `did you mean ${near}? ${known}` : known,
    );
  }
  if (chosen.match !== "exact")
    io.stderr.write(`there is no catalogue of LiteLLM ${version}; ${chosen.catalogue.version} stands for it\n`);
  return chosen.catalogue;
}
