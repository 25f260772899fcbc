import type { DevelopmentIssuer } from "../../../core/config";
import type { LocalFolders } from "../folders";
import type { Program } from "../identity-proxy";
import { specHash } from "../supervisor/spec-hash";
import type { WantedPart } from "../supervisor/wanted";
import { issuerFile, writeIssuer } from "./deployed-issuer";
import { DISCOVERY } from "./issuer-server";
import { publicKey, signingKey } from "./signing-key";

/** What the issuer is started with. */
export interface IssuerStart {
  readonly development: DevelopmentIssuer;
  readonly folders: LocalFolders;
  /** The issuer's compiled program. */
  readonly program: Program;
  readonly hashKey: string;
}

/** The development issuer of an environment, its users written down for `local token`. Other users are no reason to restart it. */
export function issuerPart({ development, folders, program, hashKey }: IssuerStart): WantedPart {
  const { port, issuer, audience, users } = development;
  const keys = [publicKey(signingKey(folders.secrets))];
  const deployedUsers = Object.fromEntries(
    Object.entries(users).map(([name, { email, groups }]) => [name, { email, groups: [...groups] }]),
  );
  writeIssuer(folders, { port, issuer, audience, users: deployedUsers, keys });
  const args = [program.path, issuerFile(folders)];
  return {
    name: "issuer",
    process: { command: process.execPath, args, cwd: folders.run, env: {} },
    secrets: {},
    hash: specHash(hashKey, { args, program: program.digest, port, issuer, keys }),
    port,
    probe: { kind: "http", port, path: DISCOVERY },
    after: [],
    stopSignal: "SIGTERM",
  };
}
