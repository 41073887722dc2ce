import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { METRICS, type LabelsOf, type MetricKey, type MetricProcess } from './metric-list';

/** Text that another registry of this process makes in Prometheus' format. */
export type MetricSource = () => Promise<string>;

/** What one process counts. Counting never throws and never waits. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly known = new Map<MetricKey, Counter | Gauge | Histogram>();
  private readonly readers: (() => void | Promise<void>)[] = [];
  private readonly sources: MetricSource[] = [];

  constructor(process: MetricProcess) {
    for (const [key, { name, help, labels, type, of, buckets }] of entries()) {
      if (of !== 'both' && of !== process) continue;
      const common = { name, help, labelNames: [...labels], registers: [this.registry] };
      const made =
        type === 'counter'
          ? new Counter(common)
          : type === 'gauge'
            ? new Gauge(common)
            : new Histogram({ ...common, ...(buckets !== undefined && { buckets: [...buckets] }) });
      this.known.set(key, made);
    }
  }

  /** Node's and the process's own numbers, too. Not in tests: they keep timers and observers. */
  withProcessDefaults(): this {
    collectDefaultMetrics({ register: this.registry });
    return this;
  }

  count<K extends MetricKey>(key: K, labels: LabelsOf<K>, by = 1): void {
    const counter = this.known.get(key);
    if (counter instanceof Counter && by > 0) counter.inc(labels, by);
  }

  set<K extends MetricKey>(key: K, labels: LabelsOf<K>, value: number): void {
    const gauge = this.known.get(key);
    if (gauge instanceof Gauge && Number.isFinite(value)) gauge.set(labels, value);
  }

  observe<K extends MetricKey>(key: K, labels: LabelsOf<K>, seconds: number): void {
    const histogram = this.known.get(key);
    if (histogram instanceof Histogram) histogram.observe(labels, seconds);
  }

  /** Runs before each scrape, to set what is only looked at then. What fails is left as it was. */
  beforeScrape(read: () => void | Promise<void>): void {
    this.readers.push(read);
  }

  append(source: MetricSource): void {
    this.sources.push(source);
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  async text(): Promise<string> {
    await Promise.allSettled(this.readers.map(async (read) => read()));
    const parts = await Promise.allSettled([this.registry.metrics(), ...this.sources.map((source) => source())]);
    return parts.flatMap((part) => (part.status === 'fulfilled' ? [part.value] : [])).join('\n');
  }

  names(): string[] {
    return [...this.known.keys()].map((key) => METRICS[key].name);
  }
}

function entries() {
  return Object.entries(METRICS) as [
    MetricKey,
    (typeof METRICS)[MetricKey] & { readonly buckets?: readonly number[] },
  ][];
}
