import type { Decision } from "../audit";
import { type Cell, Counter, gauge, Histogram, type Labels, type Sample, type Series } from "./registry";

const FAMILIES = ["none", "1xx", "2xx", "3xx", "4xx", "5xx"];
const SECONDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];

/** What is counted for one class of routes on one listener. */
interface ClassFigures {
  readonly labels: Labels;
  readonly seconds: Series;
  readonly bytesIn: Cell;
  readonly bytesOut: Cell;
  /** By decision, reason and family of the status. */
  readonly outcomes: Map<string, Cell>;
}

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
  private readonly byListener = new Map<string, Map<string, ClassFigures>>();
  private inProgress = 0;

  /** A request has begun. */
  started(): void {
    this.inProgress += 1;
  }

  /** Requests in progress. */
  get active(): number {
    return this.inProgress;
  }

  /** A request has ended; {@link count} may come later. */
  finished(): void {
    this.inProgress -= 1;
  }

  /** Counts a request that has ended. */
  count({ listener, routeClass, decision, reason, status, seconds, bytesIn, bytesOut }: Observation): void {
    const figures = this.figuresOf(listener, routeClass);
    this.outcome(figures, decision, reason, family(status)).value += 1;
    this.seconds.observe(figures.seconds, seconds);
    figures.bytesIn.value += bytesIn;
    figures.bytesOut.value += bytesOut;
  }

  /** What is counted for a class of a listener; the same few come again and again. */
  private figuresOf(listener: string, name: string): ClassFigures {
    const classes = this.byListener.get(listener) ?? new Map<string, ClassFigures>();
    if (classes.size === 0) this.byListener.set(listener, classes);
    const known = classes.get(name);
    if (known) return known;
    const labels = { listener, class: name };
    const { seconds, bytesIn, bytesOut } = this;
    const figures = {
      labels,
      seconds: seconds.series(labels),
      bytesIn: bytesIn.cell(labels),
      bytesOut: bytesOut.cell(labels),
      outcomes: new Map<string, Cell>(),
    };
    classes.set(name, figures);
    return figures;
  }

  private outcome({ labels, outcomes }: ClassFigures, decision: Decision, reason: string, status: string): Cell {
    const key = `${decision} ${reason} ${status}`;
    const known = outcomes.get(key);
    if (known) return known;
    const cell = this.requests.cell({ ...labels, decision, reason, status });
    outcomes.set(key, cell);
    return cell;
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
  return FAMILIES[Math.floor((status ?? 0) / 100)] ?? "none";
}
