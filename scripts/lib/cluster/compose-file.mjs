import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../project.mjs';
import { SetupError } from '../setup-error.mjs';

/** What docker-compose.yml says, which is what the cluster is made like: versions, and the environment of each service. */
export function readComposeFile(path = join(ROOT, 'docker-compose.yml')) {
  const { services } = parse(readFileSync(path, 'utf8'), { merge: true });
  const [, temporalVersion] = /^temporalio\/server:(\d+\.\d+\.\d+)$/.exec(services.temporal.image) ?? [];
  if (temporalVersion === undefined) throw new SetupError(`${path}: temporal.image names no version of the server`);
  const environmentOf = (name) => {
    const entries = Object.entries(services[name].environment).map(([key, value]) => [key, String(value)]);
    return Object.fromEntries(entries);
  };
  return { temporalVersion, environmentOf };
}
