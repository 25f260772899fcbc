export { type Figures, type Observation, ProxyMetrics } from "./proxy-metrics";
export { Counter, gauge, Histogram, type Labels, mergeSamples, prometheusText, type Sample } from "./registry";
