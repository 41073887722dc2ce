import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runAttached } from './child.mjs';
import { prepare, prepareQuietly } from './prepare.mjs';
import { ROOT } from './project.mjs';
import { SetupError } from './setup-error.mjs';
import { runTests } from './tests.mjs';

/** The compiled entry point of each command that is a program of ours. */
const PROGRAMS = {
  bench: 'lib/bench/main.js',
  chaos: 'lib/chaos/main.js',
  demo: 'lib/demo/main.js',
  fuzz: 'lib/fuzz/main.js',
  start: 'lib/src/supervisor.js',
  convoke: 'lib/src/cli/main.js',
};

/** Prepares what is missing and runs `bench`, `chaos`, `demo`, `fuzz`, `start`, `convoke` or `test` with the arguments. Answers the exit status. */
export async function runCommand([command, ...args]) {
  const known = ['test', ...Object.keys(PROGRAMS)];
  if (!known.includes(command)) throw new SetupError(`Unknown command ${command}: it is one of ${known.join(', ')}.`);
  const env = command === 'convoke' ? await quietly() : { ...process.env, TEMPORAL_CLI_PATH: await prepare() };
  if (command === 'test') return runTests(args, { env });
  const program = PROGRAMS[command];
  if (!existsSync(join(ROOT, program)))
    throw new SetupError(`The build made no ${program}: npm run ${command} cannot run.`);
  return runAttached(process.execPath, ['--enable-source-maps', join(ROOT, program), ...args], { env });
}

/** An operator's command starts no Temporal, and its output is its own. */
async function quietly() {
  await prepareQuietly();
  return process.env;
}
