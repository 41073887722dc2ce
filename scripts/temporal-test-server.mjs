/**
 * Finds Temporal's time-skipping test server, fetching it when the machine has none. Prints the path, and what it does to
 * stderr.
 */
import { findProgram } from './lib/find-program.mjs';
import { checkNodeVersion } from './lib/node-version.mjs';
import { TEMPORAL_TEST_SERVER } from './lib/pins.mjs';
import { printLine } from './lib/progress.mjs';
import { reportAndFail } from './lib/setup-error.mjs';

async function main() {
  checkNodeVersion();
  const { path } = await findProgram(TEMPORAL_TEST_SERVER, {
    log: (line) => printLine(`${TEMPORAL_TEST_SERVER.title}: ${line}`),
  });
  console.log(path);
}

main().catch(reportAndFail);
