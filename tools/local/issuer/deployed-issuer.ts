import { rmSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { LocalFolders } from "../folders";
import { readJson, writeAtomically } from "../supervisor/atomic-file";
import type { PublicKey } from "./signing-key";

const user = z.object({ email: z.string(), groups: z.array(z.string()) });
const key: z.ZodType<PublicKey> = z.object({
  kty: z.string(),
  crv: z.string(),
  x: z.string(),
  y: z.string(),
  kid: z.string(),
  alg: z.literal("ES256"),
  use: z.literal("sig"),
});

const DEPLOYED = z.object({
  port: z.number(),
  issuer: z.string(),
  audience: z.string(),
  users: z.record(z.string(), user),
  keys: z.array(key),
});

/** The development issuer as `up` last wrote it down: its address, its users and its public keys. Holds no secret. */
export type DeployedIssuer = z.infer<typeof DEPLOYED>;

/** The file that the issuer's process reads. */
export function issuerFile(folders: LocalFolders): string {
  return join(folders.root, "issuer.json");
}

export function writeIssuer(folders: LocalFolders, deployed: DeployedIssuer): void {
  writeAtomically(issuerFile(folders), `${JSON.stringify(deployed, undefined, 2)}\n`);
}

/** There is no issuer any more, and so no tokens. */
export function removeIssuer(folders: LocalFolders): void {
  rmSync(issuerFile(folders), { force: true });
}

/** What is in the file; undefined where there is none, or a damaged one. */
export function readIssuer(file: string): DeployedIssuer | undefined {
  return readJson(file, DEPLOYED);
}
