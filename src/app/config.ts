import path from 'node:path';
import { ConfigError } from '../domain/errors';
import { toAccounts } from './config/accounts';
import { toApi } from './config/api';
import { toChangeNotifications } from './config/change-notifications';
import type { ConfigContext, ReadFile } from './config/config-context';
import type { Config } from './config/config-types';
import { toConnectSettings } from './config/docebo-connect';
import { toMailboxes } from './config/mailboxes';
import { toMetrics } from './config/metrics';
import { toMicrosoft } from './config/microsoft';
import { toNotifications } from './config/notifications';
import { toPace } from './config/pace';
import { toPlatforms } from './config/platforms';
import { toSchedules } from './config/schedules';
import { readSettings } from './config/read-settings';
import { toTemporal } from './config/temporal';
import { toTracing } from './config/tracing';
import { toWorker } from './config/worker';
import { findUnknownVariables } from './env';
import type { Env } from './env';
import { toSecrets } from './secrets';
import type { Secrets } from './secrets';

export interface Configuration {
  readonly config: Config;
  readonly secrets: Secrets;
}

/**
 * Environment and convoke.yaml in, settings and secrets out: defaults filled in, everything checked against everything else.
 * @param readFile reads the files that the settings name.
 * @param now a certificate is told to expire, or to have expired.
 * @throws ConfigError `CONFIG_INVALID` with all problems at once, each with its place, what is wrong and what to write instead.
 */
export function toConfig(env: Env, yamlText: string, readFile: ReadFile, now = new Date()): Configuration {
  const settings = readSettings(yamlText, env.configFile);
  const problems = [...env.problems, ...settings.problems];
  const notices: string[] = [];
  const context: ConfigContext = {
    ...settings,
    environment: env.environment,
    settingsFolder: path.dirname(path.resolve(env.configFile)),
    readFile,
    report: (at, message) => problems.push(`${settings.place(at)}: ${message}`),
    reportOther: (problem) => problems.push(problem),
    notice: (sentence) => notices.push(sentence),
  };

  const connect = toConnectSettings(context);
  const pace = toPace(context, connect);
  const platforms = toPlatforms(context, { connect, pace });
  const accounts = toAccounts(context, env);
  const mailboxes = toMailboxes(context, { connect, accounts: accounts.config });
  const schedules = toSchedules(context);
  const microsoft = toMicrosoft(context, accounts.config);
  const notifications = toNotifications(context, connect, env);
  const api = toApi(context, env);
  const worker = toWorker(context, env.buildId);
  const changeNotifications = toChangeNotifications(context, api, pace);
  const metrics = toMetrics(context, env);
  const tracing = toTracing(context, env);
  const { address, namespace, isExternal, ...temporal } = toTemporal(context, env.variables);
  problems.push(...findUnknownVariables(env, settings.platformKeys, accounts.keys));
  const secrets = toSecrets(env, {
    platforms: settings.platformKeys.map((key) => ({ key, grant: grantOf(context, key) })),
    accounts: accounts.secrets,
    temporal,
    problems,
    notice: context.notice,
    now,
  });

  if (problems.length > 0 || microsoft === null || secrets === null) throw new ConfigError(problems);
  return {
    config: {
      environment: env.environment,
      logLevel: env.logLevel,
      logFormat: env.logFormat,
      platforms,
      mailboxes,
      microsoft,
      notifications,
      changeNotifications,
      pace,
      schedules,
      temporal: { address, namespace, isExternal },
      worker,
      api,
      metrics,
      tracing,
      notices,
    },
    secrets,
  };
}

function grantOf({ file }: ConfigContext, key: string): 'client_credentials' | 'password' | null {
  const section = file.platforms[key];
  return section === undefined ? null : (section.grant ?? 'client_credentials');
}
