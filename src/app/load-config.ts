import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from '../domain/errors';
import { reasonOf } from './config/config-context';
import type { ReadFile } from './config/config-context';
import { toConfig } from './config';
import type { Configuration } from './config';
import { readEnv } from './env';
import type { Env } from './env';
import { toSecrets } from './secrets';

/**
 * Settings and secrets of this process, from its environment and the file that `CONVOKE_CONFIG` names (convoke.yaml in the current folder).
 * @throws ConfigError with all problems at once.
 */
export function loadConfig(env: Env = readEnv()): Configuration {
  return toConfig(env, readSettingsFile(env), readerFor(path.dirname(path.resolve(env.configFile))));
}

function readSettingsFile(env: Env): string {
  const { configFile, problems } = env;
  try {
    return readFileSync(configFile, 'utf8');
  } catch (error) {
    // What the file would ask for is not known without it; what every installation needs is.
    const missing = [...problems];
    toSecrets(env, {
      platforms: [],
      accounts: [{ key: 'default', kind: 'app-secret' }],
      temporal: {},
      problems: missing,
    });
    throw new ConfigError([
      ...missing,
      `${configFile}: cannot be read (${reasonOf(error)}); copy convoke.example.yaml to convoke.yaml and fill it in, or name your file in CONVOKE_CONFIG`,
    ]);
  }
}

function readerFor(settingsFolder: string): ReadFile {
  const folders = { settings: settingsFolder, package: packageFolder(), cwd: process.cwd() };
  return (file, base) => readFileSync(path.resolve(folders[base], file), 'utf8');
}

/** Where templates and profiles lie beside the code, be that compiled or not. */
function packageFolder(): string {
  let folder = __dirname;
  while (!existsSync(path.join(folder, 'templates', 'invitation.html')) && path.dirname(folder) !== folder) {
    folder = path.dirname(folder);
  }
  return folder;
}
