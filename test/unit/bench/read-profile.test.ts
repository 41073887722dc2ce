import { packageOf, readProfile, type CpuProfile } from '../../../bench/profile/read-profile';

const frame = (functionName: string, url = '', lineNumber = 0) => ({ functionName, url, lineNumber });

test.each([
  [frame('parse', 'file:///app/node_modules/undici/lib/x.js'), 'undici'],
  [frame('run', 'file:///app/node_modules/@temporalio/worker/lib/worker.js'), '@temporalio/worker'],
  [frame('f', 'file:///app/node_modules/a/node_modules/b/i.js'), 'b'],
  [frame('f', 'file:///app/lib/src/temporal/payload-codec.js'), 'convoke src/temporal'],
  [frame('f', 'file:///app/lib/simulators/docebo/server.js'), 'convoke simulators'],
  [frame('readFile', 'node:internal/fs/promises'), 'node:internal/fs'],
  [frame('f', 'node:crypto'), 'node:crypto'],
  [frame('(garbage collector)'), '(garbage collector)'],
  [frame('writev'), '(native)'],
])('%o is of %s', (callFrame, expected) => {
  expect(packageOf(callFrame)).toBe(expected);
});

test('time goes to the function that ran, in shares of what was not idle', () => {
  const profile: CpuProfile = {
    nodes: [
      { id: 1, callFrame: frame('(root)') },
      { id: 2, callFrame: frame('(idle)') },
      { id: 3, callFrame: frame('', 'file:///app/lib/src/worker.js', 9) },
      { id: 4, callFrame: frame('seal', 'file:///app/lib/src/temporal/payload-codec.js', 41) },
    ],
    samples: [2, 3, 4, 4],
    timeDeltas: [4_000_000, 1_000_000, 1_500_000, 1_500_000],
  };

  expect(readProfile(profile)).toEqual({
    thread: 'worker',
    busySeconds: 4,
    idleSeconds: 4,
    packages: [
      { name: 'convoke src/temporal', seconds: 3, percent: 75 },
      { name: 'convoke src/worker.js', seconds: 1, percent: 25 },
    ],
    functions: [
      { name: 'seal (convoke src/temporal payload-codec.js:42)', seconds: 3, percent: 75 },
      { name: 'anonymous (convoke src/worker.js worker.js:10)', seconds: 1, percent: 25 },
    ],
  });
});
