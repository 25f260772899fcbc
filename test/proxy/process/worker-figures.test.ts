import type { Worker } from "node:cluster";
import { mergeSamples, type Sample } from "../../../proxy/src/metrics";
import { WorkerFigures } from "../../../proxy/src/process/worker-figures";

const worker = (): Worker => ({}) as Worker;
const samples = (requests: number, active: number): Sample[] => [
  { name: "requests_total", type: "counter", help: "", values: [["", requests]] },
  { name: "seconds", type: "histogram", help: "", values: [["_count", requests]] },
  { name: "active", type: "gauge", help: "", values: [["", active]] },
];
const sums = (figures: WorkerFigures): (number | undefined)[] =>
  ["requests_total", "seconds", "active"].map((name) => {
    const sample = mergeSamples(figures.all()).find((each) => each.name === name);
    return sample?.values[0]?.[1];
  });

it("counts never become less: of a mute worker the last ones stand, and those of one that is gone stay", () => {
  const figures = new WorkerFigures();
  const [first, second, third] = [worker(), worker(), worker()];
  figures.note(first, samples(20, 2));
  figures.note(second, samples(22, 3));
  expect(sums(figures)).toEqual([42, 42, 5]);
  figures.note(first, samples(25, 1));
  expect(sums(figures)).toEqual([47, 47, 4]);
  figures.gone(second);
  expect(sums(figures)).toEqual([47, 47, 1]);
  figures.note(third, samples(1, 1));
  figures.gone(first);
  figures.gone(worker());
  expect(sums(figures)).toEqual([48, 48, 1]);
});
