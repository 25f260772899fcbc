import { createHash } from "node:crypto";
import type { Delivery } from "../../../core/keys";
import type { SecretValue } from "../plan";
import { type AwsSecrets, connectAws } from "./aws-client";
import { explainedAws, inTheWayOf } from "./aws-errors";
import { type Delivered, DeliveryError, type Destination } from "./destination";

/** A secret of AWS Secrets Manager, or a field of one. */
export type AwsPlace = Extract<Delivery, { awsSecretsManager: unknown }>;

export interface AwsOptions {
  /** How a region's Secrets Manager is reached. @default the official SDK */
  readonly connect?: (region: string | undefined) => Promise<AwsSecrets>;
}

/**
 * Delivers into AWS Secrets Manager. A version's id is the SHA-256 of what is in it, so that a whole secret tells which value
 * it has without being read, and a repeated request makes no second version. A secret that has no value yet (as Terraform
 * makes them) is taken; one with a value that is not ours is left alone.
 */
export function awsDestination(options: AwsOptions = {}): Destination<AwsPlace> {
  const connections = new Map<string | undefined, Promise<AwsSecrets>>();
  const connected = (region: string | undefined) => {
    const connection = connections.get(region) ?? (options.connect ?? connectAws)(region);
    connections.set(region, connection);
    return connection;
  };
  const inTurn = turns();
  const at = async (place: AwsPlace): Promise<Spot> => {
    const { name, region, field } = place.awsSecretsManager;
    return { place, name, field, secrets: await connected(region) };
  };
  return {
    tokenIdAt: async (place) => explainedAws(place, tokenIdAt(await at(place))),
    put: (place, value, about) => {
      const { name, region } = place.awsSecretsManager;
      return inTurn(`${region} ${name}`, async () => explainedAws(place, put(await at(place), value, about)));
    },
  };
}

interface Spot {
  readonly place: AwsPlace;
  readonly name: string;
  readonly field: string | undefined;
  readonly secrets: AwsSecrets;
}

/** What is known of a secret before anything is written to it. */
interface Stored {
  /** Id of the version that readers get. */
  readonly version: string | undefined;
  readonly tags: ReadonlyMap<string, string>;
  /** Its members; empty for a secret that is no JSON object with a field to deliver to. */
  readonly members: Readonly<Record<string, unknown>>;
}

async function tokenIdAt(spot: Spot): Promise<string | undefined> {
  const stored = await look(spot);
  if (spot.field === undefined) return isDigest(stored?.version) ? stored.version : undefined;
  const value = stored?.members[spot.field];
  return typeof value === "string" && stored?.tags.has(ownerTag(spot.field)) ? digest(value) : undefined;
}

async function put(spot: Spot, value: SecretValue, about: Delivered): Promise<void> {
  const { name, field, secrets } = spot;
  const stored = await look(spot);
  const tag = { Key: ownerTag(field), Value: about.owner };
  if (stored && isForeign(stored, field, about.owner)) throw inTheWayOf(spot.place);
  const text = field === undefined ? value.reveal() : JSON.stringify({ ...stored?.members, [field]: value.reveal() });
  const request = { SecretString: text, ClientRequestToken: digest(text) };
  if (!stored) return await secrets.create({ Name: name, ...request, Tags: [tag] });
  // First the claim, then the value: the other way round, a crash in between would leave a value that nobody may replace.
  if (stored.tags.get(tag.Key) !== tag.Value) await secrets.tag(name, [tag]);
  const { VersionStages } = await secrets.putValue({ SecretId: name, ...request });
  // AWS ignores a version that it has already, even where readers get another one by now.
  if (VersionStages && !VersionStages.includes("AWSCURRENT"))
    throw new DeliveryError(`secret ${name} has had this value before and does not give it out`, "rotate the key");
}

async function look({ place, name, field, secrets }: Spot): Promise<Stored | undefined> {
  const described = await secrets.describe(name);
  if (!described) return undefined;
  if (described.DeletedDate)
    throw new DeliveryError(`secret ${name} is being deleted`, "restore it in AWS Secrets Manager, or deliver to another name");
  const version = Object.entries(described.VersionIdsToStages ?? {}).find(([, stages]) => stages.includes("AWSCURRENT"))?.[0];
  const tags = new Map((described.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
  const merges = field !== undefined && version !== undefined;
  return { version, tags, members: merges ? membersOf(await secrets.read(name), place) : {} };
}

/** @param text undefined for a binary secret */
function membersOf(text: string | undefined, place: AwsPlace): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text ?? "");
  } catch {
    // The parser's message quotes the text.
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  const { name, field } = place.awsSecretsManager;
  throw new DeliveryError(
    `secret ${name} is not a JSON object, so it has no room for field ${field}`,
    "deliver to another secret",
  );
}

function isForeign(stored: Stored, field: string | undefined, owner: string): boolean {
  const owned = stored.tags.get(ownerTag(field));
  if (owned !== undefined) return owned !== owner;
  if (field !== undefined) return stored.members[field] !== undefined;
  // Without the tag (Terraform takes away tags that it does not know), a version that is named by its digest is ours still.
  return stored.version !== undefined && !isDigest(stored.version);
}

/** Tag of a secret, or of one field of it: a tag's name has letters, digits and some signs, 128 at most. */
function ownerTag(field: string | undefined): string {
  if (field === undefined) return "cdktf-litellm:owner";
  return `cdktf-litellm:owner:${/^[\w+=.@-]{1,100}$/.test(field) ? field : digest(field)}`;
}

function isDigest(version: string | undefined): version is string {
  return version !== undefined && /^[0-9a-f]{64}$/.test(version);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Runs what concerns the same secret one after the other: two fields written at once would lose one. */
function turns(): <Result>(secret: string, work: () => Promise<Result>) => Promise<Result> {
  const last = new Map<string, Promise<unknown>>();
  return (secret, work) => {
    const mine = (last.get(secret) ?? Promise.resolve()).then(work, work);
    last.set(secret, mine);
    return mine;
  };
}
