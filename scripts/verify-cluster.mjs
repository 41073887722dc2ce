/**
 * `npm run verify:cluster`: the production topology without containers. The scripted day of the demo is played on two real Temporal servers
 * of the version in docker-compose.yml, PostgreSQL, two api and two worker processes, one of each killed meanwhile and PostgreSQL restarted.
 */
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkNodeVersion } from './lib/node-version.mjs';
import { runAttached } from './lib/child.mjs';
import { prepare } from './lib/prepare.mjs';
import { secondsSince, stepLog } from './lib/progress.mjs';
import { ROOT } from './lib/project.mjs';
import { reportAndFail } from './lib/setup-error.mjs';
import { withTemporaryFolder } from './lib/temporary-folder.mjs';

/** Between two disturbances: the day has time to get on. */
const EVERY_MS = 15_000;

async function main() {
  checkNodeVersion();
  const cli = await prepare();
  // Imported only now: it needs npm packages.
  const { readComposeFile } = await import('./lib/cluster/compose-file.mjs');
  const { ensureTemporalServer } = await import('./lib/cluster/temporal-server.mjs');
  const log = stepLog({ number: 5, of: 5, title: 'Temporal server' });
  const programs = await ensureTemporalServer({ version: readComposeFile().temporalVersion, log });

  process.exitCode = await withTemporaryFolder(join(tmpdir(), 'convoke-verify-cluster'), async (folder) => {
    const startedAt = Date.now();
    const report = join(folder, 'report');
    const supervisor = join(ROOT, 'scripts/lib/cluster/supervise.mjs');
    const args = [join(ROOT, 'lib/demo/main.js'), '--scripted', '--supervisor', supervisor, ...process.argv.slice(2)];
    const status = await runAttached(process.execPath, args, {
      env: {
        ...process.env,
        TEMPORAL_CLI_PATH: cli,
        VERIFY_CLUSTER_PROGRAMS: programs,
        VERIFY_CLUSTER_REPORT: report,
        VERIFY_CLUSTER_EVERY_MS: String(EVERY_MS),
      },
    });
    const lines = existsSync(report) ? readFileSync(report, 'utf8').trim().split('\n') : ['FAILED: it did not begin'];
    console.log(['', 'the cluster:', ...lines.map((line) => `  ${line}`), ''].join('\n'));
    const inOrder = lines.some((line) => /^stopped in order: exit status 0(, 0)*$/.test(line));
    const failed = status !== 0 || !inOrder || lines.some((line) => /^(FAILED|not done)/.test(line));
    const verdict = failed ? 'failed' : 'calendar and mails were as expected, all day';
    console.log(`verify:cluster: ${verdict} (${secondsSince(startedAt)} s)`);
    return failed ? 1 : 0;
  });
}

main().catch(reportAndFail);
