import { config as readDotenv } from 'dotenv';
import { didYouMean } from '../domain/closest-name';
import { LOG_FORMATS, LOG_LEVELS } from './config/config-types';
import type { Environment, LogFormat, LogLevel } from './config/config-types';

/** Every variable that Convoke reads, but those of single platforms; `.env.example` explains each. */
export const ENV_VARIABLES = [
  'CONVOKE_CONFIG',
  'CONVOKE_ENVIRONMENT',
  'CONVOKE_LOG_LEVEL',
  'CONVOKE_LOG_FORMAT',
  'CONVOKE_API_HOST',
  'CONVOKE_API_PORT',
  'CONVOKE_METRICS_HOST',
  'CONVOKE_METRICS_API_PORT',
  'CONVOKE_METRICS_WORKER_PORT',
  'CONVOKE_MICROSOFT_CLIENT_SECRET',
  'CONVOKE_MICROSOFT_CERTIFICATE',
  'CONVOKE_MICROSOFT_CERTIFICATE_KEY',
  'CONVOKE_CODEC_KEYS',
  'CONVOKE_ADDRESS_KEY',
  'CONVOKE_CODEC_TOKEN',
  'CONVOKE_API_TOKENS',
  'CONVOKE_SMTP_PASSWORD',
  'CONVOKE_BUILD_ID',
  'CONVOKE_DATA_FOLDER',
  'CONVOKE_TEMPORAL_PORT',
  'CONVOKE_TEMPORAL_UI_PORT',
  'TEMPORAL_CLI_PATH',
  'TEMPORAL_ADDRESS',
  'TEMPORAL_NAMESPACE',
  'TEMPORAL_API_KEY',
  'TEMPORAL_TLS',
  'TEMPORAL_TLS_SERVER_NAME',
  'TEMPORAL_TLS_SERVER_CA_CERT_PATH',
  'TEMPORAL_TLS_SERVER_CA_CERT_DATA',
  'TEMPORAL_TLS_CLIENT_CERT_PATH',
  'TEMPORAL_TLS_CLIENT_CERT_DATA',
  'TEMPORAL_TLS_CLIENT_KEY_PATH',
  'TEMPORAL_TLS_CLIENT_KEY_DATA',
  'TEMPORAL_CONFIG_FILE',
  'TEMPORAL_PROFILE',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_PROTOCOL',
  'OTEL_EXPORTER_OTLP_TIMEOUT',
  'OTEL_SERVICE_NAME',
  'OTEL_RESOURCE_ATTRIBUTES',
  'OTEL_TRACES_EXPORTER',
  'OTEL_TRACES_SAMPLER',
  'OTEL_TRACES_SAMPLER_ARG',
  'OTEL_SDK_DISABLED',
] as const;
export type EnvVariable = (typeof ENV_VARIABLES)[number];

/** Variables of one platform; its key stands in capitals, with underscores for dashes. */
export const PLATFORM_VARIABLES = {
  clientId: 'CONVOKE_DOCEBO_<PLATFORM>_CLIENT_ID',
  clientSecret: 'CONVOKE_DOCEBO_<PLATFORM>_CLIENT_SECRET',
  username: 'CONVOKE_DOCEBO_<PLATFORM>_USERNAME',
  password: 'CONVOKE_DOCEBO_<PLATFORM>_PASSWORD',
  webhook: 'CONVOKE_WEBHOOK_<PLATFORM>',
} as const;
export type PlatformVariable = keyof typeof PLATFORM_VARIABLES;

/** Variables of one Microsoft account; `default` has none of `<ACCOUNT>_`. */
export const ACCOUNT_VARIABLES = {
  clientSecret: 'CONVOKE_MICROSOFT_<ACCOUNT>_CLIENT_SECRET',
  certificate: 'CONVOKE_MICROSOFT_<ACCOUNT>_CERTIFICATE',
  certificateKey: 'CONVOKE_MICROSOFT_<ACCOUNT>_CERTIFICATE_KEY',
} as const;
export type AccountVariable = keyof typeof ACCOUNT_VARIABLES;

/** For the Temporal server that `npm start` runs itself. */
export interface EmbeddedEnv {
  readonly dataFolder: string;
  /** 0: any free one. */
  readonly port: number;
  readonly uiPort: number;
  /** The `temporal` program. */
  readonly cli: string;
}

/** The environment as it is, with its names checked as far as they do not depend on the platforms. An empty variable counts as not set. */
export interface Env {
  readonly configFile: string;
  readonly environment: Environment;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  /** null: as convoke.yaml says. */
  readonly apiHost: string | null;
  readonly apiPort: number | null;
  /** null: as convoke.yaml says. */
  readonly buildId: string | null;
  readonly metrics: {
    readonly host: string | null;
    readonly apiPort: number | null;
    readonly workerPort: number | null;
  };
  readonly embedded: EmbeddedEnv;
  /** All that begin with CONVOKE_, TEMPORAL_ or OTEL_ and are not empty. */
  readonly variables: Readonly<Record<string, string>>;
  /** The whole environment, for programs that are started from this one. */
  readonly all: Readonly<Record<string, string | undefined>>;
  readonly problems: readonly string[];
}

export function platformVariable(variable: PlatformVariable, platform: string): string {
  return PLATFORM_VARIABLES[variable].replace('<PLATFORM>', platform.toUpperCase().replaceAll('-', '_'));
}

export function accountVariable(variable: AccountVariable, account: string): string {
  const name = account === 'default' ? '' : `${account.toUpperCase().replaceAll('-', '_')}_`;
  return ACCOUNT_VARIABLES[variable].replace('<ACCOUNT>_', name);
}

/** Puts the variables of a `.env` file into the environment, but none that is there already; no file is no mistake. For entry points. */
export function loadEnvFile(path = '.env'): void {
  readDotenv({ path, quiet: true });
}

/** The one place that reads `process.env`. */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const problems: string[] = [];
  const variables: Record<string, string> = {};
  for (const [name, value = ''] of Object.entries(source)) {
    if (!/^(CONVOKE|TEMPORAL|OTEL)_/.test(name) || value === '') continue;
    if (name.startsWith('CONVOKE_') && value !== value.trim())
      problems.push(`${name}: has blanks at its ends; take them off`);
    variables[name] = value;
  }
  return {
    configFile: variables.CONVOKE_CONFIG ?? 'convoke.yaml',
    environment: oneOf(['production', 'development'], 'CONVOKE_ENVIRONMENT', variables, problems) ?? 'production',
    logLevel: oneOf(LOG_LEVELS, 'CONVOKE_LOG_LEVEL', variables, problems) ?? 'info',
    logFormat: oneOf(LOG_FORMATS, 'CONVOKE_LOG_FORMAT', variables, problems) ?? 'json',
    apiHost: variables.CONVOKE_API_HOST ?? null,
    apiPort: toPort('CONVOKE_API_PORT', variables, problems),
    buildId: variables.CONVOKE_BUILD_ID ?? null,
    metrics: {
      host: variables.CONVOKE_METRICS_HOST ?? null,
      apiPort: toPort('CONVOKE_METRICS_API_PORT', variables, problems),
      workerPort: toPort('CONVOKE_METRICS_WORKER_PORT', variables, problems),
    },
    embedded: {
      dataFolder: variables.CONVOKE_DATA_FOLDER ?? '.convoke',
      port: toPort('CONVOKE_TEMPORAL_PORT', variables, problems) ?? 7233,
      uiPort: toPort('CONVOKE_TEMPORAL_UI_PORT', variables, problems) ?? 8233,
      cli: variables.TEMPORAL_CLI_PATH ?? 'temporal',
    },
    variables,
    all: source,
    problems,
  };
}

/** CONVOKE_ variables that nobody reads: most likely misspelt ones. */
export function findUnknownVariables(
  env: Env,
  platforms: readonly string[],
  accounts: readonly string[] = [],
): string[] {
  const own = platforms.flatMap((platform) =>
    (Object.keys(PLATFORM_VARIABLES) as PlatformVariable[]).map((v) => platformVariable(v, platform)),
  );
  const ofAccounts = accounts.flatMap((account) =>
    (Object.keys(ACCOUNT_VARIABLES) as AccountVariable[]).map((v) => accountVariable(v, account)),
  );
  const known: readonly string[] = [...ENV_VARIABLES, ...own, ...ofAccounts];
  return Object.keys(env.variables)
    .filter((name) => name.startsWith('CONVOKE_') && !known.includes(name))
    .map((name) => `${name}: there is no such variable${didYouMean(name, known) || '; .env.example lists them all'}`);
}

function oneOf<T extends string>(
  allowed: readonly T[],
  name: EnvVariable,
  variables: Readonly<Record<string, string>>,
  problems: string[],
): T | null {
  const value = variables[name];
  if (value === undefined) return null;
  const found = allowed.find((a) => a === value);
  if (found === undefined)
    problems.push(`${name}: is "${value}"; write ${allowed.join(' or ')}${didYouMean(value, allowed)}`);
  return found ?? null;
}

function toPort(name: EnvVariable, variables: Readonly<Record<string, string>>, problems: string[]): number | null {
  const value = variables[name];
  if (value === undefined) return null;
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  problems.push(`${name}: is "${value}"; write a port from 0 to 65535`);
  return null;
}
