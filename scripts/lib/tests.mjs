import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAttached } from './child.mjs';
import { printLine } from './progress.mjs';
import { ROOT } from './project.mjs';

/** With these jest tells something and runs no test. */
const TELLS_ONLY = ['--help', '--version', '--listTests', '--showConfig', '--clearCache'];

/**
 * Runs jest with the arguments, which prints its own report, and ends with one line: `N passed, N failed`.
 * Answers the exit status.
 */
export async function runTests(args, { env }) {
  if (args.some((arg) => TELLS_ONLY.includes(arg))) return runJest(args, env);
  const folder = await mkdtemp(join(tmpdir(), 'convoke-test-'));
  try {
    const report = join(folder, 'report.json');
    const status = await runJest(['--json', `--outputFile=${report}`, ...args], env);
    const results = await readFile(report, 'utf8').then(JSON.parse, () => undefined);
    if (!results) printLine(`jest ended with ${status} and left no report: it broke off, or found no test.`);
    const { passed, failed } = countTests(results, status);
    console.log(`${passed} passed, ${failed} failed`);
    return status === 0 && failed > 0 ? 1 : status;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runJest(args, env) {
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
  return runAttached(process.execPath, [jest, ...args], { cwd: ROOT, env });
}

/**
 * Counts jest's JSON report. A file that could not run counts as one failure; so does what no test explains: no report,
 * or a status other than 0 (a failed setup, no test found).
 */
export function countTests(results, status) {
  const passed = results?.numPassedTests ?? 0;
  const failed = (results?.numFailedTests ?? 0) + (results?.numRuntimeErrorTestSuites ?? 0);
  const unexplained = failed === 0 && (status !== 0 || !results);
  return { passed, failed: unexplained ? 1 : failed };
}
