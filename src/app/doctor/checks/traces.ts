import { green, red, yellow, type Check } from '../check';

const TIMEOUT_MS = 5_000;
const VARIABLE = 'OTEL_EXPORTER_OTLP_ENDPOINT';

/** Sends the collector a message without spans, where one is named. */
export const traces: Check = {
  name: 'traces',
  title: 'traces',
  needsTemporal: false,
  async run({ config, secrets, fetch }) {
    if (config.tracing === null) return [];
    const { url } = config.tracing;
    const headers = { ...secrets.tracingHeaders, 'content-type': 'application/x-protobuf' };
    let status: number;
    try {
      // Protobuf's encoding of a message with nothing in it has no bytes.
      const request = { method: 'POST', headers, body: new Uint8Array(), redirect: 'manual' } as const;
      status = (await fetch(url, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) })).status;
    } catch {
      return [
        yellow(
          ['traces', 'collector', `nothing answers at ${url}: spans are lost, and nothing else is`],
          `Start the collector, or correct ${VARIABLE} (docs/observability.md#traces) and restart api and worker.`,
        ),
      ];
    }
    if (status >= 200 && status < 300) return [green('traces', 'collector', `${url} takes spans`)];
    const refused = status === 401 || status === 403;
    return [
      red(
        ['traces', 'collector', `${url} refuses spans (${status})`],
        refused
          ? 'Give it the key that its operator gave you: OTEL_EXPORTER_OTLP_HEADERS in the environment of api and worker, then restart them (npm start).'
          : `Look whether it takes OTLP over HTTP in binary (http/protobuf, port 4318 as a rule) at this path: curl -si -X POST -H 'content-type: application/x-protobuf' ${url}. Then correct ${VARIABLE}.`,
      ),
    ];
  },
};
