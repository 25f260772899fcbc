import { type Finding, found } from "../findings";
import {
  type Catalogue,
  compareReleases,
  judgeVersion,
  knownVersions,
  leastSafeVersion,
  lintConfig,
  loadCatalogue,
  type Surroundings,
  versionMalicious,
  versionVulnerable,
} from "../litellm";
import { type MapNode, nodeAt, type Path, placeOfValue, toValue } from "../source";
import { deploymentOf } from "./check-parts";
import { ENVIRONMENT_RULES } from "./rules";
import { DEFAULT_LITELLM_VERSION } from "./schema";

/** LiteLLM versions that the local target can install, because every package of theirs is locked. */
export const INSTALLABLE_VERSIONS: readonly string[] = [DEFAULT_LITELLM_VERSION];

const CONFIG: Path = ["litellm", "config"];
const VERSION: Path = ["litellm", "version"];

/** Checks `litellm.config` against the catalogue of `litellm.version`, and the version itself. */
export function checkLitellm(root: MapNode, known: Omit<Surroundings, "catalogue" | "at">): Finding[] {
  const chosen = chooseCatalogue(root);
  const config = nodeAt(root, CONFIG);
  const policy = versionPolicy(root);
  if (!chosen.catalogue || config?.kind !== "map") return [...policy, ...chosen.findings];
  const options = { ...known, catalogue: chosen.catalogue, providerParameters: providerParameters(root), at: CONFIG };
  return [...policy, ...chosen.findings, ...lintConfig(config, options)];
}

function chooseCatalogue(root: MapNode): { catalogue?: Catalogue; findings: Finding[] } {
  const written = textAt(root, VERSION) ?? DEFAULT_LITELLM_VERSION;
  const where = { place: placeOfValue(root, VERSION), path: "litellm.version", got: written };
  const versions = knownVersions();
  const notInstallable =
    deploymentOf(root) === "aws" || INSTALLABLE_VERSIONS.includes(written)
      ? []
      : [
          found(ENVIRONMENT_RULES.notInstallable, {
            ...where,
            message: "the local target cannot install this LiteLLM version",
            expected: INSTALLABLE_VERSIONS.join(" or "),
            repair: `write ${DEFAULT_LITELLM_VERSION}`,
          }),
        ];
  const exact = loadCatalogue(written);
  if (exact) return { catalogue: exact, findings: notInstallable };
  const newest = versions.at(-1) ?? DEFAULT_LITELLM_VERSION;
  if (!/^\d+\.\d+\.\d+$/.test(written)) return { findings: [] };
  if (compareReleases(written, newest) < 0) {
    const message = "there is no catalogue of this LiteLLM version";
    return {
      findings: [
        found(ENVIRONMENT_RULES.version, {
          ...where,
          message,
          expected: versions.join(" or "),
          repair: `write ${DEFAULT_LITELLM_VERSION}`,
        }),
      ],
    };
  }
  const message = `this LiteLLM version is newer than every catalogue, so its settings were checked against ${newest}`;
  const newer = found(ENVIRONMENT_RULES.newerVersion, { ...where, message, repair: ENVIRONMENT_RULES.newerVersion.repair });
  const catalogue = loadCatalogue(newest);
  return { ...(catalogue && { catalogue }), findings: [newer, ...notInstallable] };
}

/** Releases that must not run, and releases with known weaknesses. */
function versionPolicy(root: MapNode): Finding[] {
  const version = textAt(root, VERSION) ?? DEFAULT_LITELLM_VERSION;
  const where = { place: placeOfValue(root, VERSION), path: "litellm.version", got: version };
  const { denied, advisories } = judgeVersion(version);
  if (denied) {
    const message = `LiteLLM ${version} must not run: ${denied.why}`;
    return [found(versionMalicious, { ...where, message, repair: versionMalicious.repair })];
  }
  if (advisories.length === 0) return [];
  const message = `this LiteLLM release is open to ${advisories.map(({ id, title }) => `${id} (${title})`).join(", ")}`;
  return [found(versionVulnerable, { ...where, message, repair: `write ${leastSafeVersion(version)} or later` })];
}

function providerParameters(root: MapNode): string[] {
  const node = nodeAt(root, ["litellm", "providerParameters"]);
  const value = node ? toValue(node) : [];
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === "string") : [];
}

function textAt(root: MapNode, path: Path): string | undefined {
  const node = nodeAt(root, path);
  return node?.kind === "scalar" && node.text !== "" ? node.text : undefined;
}
