import { type AuditRecord, auditLine, type CallerName, callerNames, derivedAuditKey, type LineWriter } from "../audit";
import { type FetchText, type IdentitySource, identitySource } from "../identity";
import type { Labels, ProxyMetrics } from "../metrics";
import { Policy } from "../policy";
import { type Profile, profileOf } from "../profiles";
import type { LoadedSettings } from "../settings";
import { Callers } from "./caller";
import type { Clock } from "./clock";

/** How far the proxy is with its end. */
export interface Ending {
  /** Requests that had not ended in time have been cut. */
  cut: boolean;
}

/** What a generation shares with the ones before and after it. */
export interface Shared {
  readonly clock: Clock;
  readonly metrics: ProxyMetrics;
  readonly lines: LineWriter;
  readonly ending: Ending;
  /** Fetches keys of issuers; `ca` is the authority of `caFile`. */
  readonly fetch: (ca: string | undefined) => FetchText;
}

/**
 * Everything that follows from one version of the settings. A request belongs to the generation that it began with; a reload
 * makes a new one and hands it to the requests that follow.
 */
export class Generation {
  readonly clock: Clock;
  readonly metrics: ProxyMetrics;
  readonly ending: Readonly<Ending>;
  readonly profile: Profile;
  readonly callers: Callers;
  readonly callerName: CallerName;
  readonly audit: ((record: AuditRecord) => void) | undefined;
  private readonly sources = new Map<string, IdentitySource>();

  constructor(
    readonly loaded: LoadedSettings,
    shared: Shared,
  ) {
    const { settings, gatewayKeys, auditKey } = loaded;
    this.clock = shared.clock;
    this.metrics = shared.metrics;
    this.ending = shared.ending;
    this.profile = profileOf(settings.upstream);
    const keys = settings.gatewayKeys.map(({ group }, index) => ({
      ...(group !== undefined && { group }),
      value: gatewayKeys[index] ?? "",
    }));
    this.callers = new Callers(new Policy(settings.policy), this.profile, keys);
    this.callerName = callerNames(settings.audit.identity, auditKey ?? derivedAuditKey(gatewayKeys[0] ?? ""));
    this.audit = settings.audit.enabled ? (record) => shared.lines.add(auditLine(record)) : undefined;
    const now = (): number => shared.clock.now();
    for (const [index, { name, identity }] of settings.listeners.entries()) {
      this.sources.set(name, identitySource(identity, shared.fetch(loaded.issuerCa[index]), now));
    }
  }

  /** The source of identity of a listener; undefined for one that these settings do not have: connections may outlive it. */
  source(listener: string): IdentitySource | undefined {
    return this.sources.get(listener);
  }

  /** Fetches what the sources lack; those that fail stay not ready and are tried again later. */
  async start(): Promise<void> {
    await Promise.allSettled(
      [...this.sources.values()].filter((source) => source.problem() !== undefined).map((source) => source.start()),
    );
  }

  /** The listeners that cannot verify anybody now, and why. */
  notReady(): string[] {
    return [...this.sources].flatMap(([name, source]) => {
      const problem = source.problem();
      return problem === undefined ? [] : [`listener ${name}: ${problem}`];
    });
  }

  stop(): void {
    for (const source of this.sources.values()) source.stop();
  }

  /** Figures of all sources: name of the figure with a value for each listener. */
  figures(): { name: string; help: string; values: [Labels, number][] }[] {
    const byName = new Map<string, [Labels, number][]>();
    for (const [listener, source] of this.sources) {
      for (const [name, value] of Object.entries(source.figures())) {
        byName.set(name, [...(byName.get(name) ?? []), [{ listener }, value]]);
      }
    }
    return [...byName].map(([name, values]) => ({ name: `identity_proxy_${name}`, help: HELP[name] ?? name, values }));
  }
}

const HELP: Readonly<Record<string, string>> = {
  key_age_seconds: "Age of the issuer's keys; -1 before the first fetch.",
  key_fetches: "Fetches of the issuer's keys.",
  key_fetch_failures: "Fetches of the issuer's keys that failed.",
  token_cache_hits: "Tokens that were known already.",
  token_cache_entries: "Tokens that are remembered.",
  token_verifications: "Tokens that were verified.",
};
