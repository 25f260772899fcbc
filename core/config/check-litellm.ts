import { type Finding, found } from "../findings";
import {
  type Catalogue,
  chooseCatalogue,
  judgeVersion,
  knownVersions,
  leastSafeVersion,
  lintConfig,
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
  const chosen = catalogueFor(root);
  const config = nodeAt(root, CONFIG);
  const policy = versionPolicy(root);
  if (!chosen.catalogue || config?.kind !== "map") return [...policy, ...chosen.findings];
  const options = { ...known, catalogue: chosen.catalogue, providerParameters: providerParameters(root), at: CONFIG };
  return [...policy, ...chosen.findings, ...lintConfig(config, options)];
}

/** The catalogue of the version that is written, or the nearest, and what is to be said of that. */
function catalogueFor(root: MapNode): { catalogue?: Catalogue; findings: Finding[] } {
  const written = textAt(root, VERSION) ?? DEFAULT_LITELLM_VERSION;
  if (!/^\d+\.\d+\.\d+$/.test(written)) return { findings: [] };
  const chosen = chooseCatalogue(written);
  if (chosen?.match === "exact") return { catalogue: chosen.catalogue, findings: notInstallable(root, written) };
  const where = { place: placeOfValue(root, VERSION), path: "litellm.version", got: written };
  if (chosen?.match === "newer") {
    const message = `this LiteLLM version is newer than every catalogue, so its settings were checked against ${chosen.catalogue.version}`;
    const newer = found(ENVIRONMENT_RULES.newerVersion, { ...where, message, repair: ENVIRONMENT_RULES.newerVersion.repair });
    return { catalogue: chosen.catalogue, findings: [newer, ...notInstallable(root, written)] };
  }
  const message = "there is no catalogue of this LiteLLM version";
  const expected = knownVersions().join(" or ");
  const unknown = found(ENVIRONMENT_RULES.version, { ...where, message, expected, repair: `write ${DEFAULT_LITELLM_VERSION}` });
  return { ...(chosen && { catalogue: chosen.catalogue }), findings: [unknown] };
}

function notInstallable(root: MapNode, written: string): Finding[] {
  if (deploymentOf(root) === "aws" || INSTALLABLE_VERSIONS.includes(written)) return [];
  return [
    found(ENVIRONMENT_RULES.notInstallable, {
      place: placeOfValue(root, VERSION),
      path: "litellm.version",
      got: written,
      message: "the local target cannot install this LiteLLM version",
      expected: INSTALLABLE_VERSIONS.join(" or "),
      repair: `write ${DEFAULT_LITELLM_VERSION}`,
    }),
  ];
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
