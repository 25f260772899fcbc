import { ref, TerraformElement, Token } from "cdktf";
import type { Construct } from "constructs";

/**
 * A value that exists while Terraform applies and no longer: it enters neither plan nor state. The engine's bindings have no
 * class for such blocks.
 *
 * Only write-only arguments take it; Terraform refuses it anywhere else.
 */
export class Ephemeral extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly type: string,
    private readonly attributes: Readonly<Record<string, unknown>>,
  ) {
    super(scope, id);
  }

  /** A reference to an attribute: a token, because plain text in a function call would be escaped by the engine, in silence. */
  attribute(name: string): string {
    return Token.asString(ref(`ephemeral.${this.type}.${this.friendlyUniqueId}.${name}`, this.cdktfStack));
  }

  override toTerraform(): Record<string, unknown> {
    return { ephemeral: { [this.type]: { [this.friendlyUniqueId]: this.attributes } } };
  }
}
