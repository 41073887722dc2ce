import type { SpanExporter } from '@opentelemetry/sdk-trace-node';
import type { TracingOptions } from '../tracing';

/** A collector that is down would fill the log. */
const QUIET_MS = 10 * 60_000;
const FAILED = 1;

/** The same exporter, which says in the log what it could not deliver: at once, then in sums every ten minutes. */
export function toldExporter(exporter: SpanExporter, logger: TracingOptions['logger'], now = Date.now): SpanExporter {
  let lost = 0;
  let quietUntilMs = 0;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        // ExportResultCode.FAILED; the error's own text may quote the collector's answer.
        if ((result.code as number) === FAILED) tell(spans.length);
        done(result);
      });
    },
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };

  function tell(spans: number): void {
    lost += spans;
    if (now() < quietUntilMs) return;
    logger.warn({ spans: lost }, 'traces could not be delivered to the collector: these spans are lost');
    lost = 0;
    quietUntilMs = now() + QUIET_MS;
  }
}
