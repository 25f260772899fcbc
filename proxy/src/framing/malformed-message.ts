/** A message that breaks the rules of HTTP, or that two readers could cut differently. */
export class MalformedMessage extends Error {
  override readonly name = "MalformedMessage";
}
