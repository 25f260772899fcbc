import * as z from "zod";
import { groupName, httpUrl, seconds, text } from "./values";

/** Signature algorithms with a public key; others cannot be named. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"] as const;

const claimName = z.string().min(1).max(200).meta({ description: "the name of a claim" });

/** Tokens of a real identity provider, in the identity proxy's own words. */
export const oidcSchema = z.strictObject({
  /** The issuer, exactly as the `iss` claim spells it. */
  issuer: httpUrl,
  /** Audiences of which a token must name one. */
  audiences: z.array(z.string().min(1)).min(1),
  /** @default what the issuer's discovery document names */
  jwksUri: httpUrl.optional(),
  /** @default RS256 and ES256 */
  algorithms: z.array(z.enum(ALGORITHMS)).min(1).optional(),
  /** @default 30 */
  clockSkewSeconds: z.number().int().min(0).max(300).optional(),
  /** The claim that names the caller. @default sub */
  userClaim: claimName.optional(),
  /** The claim with the caller's groups. @default groups */
  groupsClaim: claimName.optional(),
  /** Claims that must have exactly this value, such as `email_verified: true`. */
  requiredClaims: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])).optional(),
  /** @default 600 */
  keysMaxAgeSeconds: seconds.optional(),
  /** @default 86400 */
  keysStaleSeconds: seconds.optional(),
  /** @default 10000 */
  cacheEntries: z.number().int().min(0).max(1_000_000).optional(),
  /** @default 300 */
  cacheSeconds: seconds.optional(),
});

/** Keys of services, each with a fixed identity, in the identity proxy's own words. */
export const serviceKeysSchema = z.strictObject({
  keys: z
    .array(
      z.strictObject({
        /** SHA-256 of the key; `litellm-identity-proxy --hash-key` prints it. */
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/, "not 64 hexadecimal digits")
          .meta({ description: "64 hexadecimal digits in lower case" }),
        user: text(1000).meta({ description: "the name of the service" }),
        groups: z.array(groupName).optional(),
      }),
    )
    .min(1),
});

const SOURCES = ["development", "oidc", "serviceKeys"] as const;

/** Where a listener learns who calls: exactly one source. */
export const identitySchema = z
  .strictObject({
    development: z.strictObject({}).meta({ description: "the users of identityProxy.development" }).optional(),
    oidc: oidcSchema.optional(),
    serviceKeys: serviceKeysSchema.optional(),
    /** Put before every name of this listener, so that services and people cannot bear one name. */
    userPrefix: text(50).optional(),
  })
  .refine((identity) => SOURCES.filter((source) => identity[source] !== undefined).length === 1, {
    message: "a listener has exactly one source of identity; name one of development, oidc, serviceKeys",
  });
