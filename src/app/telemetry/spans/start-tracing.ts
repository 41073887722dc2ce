import { randomUUID } from 'node:crypto';
import { context, propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  type Sampler,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-node';
import type { TracingConfig } from '../../config/tracing';
import { readVersion } from '../build-info';
import type { Tracing, TracingOptions } from '../tracing';
import { activitySpans } from './activity-spans';
import { callSpans } from './call-spans';
import { requestSpans } from './request-spans';
import { signalSpans } from './signal-spans';
import { toldExporter } from './told-exporter';

/** A collector that is gone must not hold a stop up. */
const LAST_SEND_MS = 3_000;

/**
 * Makes this process's spans and sends them in batches; what the collector does not take is lost, and told in the log. Once a process.
 *
 * @param exporter instead of the collector that the settings name.
 */
export function startTracing(options: TracingOptions, exporter: SpanExporter = toExporter(options)): Tracing {
  const { settings, logger, process } = options;
  const version = readVersion();
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.version': version,
      'service.instance.id': randomUUID(),
      'convoke.process': process,
      ...settings.attributes,
      'service.name': settings.serviceName ?? settings.attributes['service.name'] ?? `convoke-${process}`,
    }),
    sampler: toSampler(settings.sampler),
    spanProcessors: [new BatchSpanProcessor(toldExporter(exporter, logger))],
  });
  // Without baggage: it would carry on whatever a caller sends.
  provider.register({ propagator: new W3CTraceContextPropagator() });
  const tracer = trace.getTracer('convoke', version);

  return {
    requests: requestSpans(tracer),
    client: { workflow: [signalSpans(tracer)] },
    activities: activitySpans(tracer),
    observed: callSpans(tracer),
    traceId: () => trace.getSpanContext(context.active())?.traceId ?? null,
    async close() {
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, LAST_SEND_MS)));
      await Promise.race([provider.shutdown().catch(() => undefined), limit]);
      clearTimeout(timer);
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}

function toExporter({ settings, headers }: TracingOptions): SpanExporter {
  return new OTLPTraceExporter({ url: settings.url, headers: { ...headers }, timeoutMillis: settings.timeoutMs });
}

function toSampler({ ratio, followsParent }: TracingConfig['sampler']): Sampler {
  const root = new TraceIdRatioBasedSampler(ratio);
  return followsParent ? new ParentBasedSampler({ root }) : root;
}
