/** Why a body is not forwarded. */
export type BodyCode =
  | "bad_json"
  | "not_an_object"
  | "truncated_json"
  | "truncated_form"
  | "trailing_data"
  | "bad_utf8"
  | "duplicate_member"
  | "ambiguous_member"
  | "forbidden_member"
  | "wrong_type"
  | "too_deep"
  | "too_long"
  | "length_mismatch"
  | "compressed_body"
  | "unsupported_charset"
  | "unsupported_media_type"
  | "bad_form";

/** A refused body. The message names members of the proxy's own rules only, never what the client sent. */
export interface BodyRefusal {
  readonly ok: false;
  readonly code: BodyCode;
  readonly message: string;
}

/** How the readers in this folder stop; their doors turn it into a {@link BodyRefusal}. */
export class BodyProblem extends Error {
  override readonly name = "BodyProblem";

  constructor(
    readonly code: BodyCode,
    message: string,
  ) {
    super(message);
  }
}

/** Runs a reader; a body that it cannot accept becomes a refusal. */
export function judged<T>(read: () => T): T | BodyRefusal {
  try {
    return read();
  } catch (error) {
    if (error instanceof BodyProblem) return { ok: false, code: error.code, message: error.message };
    throw error;
  }
}
