import type { BodyRefusal } from "../body";
import type { Refusal } from "../errors";
import type { Route } from "../routes";

const STATUS: Partial<Record<BodyRefusal["code"], number>> = {
  too_long: 413,
  compressed_body: 415,
  unsupported_charset: 415,
  unsupported_media_type: 415,
};

/** A body that cannot be accepted, as an answer. */
export function bodyRefusal({ code, message }: BodyRefusal): Refusal {
  return { status: STATUS[code] ?? 400, code, message };
}

/** Whether a route takes bodies of this kind. */
export function wrongKind(route: Route, kind: "json" | "urlencoded" | "multipart"): Refusal | undefined {
  const form = kind !== "json";
  if (route.body === "json-or-form" || (route.body === "form") === form) return undefined;
  return { status: 415, code: "body_kind_wrong", message: form ? "this route takes a JSON body" : "this route takes a form" };
}

/** The body is over the limit of the settings. */
export function tooLarge(bytes: number): Refusal {
  return { status: 413, code: "body_too_large", message: `the body is over ${bytes} bytes` };
}
