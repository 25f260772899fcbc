import type { Server } from "node:net";
import { duplexPair } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ClientRequest, ClientResponse, FrontEvents } from "../../proxy/src/front";
import { nodeFront } from "../../proxy/src/front/node/node-front";
import { strictFront } from "../../proxy/src/front/strict/strict-front";
import type { LimitSettings } from "../../proxy/src/settings";
import { Random } from "./random";
import { damagedRequest, wholeRequest } from "./requests";

/** Of the damaged requests at least so many must be taken by the strict front: one that refuses everything proves nothing. */
const LEAST_TAKEN = 0.1;
/** One in so many requests is not damaged. */
const WHOLE_EVERY = 11;
/** Turns of the event loop after which both fronts have done all they will do with what was written. */
const TURNS = 12;
const SHOWN = 10;

const LIMITS: LimitSettings = {
  headerBytes: 65_536,
  bodyBytes: 1_048_576,
  uploads: 64,
  connections: 1000,
  requests: 1000,
  headSeconds: 60,
  bodyIdleSeconds: 60,
  bodySeconds: 60,
  keepAliveSeconds: 60,
};

/** A request as a front handed it on. */
interface Taken {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly rawHeaders: readonly string[];
  readonly upgrade: boolean;
  readonly body: string;
}

/** What the run has shown. */
export interface FrontCounts {
  whole: number;
  wholeTaken: number;
  damaged: number;
  /** Damaged requests of which the strict front has taken at least one. */
  damagedTaken: number;
  /** Damaged requests that Node's parser takes and the strict front does not. */
  stricter: number;
  /** Cases in which the strict front took something that Node's parser did not read in the same way. */
  readonly different: string[];
}

/**
 * Sends the same bytes, cut at the same places, to both fronts. Whatever the strict one hands on, Node's must have handed on before
 * it, byte for byte: then a request cannot be read in a way that only the proxy's own parser knows.
 */
export async function fuzzFronts(cases: number, seed: number): Promise<FrontCounts> {
  const node = new Recorder((events) => nodeFront(undefined, LIMITS, events).server);
  const strict = new Recorder((events) => strictFront(undefined, LIMITS, events).server);
  const counts: FrontCounts = { whole: 0, wholeTaken: 0, damaged: 0, damagedTaken: 0, stricter: 0, different: [] };
  for (let index = 0; index < cases; index++) {
    const random = Random.ofCase(seed, index);
    const whole = wholeRequest(random);
    const isWhole = index % WHOLE_EVERY === 0;
    const text = isWhole ? whole : damagedRequest(random, whole);
    const pieces = cutUp(random, Buffer.from(text, "latin1"));
    const [byNode, byStrict] = await Promise.all([node.send(pieces), strict.send(pieces)]);
    note(counts, isWhole, byNode, byStrict, () => `case ${index}: ${JSON.stringify(text)}`);
  }
  return counts;
}

/** Whether nothing differs and enough was taken. */
export function isProven({ whole, wholeTaken, damaged, damagedTaken, different }: FrontCounts): boolean {
  return different.length === 0 && wholeTaken === whole && damagedTaken >= damaged * LEAST_TAKEN;
}

/** The counts as lines. */
export function frontLines(counts: FrontCounts): string[] {
  const { whole, wholeTaken, damaged, damagedTaken, stricter, different } = counts;
  return [
    `whole requests: ${wholeTaken} of ${whole} read alike by both fronts`,
    `damaged requests: ${damagedTaken} of ${damaged} taken by the strict front, ${stricter} by Node's alone`,
    ...different.slice(0, SHOWN),
    `taken by the strict front and not alike by Node's: ${different.length}`,
    ...(isProven(counts) || different.length > 0 ? [] : ["too few were taken: nothing is proven"]),
  ];
}

function note(counts: FrontCounts, isWhole: boolean, node: readonly Taken[], strict: readonly Taken[], text: () => string): void {
  const alike = strict.every((taken, index) => JSON.stringify(taken) === JSON.stringify(node[index]));
  if (!alike) counts.different.push(text());
  if (isWhole) {
    counts.whole += 1;
    if (alike && strict.length === 1) counts.wholeTaken += 1;
    return;
  }
  counts.damaged += 1;
  if (strict.length > 0) counts.damagedTaken += 1;
  else if (node.length > 0) counts.stricter += 1;
}

function cutUp(random: Random, bytes: Buffer): Buffer[] {
  const cuts = Array.from({ length: random.below(4) }, () => random.below(bytes.length + 1)).sort((a, b) => a - b);
  return [0, ...cuts].map((from, index) => bytes.subarray(from, cuts[index] ?? bytes.length)).filter(({ length }) => length > 0);
}

/** A front without a port that answers everything and notes what it took. */
class Recorder {
  private taken: Taken[] = [];
  private readonly server: Server;

  constructor(make: (events: FrontEvents) => Server) {
    this.server = make({
      request: (request, response) => this.request(request, response),
      upgrade: (request, response) => {
        this.note(request, true, "");
        answer(response, 501);
      },
    });
  }

  /** The requests that were taken out of `pieces`, sent over a connection of their own. */
  async send(pieces: readonly Buffer[]): Promise<Taken[]> {
    const [client, accepted] = duplexPair();
    client.on("error", () => undefined).resume();
    this.taken = [];
    this.server.emit("connection", Object.assign(accepted, { destroySoon: () => accepted.end(), setTimeout: () => accepted }));
    for (const piece of pieces) {
      client.write(piece);
      await turns();
    }
    await turns();
    const { taken } = this;
    client.destroy();
    accepted.destroy();
    return taken;
  }

  private request(request: ClientRequest, response: ClientResponse): void {
    if (!request.checkedHead().ok) {
      response.closeAfter();
      answer(response, 400);
      return;
    }
    const pieces: Buffer[] = [];
    request.readTo({
      data: (chunk) => pieces.push(Buffer.from(chunk)),
      end: () => {
        this.note(request, false, Buffer.concat(pieces).toString("latin1"));
        answer(response, 200);
      },
    });
  }

  private note({ method, url, rawHeaders }: ClientRequest, upgrade: boolean, body: string): void {
    this.taken.push({ method, url, rawHeaders, upgrade, body });
  }
}

function answer(response: ClientResponse, status: number): void {
  response.answer({ status, headers: [], keepAliveSeconds: 60 }, "");
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await nextTurn();
}
