import { findProgram } from './find-program.mjs';
import { ensurePackages } from './packages.mjs';
import { TEMPORAL_CLI } from './pins.mjs';
import { printLine, stepLog } from './progress.mjs';
import { withSetupLock } from './setup-lock.mjs';

/**
 * What every command needs first, from a fresh clone on: npm packages, build, Temporal CLI. Says what it does; what is
 * there already costs nothing. Answers the Temporal CLI's path.
 */
export async function prepare() {
  stepLog({ number: 1, of: 4, title: 'Node' })(process.versions.node);
  const packagesLog = stepLog({ number: 2, of: 4, title: 'npm packages' });
  await withSetupLock(() => ensurePackages({ log: packagesLog }), { log: packagesLog });
  // Imported here: the build needs packages that were not there a moment ago.
  const { build } = await import('./build.mjs');
  await build({ log: stepLog({ number: 3, of: 4, title: 'build' }) });
  const cliLog = stepLog({ number: 4, of: 4, title: TEMPORAL_CLI.title });
  const cli = await findProgram(TEMPORAL_CLI, { log: cliLog });
  cliLog(`${cli.version} (${cli.source}: ${cli.path})`);
  return cli.path;
}

/** npm packages and build, for commands that need no Temporal CLI; says only what takes time. */
export async function prepareQuietly({ log = printLine } = {}) {
  const unlessUpToDate = (text) => text.endsWith('up to date') || log(text);
  await withSetupLock(() => ensurePackages({ log: unlessUpToDate }), { log });
  const { build } = await import('./build.mjs');
  await build({ log: unlessUpToDate });
}
