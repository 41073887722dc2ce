import type { IncomingHttpHeaders } from 'node:http';
import type { ClientInterceptors } from '@temporalio/client';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type { TracingConfig } from '../config/tracing';
import type { Logger } from '../logger';
import type { MetricProcess } from './metric-list';
import type { ObserverOf } from './observe-calls';

/** One request to the api, from its arrival to its answer. */
export interface RequestSpan {
  readonly traceId: string;
  /** What `work` does and begins belongs to the request. */
  run(work: () => void): void;
  /** `code`: of the error that was answered; null: none. */
  end(answer: { readonly status: number; readonly code: string | null }): void;
}

export interface RequestTracing {
  /**
   * @param request.route with placeholders, never as it was asked for.
   * @param request.headers whose `traceparent` is gone on with; null: nobody's.
   */
  begin(request: {
    readonly method: string;
    readonly route: string;
    readonly id: string;
    readonly headers: IncomingHttpHeaders | null;
  }): RequestSpan;
}

/** Spans of one process. They hold keys of the settings, ids, codes and numbers; nothing that names a person. */
export interface Tracing {
  readonly requests: RequestTracing;
  readonly client: ClientInterceptors;
  readonly activities: ActivityInterceptorsFactory;
  /** The same observers, whose calls are also spans of the activity that makes them. */
  readonly observed: (observerOf: ObserverOf) => ObserverOf;
  /** Of what runs now, for log lines; null: nothing that is traced. */
  readonly traceId: () => string | null;
  /** Sends what is left, for a few seconds at most. */
  close(): Promise<void>;
}

export interface TracingOptions {
  readonly settings: TracingConfig;
  readonly headers: Readonly<Record<string, string>>;
  readonly process: MetricProcess;
  readonly logger: Pick<Logger, 'warn'>;
}

/** null, and nothing of OpenTelemetry's SDK is loaded, where the settings name no collector. */
export async function openTracing({
  settings,
  ...options
}: Omit<TracingOptions, 'settings'> & { readonly settings: TracingConfig | null }): Promise<Tracing | null> {
  if (settings === null) return null;
  const { startTracing } = await import('./spans/start-tracing.js');
  return startTracing({ ...options, settings });
}
