import { type Finding, found, type Occurrence, type Rule } from "../../../findings";
import { type MapNode, nodeAt, type Path, placeOfName, placeOfValue, showPath, toValue } from "../../../source";
import type { EnvironmentInput } from "../../schema";
import type { IdentityProxyInput } from "../schema";

/** A rule about the block `identityProxy`, alone or together with LiteLLM's configuration. */
export interface ProxyRule extends Rule {
  /** Every place that breaks the rule. */
  readonly check: (context: ProxyContext) => Finding[];
}

/** What a check saw; the place follows from the path. */
export type Seen = Omit<Occurrence, "place" | "path">;

/** An environment with an identity proxy, and the questions that its rules ask. */
export class ProxyContext {
  constructor(
    readonly root: MapNode,
    readonly input: EnvironmentInput,
    readonly block: IdentityProxyInput,
  ) {}

  /** The plain value at `path` of the environment file; undefined where nothing stands. */
  value(path: Path): unknown {
    const node = nodeAt(this.root, path);
    return node && toValue(node);
  }

  /** Whether LiteLLM takes the switch at `path` of its configuration for on. */
  isOn(path: Path): boolean {
    const value = this.value(["litellm", "config", ...path]);
    return value === true || (typeof value === "string" && value.toLowerCase() === "true");
  }

  /** A finding about the value at `path`. */
  atValue(rule: Rule, path: Path, seen: Seen): Finding {
    return this.finding(rule, path, placeOfValue(this.root, path), seen);
  }

  /** A finding about the name at the end of `path`. */
  atName(rule: Rule, path: Path, seen: Seen): Finding {
    return this.finding(rule, path, placeOfName(this.root, path), seen);
  }

  private finding(rule: Rule, path: Path, place: Finding["place"], { repair = rule.repair, ...seen }: Seen): Finding {
    return found(rule, { ...seen, repair, ...(place && { place }), path: showPath(path) });
  }
}
