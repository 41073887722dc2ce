import { didYouMean } from '../../domain/closest-name';
import type { Env, EnvVariable } from '../env';
import type { ConfigContext } from './config-context';

export interface TracingConfig {
  /** Takes spans: OTLP over HTTP, binary. */
  readonly url: string;
  readonly timeoutMs: number;
  /** null: one name each for api and worker. */
  readonly serviceName: string | null;
  /** Of everything that this process sends. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly sampler: {
    /** Of traces that begin here: 0 none, 1 all. */
    readonly ratio: number;
    /** Whether who began a trace elsewhere decides about it. */
    readonly followsParent: boolean;
  };
}

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
const DEFAULT_TIMEOUT_MS = 10_000;

type Variables = Env['variables'];
type Report = (problem: string) => void;

/** By OpenTelemetry's own variables; null, the default: nothing is traced. */
export function toTracing(
  context: Pick<ConfigContext, 'reportOther' | 'notice'>,
  { variables }: Pick<Env, 'variables'>,
): TracingConfig | null {
  const report: Report = context.reportOther;
  if (!isOn(variables, report)) return null;
  const base = read(variables, 'OTEL_EXPORTER_OTLP_ENDPOINT');
  const own = read(variables, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT');
  if (base === undefined && own === undefined) {
    const others = Object.keys(variables).filter((name) => name.startsWith('OTEL_'));
    if (others.length > 0)
      context.notice(`No traces are sent: ${others.sort().join(', ')} needs OTEL_EXPORTER_OTLP_ENDPOINT beside it.`);
    return null;
  }
  checkProtocol(variables, report);
  return {
    url:
      own === undefined
        ? toUrl('OTEL_EXPORTER_OTLP_ENDPOINT', `${base!.replace(/\/+$/, '')}/v1/traces`, report)
        : toUrl('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', own, report),
    timeoutMs: toTimeout(variables, report),
    serviceName: read(variables, 'OTEL_SERVICE_NAME') ?? null,
    attributes: toPairs(variables, 'OTEL_RESOURCE_ATTRIBUTES', report),
    sampler: toSampler(variables, report),
  };
}

/** What each request to the collector carries; often a key of its operator's. */
export function toTracingHeaders({ variables }: Pick<Env, 'variables'>, report: Report): Record<string, string> {
  return toPairs(variables, 'OTEL_EXPORTER_OTLP_HEADERS', report);
}

function isOn(variables: Variables, report: Report): boolean {
  const disabled = read(variables, 'OTEL_SDK_DISABLED')?.toLowerCase() ?? 'false';
  if (disabled !== 'true' && disabled !== 'false') report(`OTEL_SDK_DISABLED: is "${disabled}"; write true or false`);
  const exporter = read(variables, 'OTEL_TRACES_EXPORTER') ?? 'otlp';
  if (exporter !== 'otlp' && exporter !== 'none')
    report(`OTEL_TRACES_EXPORTER: is "${exporter}"; write otlp, or none to send no traces`);
  return disabled !== 'true' && exporter !== 'none';
}

function checkProtocol(variables: Variables, report: Report): void {
  const protocol = read(variables, 'OTEL_EXPORTER_OTLP_PROTOCOL') ?? 'http/protobuf';
  if (protocol === 'http/protobuf') return;
  report(
    `OTEL_EXPORTER_OTLP_PROTOCOL: is "${protocol}"; Convoke speaks http/protobuf alone, which collectors take on port 4318`,
  );
}

function toUrl(name: EnvVariable, text: string, report: Report): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return url.href;
  report(
    url?.username || url?.password
      ? `${name}: holds a user or a password; send them with OTEL_EXPORTER_OTLP_HEADERS`
      : `${name}: is "${text}"; write an address such as http://127.0.0.1:4318`,
  );
  return text;
}

function toTimeout(variables: Variables, report: Report): number {
  const text = read(variables, 'OTEL_EXPORTER_OTLP_TIMEOUT') ?? String(DEFAULT_TIMEOUT_MS);
  const timeoutMs = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (timeoutMs === 0) report(`OTEL_EXPORTER_OTLP_TIMEOUT: is "${text}"; write milliseconds, such as 10000`);
  return timeoutMs;
}

function toSampler(variables: Variables, report: Report): TracingConfig['sampler'] {
  const text = read(variables, 'OTEL_TRACES_SAMPLER') ?? 'parentbased_always_on';
  const name = SAMPLERS.find((known) => known === text);
  if (name === undefined)
    report(`OTEL_TRACES_SAMPLER: is "${text}"; write one of ${SAMPLERS.join(', ')}${didYouMean(text, SAMPLERS)}`);
  const kind = name?.replace('parentbased_', '') ?? 'always_on';
  const ratio = kind === 'always_on' ? 1 : kind === 'always_off' ? 0 : toRatio(variables, report);
  return { ratio, followsParent: name?.startsWith('parentbased_') ?? true };
}

function toRatio(variables: Variables, report: Report): number {
  const text = read(variables, 'OTEL_TRACES_SAMPLER_ARG') ?? '1';
  if (/^(0|1|0?\.\d+|1\.0+)$/.test(text)) return Number(text);
  report(`OTEL_TRACES_SAMPLER_ARG: is "${text}"; write a share of the traces from 0 to 1, such as 0.1`);
  return 1;
}

/** `name=value,name=value`, percent-encoded. No problem quotes a value. */
function toPairs(variables: Variables, name: EnvVariable, report: Report): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (const part of (read(variables, name) ?? '').split(',').filter((p) => p.trim() !== '')) {
    const [, key = '', value = ''] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
    const decoded = decode(value);
    if (key === '' || decoded === null) {
      report(`${name}: one of its parts is not name=value; write them with commas between and %2C for a comma within`);
      break;
    }
    pairs[key] = decoded;
  }
  return pairs;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function read(variables: Variables, name: EnvVariable): string | undefined {
  return variables[name];
}
