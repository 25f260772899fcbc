import type { Place } from "../../findings";

/** An expression of HCL, as far as it can be read without running Terraform. */
export type HclValue =
  | { readonly kind: "literal"; readonly place: Place; readonly value: string | number | boolean | null }
  | { readonly kind: "heredoc"; readonly place: Place; readonly value: string; readonly firstLine: number }
  | { readonly kind: "list"; readonly place: Place; readonly items: readonly HclItem[] }
  | { readonly kind: "object"; readonly place: Place; readonly entries: readonly HclEntry[] }
  | { readonly kind: "call"; readonly place: Place; readonly name: string; readonly argument: HclValue }
  /** Something that only Terraform can compute; `what` says what it is, in words. */
  | { readonly kind: "unreadable"; readonly place: Place; readonly what: string };

export interface HclItem {
  readonly value: HclValue;
  /** Comments on the lines before it, without their marks. */
  readonly comments: readonly string[];
}

export interface HclEntry extends HclItem {
  readonly name: string;
  readonly place: Place;
}

/** `name = value`, in the blocks that it stands in: `["module", "litellm"]`. */
export interface HclAttribute {
  readonly path: readonly string[];
  readonly place: Place;
  readonly value: HclValue;
}
