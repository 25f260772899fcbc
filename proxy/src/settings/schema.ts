import * as z from "zod";
import { identitySchema } from "./identity-schema";
import { gatewayKeySchema, limitsSchema, policySchema, upstreamSchema } from "./upstream-schema";
import { filePath, ipAddress, port, seconds, secretPlace } from "./values";

/** Encryption of a listener. */
export const tlsSchema = z.strictObject({
  certificateFile: filePath,
  keyFile: filePath,
  /** The authority of client certificates; needed for `mtls`, and refused without it. */
  clientCaFile: filePath.optional(),
  /** Revoked client certificates. */
  crlFile: filePath.optional(),
});

/** A port with one source of identity. */
export const listenerSchema = z.strictObject({
  /** Appears in metrics and in the audit line. */
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,30}$/, "not a short name of letters, digits and hyphens in lower case")
    .describe("a short name of letters, digits and hyphens in lower case"),
  /** Where it listens: everywhere, unless this says otherwise. @default 0.0.0.0 */
  address: ipAddress.default("0.0.0.0"),
  port,
  /**
   * Who reads HTTP. `node`: Node's own parser. `strict`: the proxy's own, at seven eighths of the CPU time for small requests. It
   * takes what clients of LLM APIs send and refuses the rest: HTTP/1.0, requests sent before the last one is answered, chunk
   * extensions, trailers. @default node
   */
  front: z.enum(["node", "strict"]).default("node"),
  tls: tlsSchema.optional(),
  identity: identitySchema,
});

/** The port for probes and Prometheus; it knows no identity and forwards nothing. */
export const operationsSchema = z.strictObject({
  /** Where it listens. In a container, probes and Prometheus from outside need 0.0.0.0. @default 127.0.0.1 */
  address: ipAddress.default("127.0.0.1"),
  /** @default 9090 */
  port: port.default(9090),
});

/** One line for each request. */
export const auditSchema = z.strictObject({
  /** How a line names the caller. `hashed`: the same caller has the same name, and the name tells nothing. @default hashed */
  identity: z.enum(["hashed", "plain", "none"]).default("hashed"),
  /** Key of the hash. @default derived from the first gateway key, so that replacing that key renames all callers */
  hashKey: secretPlace.optional(),
  /** Whether a line is written. @default true */
  enabled: z.boolean().default(true),
});

/** The settings of the identity proxy: one YAML file. */
export const settingsSchema = z.strictObject({
  upstream: upstreamSchema,
  gatewayKeys: z.array(gatewayKeySchema).min(1),
  listeners: z.array(listenerSchema).min(1).max(20),
  policy: policySchema,
  limits: limitsSchema.prefault({}),
  operations: operationsSchema.prefault({}),
  audit: auditSchema.prefault({}),
  /** How long requests in progress may take to end after SIGTERM. @default 30 */
  drainSeconds: seconds.default(30),
  /** Processes that serve. More than one needs as many cores. @default 1 */
  workers: z.number().int().min(1).max(64).default(1),
});

/** The checked settings, with all defaults filled in and secrets still as references. */
export type Settings = z.output<typeof settingsSchema>;
export type ListenerSettings = z.output<typeof listenerSchema>;
export type TlsSettings = z.output<typeof tlsSchema>;
export type AuditSettings = z.output<typeof auditSchema>;
