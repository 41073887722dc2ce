import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../domain/errors';

/** `npm run build` puts it beside the compiled code. */
export function workflowBundlePath(): string {
  const path = join(__dirname, '../../workflow-bundle.js');
  if (existsSync(path)) return path;
  throw new ConfigError([`The workflow bundle is missing at ${path}: run "npm run build".`], 'CONFIG_BUNDLE');
}
