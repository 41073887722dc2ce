import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { bundleWorkflowCode, DefaultLogger, Runtime } from '@temporalio/worker';
import { WORKFLOWS } from '../../src/contract/messages';
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

const typeOf = (name: string) =>
  load(name).events?.[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name ?? '';

test('there are histories of every workflow', () => {
  expect([...new Set(files.map(typeOf))].sort()).toEqual(Object.values<string>(WORKFLOWS).sort());
  expect(files.length).toBeGreaterThanOrEqual(19);
});

const all = () => Object.fromEntries(files.map((name) => [name, load(name)]));
/** All at once: the bundle is loaded one time. */
const misfitsOf = (misfits: readonly string[], name: string) =>
  misfits.filter((misfit) => misfit.startsWith(`${name}: `));

describe('with the workflows of today', () => {
  let misfits: string[];
  beforeAll(async () => (misfits = await replay(all())));

  test.each(files)('%s still replays', (name) => {
    expect(misfitsOf(misfits, name)).toEqual([]);
  });
});

describe('a workflow that does something else', () => {
  let misfits: string[];
  beforeAll(async () => {
    const bundle = await bundleWorkflowCode({
      workflowsPath: require.resolve('./altered-workflows'),
      logger: new DefaultLogger('ERROR'),
      failureConverterPath: require.resolve('../../src/temporal/failure-converter'),
    });
    misfits = await replay(all(), { code: bundle.code });
  });

  test.each(files)('is refused by %s', (name) => {
    expect(misfitsOf(misfits, name)).toEqual([expect.stringMatching(/: DeterminismViolationError/)]);
  });
});
