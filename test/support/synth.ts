import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";

/** A stack's JSON without what only the engine cares about. */
export type Synthesized = { readonly [key: string]: unknown };

/** Synthesizes what `define` adds to an app, and returns the JSON text of each stack by id. */
export function synthesize(define: (app: App) => void): Record<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), "cdktf-litellm-out-"));
  try {
    const app = new App({ outdir, skipValidation: false });
    define(app);
    app.synth();
    const manifest = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as {
      stacks: Record<string, { synthesizedStackPath: string }>;
    };
    const stacks = Object.entries(manifest.stacks);
    return Object.fromEntries(
      stacks.map(([id, { synthesizedStackPath }]) => [id, readFileSync(join(outdir, synthesizedStackPath), "utf8")]),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The JSON without comments (`//`): the engine's version and construct paths. */
export function normalised(text: string): Synthesized {
  return JSON.parse(text, (_key, value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const { "//": _comment, ...rest } = value as Record<string, unknown>;
    return rest;
  }) as Synthesized;
}

/** The Terraform addresses of a stack's resources, sorted. */
export function addresses(text: string): string[] {
  const { resource = {} } = JSON.parse(text) as { resource?: Record<string, Record<string, unknown>> };
  return Object.entries(resource)
    .flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`))
    .sort();
}
