import { type Finding, found, nearestName } from "../findings";
import { type MapNode, nodeAt, type Path, placeOfName, placeOfValue, showPath, toValue } from "../source";
import { NOT_YET_AVAILABLE, SECRET_PLACES_TO_COME, TARGETS_TO_COME } from "./availability";
import { checkLitellm } from "./check-litellm";
import { referencesIn } from "./references";
import { ENVIRONMENT_RULES } from "./rules";
import { DEFAULT_DATABASE_PORT, DEFAULT_LITELLM_PORT, type EnvironmentInput } from "./schema";
import { PROVIDED_BY_LOCAL, surroundingsOf } from "./surroundings";

/** Variables of LiteLLM's process that the local target sets itself; a contract test holds the list against it. */
export const FIXED_BY_LOCAL: readonly string[] = [
  // Of the PostgreSQL that it runs beside LiteLLM.
  "DATABASE_URL",
  "DISABLE_SCHEMA_UPDATE",
  "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS",
  "LITELLM_LOCAL_BLOG_POSTS",
  "LITELLM_LOCAL_MODEL_COST_MAP",
  "LITELLM_LOCAL_POLICY_TEMPLATES",
  "LITELLM_MODE",
  "LITELLM_PRISMA_COMMAND_TIMEOUT",
  "PYTHONUNBUFFERED",
];

/**
 * What the schema cannot say: parts that come later, LiteLLM's own settings, and references between parts.
 *
 * @param today `YYYY-MM-DD`, for models that are retired
 * @param input absent where the tree does not fit the schema; what can be checked without it still is
 */
export function checkEnvironment(root: MapNode, input: EnvironmentInput | undefined, today: string): Finding[] {
  const findings = [...partsToCome(root), ...checkLitellm(root, surroundingsOf(root, today))];
  return input ? [...findings, ...sharedPort(root, input), ...fixedVariables(root, input), ...references(root, input)] : findings;
}

function partsToCome(root: MapNode): Finding[] {
  const blocks = Object.entries(NOT_YET_AVAILABLE).map(([path, reason]) => ({ path: path.split("."), reason }));
  const secrets = nodeAt(root, ["secrets"]);
  const names = secrets?.kind === "map" ? [...secrets.entries.keys()] : [];
  const places = names.flatMap((name) =>
    Object.entries(SECRET_PLACES_TO_COME).map(([place, reason]) => ({ path: ["secrets", name, place], reason })),
  );
  const present = [...blocks, ...places].filter(({ path }) => nodeAt(root, path) !== undefined);
  return [...targetToCome(root), ...present.map(({ path, reason }) => toCome(root, path, path.at(-1) ?? "", reason))];
}

function targetToCome(root: MapNode): Finding[] {
  const node = nodeAt(root, ["target"]);
  const target = node ? toValue(node) : undefined;
  const reason = typeof target === "string" ? TARGETS_TO_COME[target] : undefined;
  return reason ? [toCome(root, ["target"], `target: ${target}`, reason)] : [];
}

function toCome(root: MapNode, path: Path, name: string, reason: string): Finding {
  return found(ENVIRONMENT_RULES.notYet, {
    place: placeOfName(root, path),
    path: showPath(path),
    message: `${name} is not available in this version of cdktf-litellm: it comes with ${reason}`,
    repair: path[0] === "target" ? "write target: local" : "remove it until then",
  });
}

function sharedPort(root: MapNode, input: EnvironmentInput): Finding[] {
  const port = input.litellm.port ?? DEFAULT_LITELLM_PORT;
  if (port !== (input.database?.port ?? DEFAULT_DATABASE_PORT)) return [];
  const path = input.database?.port === undefined ? ["litellm", "port"] : ["database", "port"];
  const message = "the gateway and its database would listen on the same port";
  return [
    found(ENVIRONMENT_RULES.portShared, {
      place: placeOfValue(root, path),
      path: showPath(path),
      message,
      got: String(port),
      repair: "choose another port",
    }),
  ];
}

function fixedVariables(root: MapNode, input: EnvironmentInput): Finding[] {
  const plain = Object.keys(input.litellm.environment ?? {}).map((name) => ["litellm", "environment", name]);
  const secret = Object.keys(input.secrets ?? {}).map((name) => ["secrets", name]);
  const set = [...plain, ...secret].filter((path) => FIXED_BY_LOCAL.includes(path.at(-1) ?? ""));
  return set.map((path) => {
    const name = path.at(-1);
    const message = `the local target sets ${name} itself, so this value would do nothing`;
    return found(ENVIRONMENT_RULES.fixed, { place: placeOfName(root, path), path: showPath(path), message, repair: "remove it" });
  });
}

/** Variables that are referred to and not provided, and secrets that are declared and not referred to. */
function references(root: MapNode, input: EnvironmentInput): Finding[] {
  const config = nodeAt(root, ["litellm", "config"]);
  const used = config ? referencesIn(config, ["litellm", "config"]) : [];
  const secrets = Object.keys(input.secrets ?? {});
  const declared = [...secrets, ...Object.keys(input.litellm.environment ?? {}), ...PROVIDED_BY_LOCAL];
  const missing = used
    .filter(({ name }) => !declared.includes(name))
    .map(({ name, path }) => undeclared(root, name, path, declared));
  const idle = secrets.filter((name) => !PROVIDED_BY_LOCAL.includes(name) && !used.some((reference) => reference.name === name));
  return [...missing, ...idle.map((name) => unusedSecret(root, name))];
}

function undeclared(root: MapNode, name: string, path: Path, declared: readonly string[]): Finding {
  const near = nearestName(name, declared);
  return found(ENVIRONMENT_RULES.undeclared, {
    place: placeOfValue(root, path),
    path: showPath(path),
    message: `nothing provides ${name}, so LiteLLM would read an empty value`,
    repair: near ? `did you mean os.environ/${near}?` : `declare it, for example secrets: { ${name}: { env: ${name} } }`,
  });
}

function unusedSecret(root: MapNode, name: string): Finding {
  const path = ["secrets", name];
  const message = `${name} is named nowhere in litellm.config`;
  return found(ENVIRONMENT_RULES.unused, {
    place: placeOfName(root, path),
    path: showPath(path),
    message,
    repair: ENVIRONMENT_RULES.unused.repair,
  });
}
