import { type Finding, found, type Occurrence, type Rule } from "../../findings";
import { type MapNode, type Path, placeOfName, placeOfValue, showPath } from "../../source";
import type { KeyInput, KeysInput, TeamInput } from "../schema";

/** What is known of the gateway that the keys are for. */
export interface GatewayFacts {
  /** The LiteLLM version. */
  readonly version: string;
  readonly target: "local" | "kubernetes";
  /** Whether a request for this model finds one; true where it cannot be told. */
  serves(model: string): boolean;
  /** Names that a misspelt model may have been meant for. */
  readonly models: readonly string[];
  /** Whether LiteLLM's `general_settings.disable_custom_api_keys` is on. */
  readonly refusesOwnValues: boolean;
  /** Whether LiteLLM's `general_settings.apply_user_budget_to_team_keys` is on. */
  readonly userBudgetForTeamKeys: boolean;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** The file that describes the gateway, which no key may be delivered to. @default not known */
  readonly environmentFile?: string;
}

/** What a rule says of the case at hand. */
export type Remark = Omit<Occurrence, "place" | "path">;

/** A rule about a keys file: what is wrong, why it matters, and the check that finds it. */
export interface KeysRule extends Rule {
  readonly check: (context: KeysContext) => Finding[];
}

/** A key and where it stands. */
export interface PlacedKey {
  readonly name: string;
  readonly key: KeyInput;
  readonly path: Path;
}

/** A keys file of the right shape. */
export interface KeysFile {
  readonly root: MapNode;
  readonly input: KeysInput;
}

/** A keys file, what stands in the others beside it, and what is known of the gateway. */
export class KeysContext {
  /** The keys of this file. */
  readonly keys: readonly PlacedKey[];
  private readonly listed = new Map<keyof KeysInput, [string, unknown][]>();

  constructor(
    readonly root: MapNode,
    readonly input: KeysInput,
    /** Of all files of the environment. */
    readonly all: KeysInput,
    readonly gateway: GatewayFacts,
    /** All files of the environment, this one included. */
    readonly files: readonly KeysFile[],
  ) {
    this.keys = this.entries("keys").map(([name, key]) => ({ name, key, path: ["keys", name] }));
  }

  /** Name and content of everything of a kind in this file. Listed once: of ten thousand keys that takes a while. */
  entries<K extends keyof KeysInput>(kind: K): readonly [string, NonNullable<KeysInput[K]>[string]][] {
    const listed = this.listed.get(kind) ?? Object.entries(this.input[kind] ?? {});
    this.listed.set(kind, listed);
    return listed as [string, NonNullable<KeysInput[K]>[string]][];
  }

  teamOf({ team_id }: KeyInput): TeamInput | undefined {
    return team_id === undefined ? undefined : this.all.teams?.[team_id];
  }

  /** A finding at the value of `path`, or at the name above it when there is none. */
  found(rule: Rule, path: Path, remark: Remark): Finding {
    return found(rule, { place: placeOfValue(this.root, path), path: showPath(path), ...remark });
  }

  /** A finding at the name of `path`. */
  foundAtName(rule: Rule, path: Path, remark: Remark): Finding {
    return found(rule, { place: placeOfName(this.root, path), path: showPath(path), ...remark });
  }
}
