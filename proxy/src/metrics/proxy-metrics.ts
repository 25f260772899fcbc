import type { Decision } from "../audit";
import { Counter, gauge, Histogram, type Labels, labelText, type Sample } from "./registry";

const SECONDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];

const MOST_TEXTS = 2000;

/** What is counted for one request. */
export interface Observation {
  readonly listener: string;
  /** `none` where the request has no route. */
  readonly routeClass: string;
  readonly decision: Decision;
  readonly reason: string;
  readonly status: number | undefined;
  readonly seconds: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** Values that are read when somebody asks: a name, its help and a figure for each set of labels. */
export type Figures = () => readonly {
  readonly name: string;
  readonly help: string;
  readonly values: readonly (readonly [Labels, number])[];
}[];

/** The metrics of one process. */
export class ProxyMetrics {
  private readonly requests = new Counter("identity_proxy_requests_total", "Requests by what became of them.");
  private readonly seconds = new Histogram(
    "identity_proxy_request_duration_seconds",
    "From the head of a request to the end of its answer.",
    SECONDS,
  );
  private readonly bytesIn = new Counter("identity_proxy_request_bytes_total", "Bytes of request bodies.");
  private readonly bytesOut = new Counter("identity_proxy_response_bytes_total", "Bytes of answers.");
  private readonly reloads = new Counter("identity_proxy_reloads_total", "Attempts to take new settings.");
  private readonly texts = new Map<string, string>();
  private inProgress = 0;

  started(): void {
    this.inProgress += 1;
  }

  /** Requests in progress. */
  get active(): number {
    return this.inProgress;
  }

  ended({ listener, routeClass, decision, reason, status, seconds, bytesIn, bytesOut }: Observation): void {
    this.inProgress -= 1;
    const labels = this.text({ listener, class: routeClass });
    this.requests.add(this.text({ listener, class: routeClass, decision, reason, status: family(status) }));
    this.seconds.observe(labels, seconds);
    this.bytesIn.add(labels, bytesIn);
    this.bytesOut.add(labels, bytesOut);
  }

  /** The text of labels; the same few come again and again. */
  private text(labels: Labels): string {
    const key = Object.values(labels).join(" ");
    const known = this.texts.get(key);
    if (known !== undefined) return known;
    const text = labelText(labels);
    if (this.texts.size < MOST_TEXTS) this.texts.set(key, text);
    return text;
  }

  reloaded(outcome: "taken" | "refused"): void {
    this.reloads.add({ outcome });
  }

  samples(figures: Figures): Sample[] {
    return [
      this.requests.sample(),
      this.seconds.sample(),
      this.bytesIn.sample(),
      this.bytesOut.sample(),
      this.reloads.sample(),
      gauge("identity_proxy_requests_in_progress", "Requests in progress.", [[{}, this.inProgress]]),
      ...figures().map(({ name, help, values }) => gauge(name, help, values)),
    ];
  }
}

function family(status: number | undefined): string {
  return status === undefined ? "none" : `${Math.floor(status / 100)}xx`;
}
