import { isMapping } from "../source";
import { type KeysInput, keysSchema } from "./schema";

/** Kinds of things in a keys file. */
export const BLOCKS = ["budgets", "teams", "users", "tags", "customers", "keys"] as const;
type Block = (typeof BLOCKS)[number];

/** What of keys files with mistakes in their form can be judged. */
export interface SoundEntries {
  /** Of each file, what is of the right form. */
  readonly known: readonly KeysInput[];
  /** Of each file, that of it of which something true can be said: it names nothing, and is named by nothing, that has a mistake. */
  readonly judged: readonly KeysInput[];
}

/** Fields whose value is the name of something in another block. */
const REFERENCES: readonly (readonly [field: string, block: Block])[] = [
  ["team_id", "teams"],
  ["user_id", "users"],
  ["budget", "budgets"],
];

/** Entries of keys files by whether they are understood. Where a block itself is not, whatever it may declare is missing: none is. */
export function soundEntries(files: readonly unknown[]): SoundEntries {
  if (!files.every(hasBlocks)) return { known: files.map(() => ({})), judged: files.map(() => ({})) };
  const known = files.map((file) => filtered(file, isSound));
  const isKnown = ({ block, name }: Entry, file: number): boolean => Object.hasOwn(known[file]?.[block] ?? {}, name);
  const unsound = files.flatMap((file, index) => entriesOf(file).filter((entry) => !isKnown(entry, index)));
  const wrong = new Set(unsound.map(nameOf));
  const named = new Set(unsound.flatMap(referencesOf));
  const isJudged = (entry: Entry): boolean => !named.has(nameOf(entry)) && !referencesOf(entry).some((name) => wrong.has(name));
  return { known, judged: known.map((file) => filtered(file, isJudged)) };
}

type Blocks = Readonly<Partial<Record<Block, Readonly<Record<string, unknown>>>>>;

interface Entry {
  readonly block: Block;
  readonly name: string;
  readonly value: unknown;
}

function hasBlocks(file: unknown): file is Blocks {
  const known: readonly string[] = BLOCKS;
  return isMapping(file) && Object.entries(file).every(([name, block]) => known.includes(name) && isMapping(block));
}

function entriesOf(file: Blocks): Entry[] {
  return BLOCKS.flatMap((block) => Object.entries(file[block] ?? {}).map(([name, value]) => ({ block, name, value })));
}

function filtered(file: Blocks, keep: (entry: Entry) => boolean): KeysInput {
  const kept = BLOCKS.map((block) => {
    const entries = Object.entries(file[block] ?? {}).filter(([name, value]) => keep({ block, name, value }));
    return [block, Object.fromEntries(entries)];
  });
  return Object.fromEntries(kept) as KeysInput;
}

function isSound({ block, name, value }: Entry): boolean {
  return keysSchema.safeParse({ [block]: { [name]: value } }).success;
}

function nameOf({ block, name }: Pick<Entry, "block" | "name">): string {
  return `${block} ${name}`;
}

function referencesOf({ value }: Entry): string[] {
  if (!isMapping(value)) return [];
  return REFERENCES.flatMap(([field, block]) =>
    typeof value[field] === "string" ? [nameOf({ block, name: value[field] })] : [],
  );
}
