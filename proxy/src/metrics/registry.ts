/** Names and values of labels; all values come from closed lists or from the settings, so that their number is bounded. */
export type Labels = Readonly<Record<string, string>>;

/** One metric with its values, as workers send it to the primary process. */
export interface Sample {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly help: string;
  /** Text of the labels with the value; for histograms the lines of buckets, sum and count. */
  readonly values: readonly (readonly [line: string, value: number])[];
}

/** The most values that one metric has. What comes after is counted under `other`, should a label be less bounded than meant. */
const MOST_VALUES = 2000;

const OTHER = '{other="true"}';

/** One value of a counter. */
export interface Cell {
  value: number;
}

/** One set of labels of a histogram. */
export interface Series {
  readonly counts: number[];
  sum: number;
}

/** A number that only grows. */
export class Counter {
  private readonly values = new Map<string, Cell>();

  constructor(
    readonly name: string,
    readonly help: string,
  ) {}

  add(labels: Labels, amount = 1): void {
    this.cell(labels).value += amount;
  }

  /** The value for some labels, to be kept by those who count often. */
  cell(labels: Labels): Cell {
    const text = labelText(labels);
    const key = this.values.has(text) || this.values.size < MOST_VALUES ? text : OTHER;
    const known = this.values.get(key);
    if (known) return known;
    const cell = { value: 0 };
    this.values.set(key, cell);
    return cell;
  }

  sample(): Sample {
    return {
      name: this.name,
      type: "counter",
      help: this.help,
      values: [...this.values].map(([key, { value }]) => [`${this.name}${key}`, value]),
    };
  }
}

/** How often values fell below bounds. */
export class Histogram {
  private readonly all = new Map<string, Series>();

  constructor(
    readonly name: string,
    readonly help: string,
    private readonly bounds: readonly number[],
  ) {}

  /** The series for some labels, to be kept by those who observe often. */
  series(labels: Labels): Series {
    const text = labelText(labels);
    const key = this.all.has(text) || this.all.size < MOST_VALUES ? text : OTHER;
    const known = this.all.get(key);
    if (known) return known;
    const series = { counts: new Array<number>(this.bounds.length + 1).fill(0), sum: 0 };
    this.all.set(key, series);
    return series;
  }

  /** Takes a value into a series of this histogram. */
  observe(series: Series, value: number): void {
    let index = 0;
    while (index < this.bounds.length && value > (this.bounds[index] ?? 0)) index += 1;
    series.counts[index] = (series.counts[index] ?? 0) + 1;
    series.sum += value;
  }

  sample(): Sample {
    const values = [...this.all].flatMap(([key, { counts, sum }]) => this.lines(key, counts, sum));
    return { name: this.name, type: "histogram", help: this.help, values };
  }

  private lines(key: string, counts: readonly number[], sum: number): [string, number][] {
    let total = 0;
    const buckets = counts.map((count, index): [string, number] => {
      total += count;
      const bound = this.bounds[index] ?? "+Inf";
      return [`${this.name}_bucket{${key === "" ? "" : `${key.slice(1, -1)},`}le="${bound}"}`, total];
    });
    return [...buckets, [`${this.name}_sum${key}`, sum], [`${this.name}_count${key}`, total]];
  }
}

/** A gauge from values that are read when somebody asks. */
export function gauge(name: string, help: string, values: readonly (readonly [Labels, number])[]): Sample {
  return { name, type: "gauge", help, values: values.map(([labels, value]) => [`${name}${labelText(labels)}`, value]) };
}

/** Values of several processes as one: they add up, but for ages, of which the highest counts. */
export function mergeSamples(processes: readonly (readonly Sample[])[]): Sample[] {
  const merged = new Map<string, { sample: Sample; values: Map<string, number> }>();
  for (const sample of processes.flat()) {
    const entry = merged.get(sample.name) ?? { sample, values: new Map<string, number>() };
    for (const [line, value] of sample.values) entry.values.set(line, joined(sample.name, entry.values.get(line), value));
    merged.set(sample.name, entry);
  }
  return [...merged.values()].map(({ sample, values }) => ({ ...sample, values: [...values] }));
}

function joined(name: string, before: number | undefined, value: number): number {
  if (before === undefined) return value;
  return name.endsWith("_age_seconds") ? Math.max(before, value) : before + value;
}

/** The text format of Prometheus, version 0.0.4. */
export function prometheusText(samples: readonly Sample[]): string {
  return samples
    .map(({ name, type, help, values }) => {
      const lines = values.map(([line, value]) => `${line} ${value}\n`).join("");
      return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines}`;
    })
    .join("");
}

/** Labels as the text format has them: `{class="chat"}`. */
export function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replace(/[\\"\n]/g, (c) => (c === "\n" ? "\\n" : `\\${c}`))}"`,
  );
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}
