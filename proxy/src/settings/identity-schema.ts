import * as z from "zod";
import { addressRange, filePath, groupName, httpUrl, seconds, text } from "./values";

/** Signature algorithms with a public key. Symmetric ones and `none` cannot be named, so they cannot be allowed by mistake. */
export const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"] as const;

const claimName = z.string().min(1).max(200).describe("the name of a claim");

/** OIDC access tokens, verified against the issuer's published keys. */
export const oidcSchema = z.strictObject({
  /** The issuer, exactly as the `iss` claim spells it. */
  issuer: httpUrl,
  /** Audiences of which a token must name one. */
  audiences: z.array(z.string().min(1)).min(1),
  /** Where the keys are published. @default what the issuer's discovery document names */
  jwksUri: httpUrl.optional(),
  /** Accepted signature algorithms. */
  algorithms: z.array(z.enum(ALGORITHMS)).min(1).default(["RS256", "ES256"]),
  /** How far clocks may differ when `exp` and `nbf` are judged. @default 30 */
  clockSkewSeconds: z.number().int().min(0).max(300).default(30),
  /** The claim that names the caller. `sub` is never reassigned; an e-mail address is easier to read. @default sub */
  userClaim: claimName.default("sub"),
  /** The claim with the caller's groups: a list of text. @default groups */
  groupsClaim: claimName.default("groups"),
  /** Claims that must have exactly this value, such as `email_verified: true`. */
  requiredClaims: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])).default({}),
  /** The authority that signed the issuer's certificate, where it is a private one. */
  caFile: filePath.optional(),
  /** How long keys are used without asking again. @default 600 */
  keysMaxAgeSeconds: seconds.default(600),
  /** How long known keys are still used while the issuer cannot be reached. @default 86400 */
  keysStaleSeconds: seconds.default(86_400),
  /** The most verified tokens that are remembered, by hash. @default 10000 */
  cacheEntries: z.number().int().min(0).max(1_000_000).default(10_000),
  /** The longest that a verified token is remembered, and so the longest that a check of `requiredClaims` is old. @default 300 */
  cacheSeconds: seconds.default(300),
});

/** Headers that oauth2-proxy sets, believed only from its own addresses. */
export const oauth2ProxySchema = z.strictObject({
  /** Where oauth2-proxy, or the nginx that asks it, calls from. */
  peers: z.array(addressRange).min(1),
  /**
   * The one family of headers that is read. `forwarded`: oauth2-proxy as a reverse proxy sets `X-Forwarded-*`.
   * `auth-request`: nginx's `auth_request` copies `X-Auth-Request-*`. The mode that does not set a family lets a client's own pass.
   */
  headers: z.enum(["forwarded", "auth-request"]),
  /** Which of them names the caller. @default email */
  user: z.enum(["email", "user", "preferred-username"]).default("email"),
});

/** The token that an AWS Application Load Balancer adds after its own sign-in. */
export const albSchema = z.strictObject({
  /** Where the load balancer calls from. It adds the header only on some rules, so nothing else may reach the port. */
  peers: z.array(addressRange).min(1),
  /** ARN of the load balancer. Without this check any AWS account's load balancer could sign. */
  signer: z.string().regex(/^arn:aws[\w-]*:elasticloadbalancing:[\w-]+:\d{12}:loadbalancer\/app\/[\w-]+\/[0-9a-f]+$/),
  /** The `iss` that the header carries. */
  issuer: httpUrl,
  /** The client id at the identity provider. */
  clientId: z.string().min(1),
  /** The region that the keys are fetched from; never taken from the token. */
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
  /** Where the keys are published, for partitions with other host names. @default the region's public key host */
  keysUrl: httpUrl.optional(),
  userClaim: claimName.default("sub"),
  groupsClaim: claimName.default("groups"),
});

/** The subject of the client certificate. The listener's `tls.clientCaFile` says who may sign one. */
export const mtlsSchema = z.strictObject({
  /** Which part of the certificate names the caller. @default common-name */
  user: z.enum(["common-name", "uri", "email"]).default("common-name"),
  /** Groups of every caller of this listener, beside the organizational units of the subject. */
  groups: z.array(groupName).default([]),
});

/** Keys of services, each with a fixed identity. Only hashes are kept, so that the file is no secret. */
export const serviceKeysSchema = z.strictObject({
  keys: z
    .array(
      z.strictObject({
        /** SHA-256 of the key, in hexadecimal; `litellm-identity-proxy --hash-key` prints it. */
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/, "not 64 hexadecimal digits in lower case")
          .describe("64 hexadecimal digits in lower case"),
        user: text(1000).describe("the name of the service"),
        groups: z.array(groupName).default([]),
      }),
    )
    .min(1),
});

/** Exactly one of the sources: a second one would be a way around the first. */
export const identitySchema = z
  .strictObject({
    oidc: oidcSchema.optional(),
    oauth2Proxy: oauth2ProxySchema.optional(),
    alb: albSchema.optional(),
    mtls: mtlsSchema.optional(),
    serviceKeys: serviceKeysSchema.optional(),
    /** Put before every name of this listener, so that services and people cannot bear one name. @default nothing */
    userPrefix: text(50).optional(),
  })
  .refine((identity) => sourcesOf(identity).length === 1, {
    message: "a listener has exactly one source of identity: oidc, oauth2Proxy, alb, mtls or serviceKeys",
  });

/** The kinds of sources that a settings file may name. */
export const SOURCE_KINDS = ["oidc", "oauth2Proxy", "alb", "mtls", "serviceKeys"] as const;
/** One kind of source. */
export type SourceKind = (typeof SOURCE_KINDS)[number];

function sourcesOf(identity: object): string[] {
  return SOURCE_KINDS.filter((kind) => (identity as Record<string, unknown>)[kind] !== undefined);
}

export type OidcSettings = z.output<typeof oidcSchema>;
export type Oauth2ProxySettings = z.output<typeof oauth2ProxySchema>;
export type AlbSettings = z.output<typeof albSchema>;
export type MtlsSettings = z.output<typeof mtlsSchema>;
export type ServiceKeysSettings = z.output<typeof serviceKeysSchema>;
export type IdentitySettings = z.output<typeof identitySchema>;
