import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from '../domain/errors';
import type { PlatformKey } from '../domain/model';
import type { Pace } from '../domain/settings';
import type { TemporalSettings } from '../temporal/connection';
import type { KeyRing } from '../temporal/payload-codec';
import { reasonOf, type ConfigContext } from './config/config-context';
import { toSignInPlaces, type SignInPlace } from './config/accounts';
import { toConnectSettings } from './config/docebo-connect';
import { toCodecKeys } from './config/keys';
import { toPace } from './config/pace';
import { readSettings } from './config/read-settings';
import { toTemporal } from './config/temporal';
import type { Configuration } from './config';
import { readEnv, type Env } from './env';
import { loadConfig } from './load-config';
import { readSupervisorStatus } from './supervise/status-file';

/** What an operator's command needs: where Temporal is, and the keys to read what it stores. No secret of Docebo's or Microsoft's. */
export interface OperatorSettings {
  readonly temporal: TemporalSettings;
  readonly codecKeys: KeyRing;
  /** As convoke.yaml names them; empty where there is none. */
  readonly platforms: readonly PlatformKey[];
  /** Null: there is no convoke.yaml to say where they are. */
  readonly signIns: readonly SignInPlace[] | null;
  readonly pace: Pace;
}

/**
 * From the environment and convoke.yaml, whose form is checked in full while the files that it names are not read. Where TEMPORAL_ADDRESS is
 * set, convoke.yaml may be missing: an operator's machine need not have it.
 *
 * @throws ConfigError with all problems at once.
 */
export function loadOperatorSettings(env: Env = readEnv()): OperatorSettings {
  const problems = [...env.problems];
  const text = readText(env, problems);
  const settings = readSettings(text ?? '{}', env.configFile);
  if (text !== null) problems.push(...settings.problems);
  const folder = path.dirname(path.resolve(env.configFile));
  const context: ConfigContext = {
    ...settings,
    environment: env.environment,
    settingsFolder: folder,
    readFile: (file, base) => readFileSync(path.resolve(base === 'settings' ? folder : process.cwd(), file), 'utf8'),
    report: (at, message) => problems.push(`${settings.place(at)}: ${message}`),
    reportOther: (problem) => problems.push(problem),
    notice: () => undefined,
  };
  const { isExternal, ...temporal } = toTemporal(context, env.variables);
  const codecKeys = toCodecKeys(env, (problem) => problems.push(problem));
  const signIns = text === null ? null : toSignInPlaces(context, env);
  const pace = toPace(context, toConnectSettings(context));
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    temporal: { ...temporal, address: addressInUse({ address: temporal.address, isExternal }, env) },
    codecKeys,
    platforms: settings.platformKeys,
    signIns,
    pace,
  };
}

/** Settings and secrets as api and worker load them, for a command that is started beside them. @throws ConfigError with all problems at once. */
export function loadConfigBeside(env: Env = readEnv()): Configuration {
  const { config, secrets } = loadConfig(env);
  const { temporal } = config;
  return { config: { ...config, temporal: { ...temporal, address: addressInUse(temporal, env) } }, secrets };
}

/** `npm start` may have taken another port for its own server than the usual one. */
function addressInUse(temporal: { readonly address: string; readonly isExternal: boolean }, env: Env): string {
  const running = temporal.isExternal ? null : readSupervisorStatus(env.embedded.dataFolder);
  return running?.temporalAddress ?? temporal.address;
}

/** For histories in files, which need not be encrypted: no key is no mistake. @throws ConfigError for a key that is none. */
export function codecKeysIfAny(env: Env = readEnv()): KeyRing {
  if (env.variables.CONVOKE_CODEC_KEYS === undefined) return [];
  const problems: string[] = [];
  const keys = toCodecKeys(env, (problem) => problems.push(problem));
  if (problems.length > 0) throw new ConfigError(problems);
  return keys;
}

function readText({ configFile, variables }: Env, problems: string[]): string | null {
  try {
    return readFileSync(configFile, 'utf8');
  } catch (error) {
    if (variables.TEMPORAL_ADDRESS !== undefined && variables.CONVOKE_CONFIG === undefined) return null;
    problems.push(
      `${configFile}: cannot be read (${reasonOf(error)}); go to the folder where it is, name it in CONVOKE_CONFIG, or set TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE`,
    );
    return null;
  }
}
