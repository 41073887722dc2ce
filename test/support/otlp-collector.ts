import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'protobufjs';

/** What is of interest of OTLP's `trace.proto` (https://github.com/open-telemetry/opentelemetry-proto), by its own numbers. */
const { root } = parse(`
  syntax = "proto3";
  message Request { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
  message Resource { repeated KeyValue attributes = 1; }
  message ScopeSpans { repeated Span spans = 2; }
  message Span {
    bytes trace_id = 1; bytes span_id = 2; bytes parent_span_id = 4; string name = 5; int32 kind = 6;
    fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8;
    repeated KeyValue attributes = 9; repeated Link links = 13; Status status = 15;
  }
  message Link { bytes trace_id = 1; bytes span_id = 2; }
  message Status { string message = 2; int32 code = 3; }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message AnyValue { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; } }
`);
const REQUEST = root.lookupType('Request');

export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty: it begins its trace. */
  readonly parentId: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  /** Ids of the traces that it points to. */
  readonly links: readonly string[];
  readonly failed: boolean;
  /** Its process's `service.name`. */
  readonly service: string;
}

/** A collector of traces: takes OTLP over HTTP, binary, as `POST /v1/traces`. */
export class OtlpCollector {
  /** Everything that came in, as it came. */
  readonly bodies: Buffer[] = [];
  readonly headers: Record<string, unknown>[] = [];
  private constructor(private readonly server: Server) {}

  static async open(status = 200): Promise<OtlpCollector> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        collector.headers.push({ ...request.headers, url: request.url, method: request.method });
        collector.bodies.push(Buffer.concat(chunks));
        response.writeHead(status, { 'content-type': 'application/x-protobuf' }).end();
      });
    });
    const collector = new OtlpCollector(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  spans(): ReceivedSpan[] {
    return this.bodies.flatMap((body) => {
      const { resourceSpans = [] } = REQUEST.toObject(REQUEST.decode(body), { longs: Number }) as Wire;
      return resourceSpans.flatMap(({ resource, scopeSpans = [] }) => {
        const service = String(toAttributes(resource?.attributes)['service.name']);
        return scopeSpans.flatMap(({ spans = [] }) => spans.map((span) => ({ ...toSpan(span), service })));
      });
    });
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

interface WireSpan {
  readonly traceId: Buffer;
  readonly spanId: Buffer;
  readonly parentSpanId?: Buffer;
  readonly name: string;
  readonly attributes?: readonly WireAttribute[];
  readonly links?: readonly { readonly traceId: Buffer }[];
  readonly status?: { readonly code?: number };
}
interface WireAttribute {
  readonly key: string;
  readonly value: Readonly<Record<string, string | number | boolean>>;
}
interface Wire {
  readonly resourceSpans?: readonly {
    readonly resource?: { readonly attributes?: readonly WireAttribute[] };
    readonly scopeSpans?: readonly { readonly spans?: readonly WireSpan[] }[];
  }[];
}

const STATUS_ERROR = 2;

function toSpan(span: WireSpan): Omit<ReceivedSpan, 'service'> {
  return {
    traceId: span.traceId.toString('hex'),
    spanId: span.spanId.toString('hex'),
    parentId: span.parentSpanId?.toString('hex') ?? '',
    name: span.name,
    attributes: toAttributes(span.attributes),
    links: (span.links ?? []).map(({ traceId }) => traceId.toString('hex')),
    failed: span.status?.code === STATUS_ERROR,
  };
}

function toAttributes(attributes: readonly WireAttribute[] = []): Record<string, string | number | boolean> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0] ?? '']));
}
