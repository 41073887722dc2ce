import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { bundleWorkflowCode, DefaultLogger, Runtime } from '@temporalio/worker';
import { replay } from '../support/replay';

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
});

const FOLDER = join(__dirname, 'histories');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

function load(name: string) {
  return historyFromJSON(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')));
}

test('there are histories of every path', () => {
  expect(files.length).toBeGreaterThanOrEqual(7);
});

test.each(files)('%s still replays', async (name) => {
  expect(await replay({ [name]: load(name) })).toEqual([]);
});

test('a workflow that does something else is refused', async () => {
  const { code } = await bundleWorkflowCode({
    workflowsPath: require.resolve('./altered-workflows'),
    logger: new DefaultLogger('ERROR'),
    failureConverterPath: require.resolve('../../src/temporal/failure-converter'),
  });

  const misfits = await replay({ publish: load(files.find((f) => f.startsWith('publish'))!) }, { code });

  expect(misfits).toEqual([expect.stringMatching(/publish: DeterminismViolationError/)]);
});
