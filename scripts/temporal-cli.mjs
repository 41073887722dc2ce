/**
 * Finds the Temporal CLI, fetching it when the machine has none. As a command it prints the path, and what it does to
 * stderr: TEMPORAL_CLI_PATH=$(node scripts/temporal-cli.mjs)
 */
import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkNodeVersion } from './lib/node-version.mjs';
import { findProgram } from './lib/find-program.mjs';
import { TEMPORAL_CLI } from './lib/pins.mjs';
import { printLine } from './lib/progress.mjs';
import { reportAndFail } from './lib/setup-error.mjs';

/** The Temporal CLI as `{ path, version, source }`; for the options see lib/find-program.mjs. */
export async function findTemporalCli({ pin = TEMPORAL_CLI, log = printLine, ...options } = {}) {
  return findProgram(pin, { log, ...options });
}

async function main() {
  checkNodeVersion();
  const { path } = await findTemporalCli({ log: (line) => printLine(`Temporal CLI: ${line}`) });
  console.log(path);
}

/** Run by its name, not imported. */
function isCommand() {
  const script = process.argv[1] ?? '';
  return existsSync(script) && realpathSync(script) === fileURLToPath(import.meta.url);
}

if (isCommand()) main().catch(reportAndFail);
