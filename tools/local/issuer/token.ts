import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { LocalError } from "../local-error";
import { environmentFolders } from "../workplace";
import { type DeployedIssuer, issuerFile, readIssuer } from "./deployed-issuer";
import { publicKey, type SigningKey, signingKey } from "./signing-key";

/** Of which environment. */
export interface IssuerPlace {
  /** Folder of the project, absolute. */
  readonly project: string;
  readonly name: string;
}

/** For whom, and for how long. */
export interface TokenOptions extends IssuerPlace {
  /** A name of {@link developmentUsers}. */
  readonly user: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly minutes: number;
  /** The token's `jti`. @default a random one */
  readonly id?: string;
}

/**
 * Names of the users whom the development issuer knows, as last brought up.
 * @throws LocalError when the environment has no development issuer here
 */
export function developmentUsers(place: IssuerPlace): string[] {
  return Object.keys(deployedIssuer(place).users);
}

/**
 * A signed token of a development user: what an OIDC sign-in would give.
 * @throws LocalError when there is no such user, or no development issuer here
 */
export async function userToken(options: TokenOptions): Promise<string> {
  const deployed = deployedIssuer(options);
  const { secrets } = environmentFolders(options.project, options.name);
  if (!Object.hasOwn(deployed.users, options.user)) {
    throw new LocalError(
      `${JSON.stringify(options.user)} is no development user`,
      `there are: ${Object.keys(deployed.users).join(", ")}`,
    );
  }
  return await sign(deployed, signingKey(secrets), options);
}

async function sign(deployed: DeployedIssuer, key: SigningKey, options: TokenOptions): Promise<string> {
  const { user, now, minutes, id = randomUUID() } = options;
  const { email, groups } = deployed.users[user] ?? { email: "", groups: [] };
  const seconds = Math.floor(now / 1000);
  const { importJWK, SignJWT } = jose();
  return await new SignJWT({ email, email_verified: true, preferred_username: user, groups })
    .setProtectedHeader({ alg: "ES256", typ: "JWT", kid: publicKey(key).kid })
    .setIssuer(deployed.issuer)
    .setAudience(deployed.audience)
    .setSubject(user)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + minutes * 60)
    .setJti(id)
    .sign(await importJWK({ ...key }, "ES256"));
}

function deployedIssuer({ project, name }: IssuerPlace): DeployedIssuer {
  const file = issuerFile(environmentFolders(project, name));
  const deployed = readIssuer(file);
  if (deployed) return deployed;
  if (existsSync(file)) throw new LocalError(`${file} is damaged`, "run local up again");
  throw new LocalError(
    `${name} has no development issuer here`,
    "name users under identityProxy.development in its file, then bring it up: cdktf-litellm local up",
  );
}

/** Loaded when a token is made: every command of the local target would wait for it. */
function jose(): typeof import("jose") {
  return require("jose");
}
