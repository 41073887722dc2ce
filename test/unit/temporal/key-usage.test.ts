import { foldUsage, type KeyUser } from '../../../src/temporal/key-usage/key-usage';
import { findKeys } from '../../../src/temporal/key-usage/payload-keys';
import { createPayloadCodec } from '../../../src/temporal/payload-codec';

const codec = (id: string) => createPayloadCodec([{ id, key: Buffer.alloc(32, 1) }]);
const sealed = async (id: string) => (await codec(id).encode([{ data: Buffer.from('1') }]))[0]!;

function aRun(over: Partial<KeyUser> = {}): KeyUser {
  const keys = new Set(['a']);
  const ref = { workflowId: 'session/academy/1', runId: 'r1', workflowType: 'courseSession' };
  return { kind: 'run', ...ref, since: '2026-11-02T00:00:00.000Z', keys, shown: new Set<string>(), ...over } as KeyUser;
}

function aMemory(over: Partial<KeyUser> = {}): KeyUser {
  const about = { scheduleId: 'sweep/academy', paused: false, since: '2026-11-01T00:00:00.000Z' };
  return { kind: 'memory', ...about, keys: new Set(['a']), shown: new Set<string>(), ...over } as KeyUser;
}

const fold = (users: readonly KeyUser[], over: Partial<Parameters<typeof foldUsage>[0]> = {}) =>
  foldUsage({ ring: ['b', 'a'], users, isCertain: true, ended: null, ...over });

test('keys are found wherever a message has payloads; what is under userMetadata is only shown', async () => {
  const found = findKeys([
    { startedAttributes: { input: { payloads: [await sealed('a')] }, header: { fields: { x: await sealed('b') } } } },
    { userMetadata: { summary: await sealed('c') }, failure: { cause: { encodedAttributes: await sealed('d') } } },
  ]);

  expect([...found.needed].sort()).toEqual(['a', 'b', 'd']);
  expect([...found.shown]).toEqual(['c']);
});

test('payloads of somebody else, whose codec names its keys the same way, count for nothing', () => {
  const metadata = { encoding: Buffer.from('binary/encrypted'), 'encryption-key-id': Buffer.from('theirs') };

  expect(findKeys({ payloads: [{ metadata, data: Buffer.from('1') }] }).needed.size).toBe(0);
});

test('a key that a run or a last result needs must stay; the oldest of them is named', () => {
  expect(fold([aRun(), aMemory()])).toMatchObject([
    { id: 'b', state: 'encrypts', runs: 0, oldest: null },
    { id: 'a', state: 'needed', runs: 1, memories: 1, oldest: '2026-11-01T00:00:00.000Z' },
  ]);
});

test('a key is free when only summaries or ended runs are under it', () => {
  const users = [aRun({ keys: new Set(['b']), shown: new Set(['a']) })];

  expect(fold(users, { ended: new Map([['a', 7]]) })[1]).toMatchObject({
    id: 'a',
    state: 'free',
    onlyShown: 1,
    ended: 7,
  });
});

test('a key that is needed and not in the ring is missing; one of ended runs alone is not', () => {
  expect(fold([aRun({ keys: new Set(['x']) })]).at(-1)).toMatchObject({ id: 'x', state: 'missing', runs: 1 });
  expect(fold([], { ended: new Map([['x', 1]]) }).at(-1)).toMatchObject({ id: 'x', state: 'free', ended: 1 });
});

test('no key is free while a last result cannot be told', () => {
  expect(fold([], { isCertain: false })[1]).toMatchObject({ id: 'a', state: 'needed' });
});

test('a sign-in that lies under a key needs it as an open run does', () => {
  const since = '2026-10-01T00:00:00.000Z';
  const signIn: KeyUser = { kind: 'sign-in', account: 'trainer', since, keys: new Set(['a']), shown: new Set() };

  expect(fold([signIn])[1]).toMatchObject({ id: 'a', state: 'needed', runs: 0, signIns: 1, oldest: since });
  expect(fold([signIn], { ring: ['b'] })[1]).toMatchObject({ id: 'a', state: 'missing', signIns: 1 });
});
