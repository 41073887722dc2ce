import { eventually, seedSession, Stack } from '../support/stack';

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.open({ name: 'doctor', platform: { doceboConnectIsOff: true } });
});
afterAll(() => stack.close());

interface Told {
  readonly counts: { readonly red: number };
  readonly findings: readonly {
    readonly check: string;
    readonly subject: string;
    readonly verdict: string;
    readonly says: string;
  }[];
}

async function doctor(...args: string[]) {
  const { exit, out, err } = await stack.convoke('doctor', '--json', ...args);
  const told = JSON.parse(out) as Told;
  const reds = told.findings
    .filter(({ verdict }) => verdict === 'red')
    .map(({ check, subject }) => `${check} ${subject}`.trim());
  const says = (check: string): string =>
    told.findings.find((one) => one.check === check)?.says ?? `(no ${check}) ${err}`;
  return { exit, reds, says, told };
}

test('is red before anything runs, and reads by itself; green when worker and api run, and reads through their queues', async () => {
  await seedSession(stack);

  const before = await doctor();
  expect(before.exit).toBe(1);
  expect(before.reds).toContain('workers sessions');
  expect(before.reds).toContain('workers docebo/academy');
  expect(before.reds).toContain('schedules failure-digest');
  expect(before.says('clock.temporal')).toContain('not told');
  expect(before.says('docebo.token')).toContain('read by this process');

  await stack.start();
  const after = await doctor();
  expect(after.reds).toEqual([]);
  expect(after.exit).toBe(0);
  expect(after.says('docebo.token')).not.toContain('read by this process');
  expect(after.says('clock.temporal')).toBe('our clock differs by 0 s');
  expect(after.says('workers')).toBe('one worker');
  expect(after.says('mailbox.shared')).toContain('0 sessions');
});

test('plan shows the invitations to come, and writes nothing', async () => {
  const { sessions } = await stack.control.truth();
  const sessionId = String(sessions[0]?.id);
  const { exit, out, err } = await stack.convoke('plan', sessionId, '--json');

  expect(`${exit} ${err}`).toBe('0 ');
  const told = JSON.parse(out) as { adopted: number; changes: { kind: string; invitations: number }[] };
  expect(told.adopted).toBe(0);
  expect(told.changes.map(({ kind, invitations }) => `${kind} ${invitations}`)).toEqual(['create 4', 'create 4']);
  expect(out).not.toContain('@');
  expect(stack.calendar()).toEqual([]);

  const named = await stack.convoke('plan', sessionId, '--names');
  expect(named.out).toContain('learner1@academy.example');
});

test('backfill refuses without the flag, counts without starting, and then covers every future session', async () => {
  const refused = await stack.convoke('backfill');
  expect(refused.exit).toBe(2);
  expect(refused.err).toContain('--docebo-connect-is-off');

  const dry = await stack.convoke('backfill', '--dry-run', '--json');
  expect(JSON.parse(dry.out)).toMatchObject({ sessions: 1, hinted: 1, finished: true });
  expect(stack.calendar()).toEqual([]);

  const done = await stack.convoke('backfill', '--docebo-connect-is-off', '--json');
  expect(`${done.exit} ${done.exit === 0 ? '' : done.err}`).toBe('0 ');
  expect(JSON.parse(done.out)).toMatchObject({ progress: { phase: 'done', hinted: 1 }, sessions: { in_sync: 1 } });
  await eventually(async () => (stack.calendar().length === 2 ? true : null), 'two events');
  expect(stack.mailCount()).toBe(8);

  const after = await doctor();
  expect(after.says('mailbox.shared')).toContain('1 session ');
  expect(after.says('keys.address')).toContain('recognises 4 of 4');
  expect(after.exit).toBe(0);
});

test('profile probe finds the tenant as the profile has it', async () => {
  const { exit, out } = await stack.convoke('profile', 'probe', '--json');

  const { findings } = JSON.parse(out) as { findings: { verdict: string }[] };
  expect(findings.filter(({ verdict }) => verdict === 'absent')).toEqual([]);
  expect(exit).toBe(0);
});
