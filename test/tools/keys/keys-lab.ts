import { checkKeys, type Delivery, type Desired, type GatewayFacts, type Json } from "../../../core/keys";
import { parseSource } from "../../../core/source";
import { type Applied, apply, type Clock, type Planned, plan, type ReconcileOptions } from "../../../tools/keys/apply";
import type { Destination, Destinations } from "../../../tools/keys/delivery";
import { litellmGateway } from "../../../tools/keys/gateway";
import { SecretValue } from "../../../tools/keys/plan";
import { type Around, memoryHttp } from "../../support/memory-litellm/memory-http";
import { MemoryLitellm } from "../../support/memory-litellm/memory-litellm";

export const START = Date.UTC(2026, 10, 21);
export const DAY = 86_400_000;

const FACTS: GatewayFacts = {
  version: "1.108.10",
  target: "local",
  serves: () => true,
  models: [],
  refusesOwnValues: false,
  userBudgetForTeamKeys: false,
  today: "2026-11-21",
};

/** What keys files of this text want. */
const KNOWN = new Map<string, Desired>();

export function desiredOf(text: string, owner = "prod"): Desired {
  const known = KNOWN.get(`${owner} ${text}`);
  if (known) return known;
  const parsed = parseSource(text, "test.keys.yaml");
  if ("findings" in parsed) throw new Error(parsed.findings.map(({ message }) => message).join("\n"));
  const { findings, desired } = checkKeys([parsed.root], { owner, gateway: FACTS });
  if (desired) KNOWN.set(`${owner} ${text}`, desired);
  if (desired) return desired;
  throw new Error(findings.map(({ path, message }) => `${path}: ${message}`).join("\n"));
}

/** A gateway, destinations and a clock, all in memory. */
export class KeysLab {
  time = START;
  readonly litellm = new MemoryLitellm(() => this.time);
  /** What consumers read, by destination. */
  readonly delivered = new Map<string, string>();
  /** Every value that was ever made. */
  readonly values: SecretValue[] = [];
  /** Names of all calls to something outside, in their order. */
  readonly calls: string[] = [];

  readonly clock: Clock = {
    now: () => this.time,
    monotonic: () => this.time,
    wait: async (milliseconds) => {
      this.time += milliseconds;
    },
    every: () => () => {},
  };

  async plan(text: string, more: Partial<ReconcileOptions> = {}): Promise<Planned> {
    return await plan(this.options(text, more));
  }

  async apply(text: string, more: Partial<ReconcileOptions> = {}, around?: Around): Promise<Applied> {
    return await apply(this.options(text, more, around));
  }

  options(text: string, more: Partial<ReconcileOptions>, around: Around = (_what, call) => call()): ReconcileOptions {
    const noted: Around = (what, call) => {
      this.calls.push(what);
      return around(what, call);
    };
    return {
      desired: desiredOf(text, more.owner),
      owner: "prod",
      policy: "sync",
      deleteAfter: 30 * DAY,
      gateway: litellmGateway(memoryHttp(this.litellm, noted)),
      destinations: this.destinations(noted),
      clock: this.clock,
      newValue: () => {
        const value = SecretValue.random();
        this.values.push(value);
        return value;
      },
      ...more,
    };
  }

  /** The rows of a kind, without what nobody compares. */
  keys(): Record<string, unknown>[] {
    return [...this.litellm.tables.key.values()];
  }

  private destinations(around: Around): Destinations {
    const destination: Destination = {
      tokenIdAt: (place) =>
        around("destination read", async () => {
          const value = this.delivered.get(placeName(place));
          return value === undefined ? undefined : new SecretValue(value).tokenId;
        }),
      put: (place, value) =>
        around("destination write", async () => {
          this.delivered.set(placeName(place), value.reveal());
        }),
    };
    return { of: () => destination };
  }
}

function placeName(place: Delivery): string {
  return "file" in place ? place.file : JSON.stringify(place);
}

/** A key that fits all rules. */
export function keyText(name: string, more = "rotate: { every: 90d, overlap: 14d }", model = "gpt"): string {
  return `  ${name}: { owner: a@example.org, team_id: research, models: [${model}], max_budget: 10, budget_duration: 30d, ${more}, deliver: { file: ${name} } }\n`;
}

export const TEAM = "teams:\n  research: { models: [gpt], max_budget: 100, budget_duration: 30d }\n";

/** One of each that is neither team nor key. */
export const OTHERS = `budgets:
  small: { max_budget: 5, budget_duration: 30d }
users:
  alice: { user_email: alice@example.org, max_budget: 20, budget_duration: 30d }
tags:
  engineering: { description: all of it, budget: small }
customers:
  acme: { alias: Acme, budget: small }
`;

/** A file with one of everything. */
export const EVERYTHING = `${OTHERS}${TEAM}keys:
${keyText("ci", "expires: 2027-02-01, user_id: alice, allow_client_tags: true, metadata: { count: 1, nested: { on: false } }")}${keyText("agent")}`;

/** The row of a key in the gateway. */
export const rowOf = (lab: KeysLab, alias: string): Record<string, Json> => {
  const row = lab.keys().find(({ key_alias }) => key_alias === alias);
  if (!row) throw new Error(`there is no ${alias}`);
  return row as Record<string, Json>;
};
