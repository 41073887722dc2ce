import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAttached } from './child.mjs';
import { ROOT } from './project.mjs';

/**
 * Runs jest with the arguments, which prints its own report, and ends with one line: `N passed, N failed`.
 * Answers jest's exit status.
 */
export async function runTests(args, { env }) {
  const folder = await mkdtemp(join(tmpdir(), 'convoke-test-'));
  try {
    const report = join(folder, 'report.json');
    const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
    const options = ['--json', `--outputFile=${report}`];
    const status = await runAttached(process.execPath, [jest, ...options, ...args], { cwd: ROOT, env });
    const results = await readFile(report, 'utf8').then(JSON.parse, () => undefined);
    const { passed, failed } = countTests(results, status);
    console.log(`${passed} passed, ${failed} failed`);
    return status;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Counts jest's JSON report. A file that could not run counts as one failure; so does a status other than 0 that no
 * test explains (a crash, a failed setup, no test found).
 */
export function countTests(results, status) {
  const passed = results?.numPassedTests ?? 0;
  const failed = (results?.numFailedTests ?? 0) + (results?.numRuntimeErrorTestSuites ?? 0);
  return { passed, failed: failed === 0 && status !== 0 ? 1 : failed };
}
