import { rename, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readStamps, writeStamp } from './build-stamp.mjs';
import { fingerprint, listFiles } from './fingerprint.mjs';
import { secondsSince } from './progress.mjs';
import { ROOT } from './project.mjs';
import { SetupError } from './setup-error.mjs';

/** The rooms that may reach the workflows' sandbox; the bundle is made anew when one of them changes. */
const ROOMS = ['contract', 'domain', 'workflows', 'temporal'].map((room) => `lib/src/${room}`);
const WORKFLOWS = 'lib/src/workflows/index.js';
const INTERCEPTORS = 'lib/src/workflows/carry-trace.js';
const FAILURE_CONVERTER = 'lib/src/temporal/failure-converter.js';
const BUNDLE = 'lib/workflow-bundle.js';

/** Bundles the compiled workflows for the worker's sandbox, if any of their code has changed. */
export async function bundleWorkflows({ log, root = ROOT }) {
  if (!existsSync(join(root, WORKFLOWS)))
    throw new SetupError(`${WORKFLOWS} is missing: there is no workflow to bundle.`);
  const inputs = (await listFiles(root, ROOMS)).filter((file) => file.endsWith('.js'));
  const current = await fingerprint(root, ['package-lock.json', ...inputs]);
  if (existsSync(join(root, BUNDLE)) && (await readStamps(root)).bundle === current) {
    return log('workflow bundle: up to date');
  }
  log('bundling the workflows');
  const startedAt = Date.now();
  const code = await bundle(root);
  const unfinished = join(root, `${BUNDLE}.${process.pid}`);
  await writeFile(unfinished, code);
  await rename(unfinished, join(root, BUNDLE));
  await writeStamp(root, 'bundle', current);
  log(`bundled in ${secondsSince(startedAt)} s, ${(code.length / 1e6).toFixed(1)} MB`);
}

async function bundle(root) {
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const failureConverterPath = join(root, FAILURE_CONVERTER);
  const interceptors = join(root, INTERCEPTORS);
  // Converters and interceptors count at bundle time only: a worker that is given a bundle ignores its own setting.
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, WORKFLOWS),
    // Evaluated once and shared by all workflows in a worker's memory, which saves three quarters of what one without state takes. Their modules
    // keep nothing of any workflow.
    preloadModules: [join(root, WORKFLOWS)],
    ...(existsSync(failureConverterPath) ? { failureConverterPath } : {}),
    ...(existsSync(interceptors) ? { workflowInterceptorModules: [interceptors] } : {}),
    logger: new DefaultLogger('WARN', ({ level, message }) => process.stderr.write(`${level} ${message}\n`)),
  });
  return code;
}
