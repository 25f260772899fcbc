import type { ErrorShape } from "../routes";

/** The shape of errors for a path that has no route: that of the API it looks like. */
export function shapeOfPath(path: string): ErrorShape {
  if (path.includes("/messages")) return "anthropic";
  return path.startsWith("/v1beta/") || path.includes(":") ? "google" : "openai";
}
