import { countActions } from '../../bench/frugality/count-actions';
import { inDays, seedSession, Stack } from '../support/stack';

/** What each kind of change costs: counted, not timed. The bounds are what was measured; a change that costs more has to say why. */

let stack: Stack;
let seed: Awaited<ReturnType<typeof seedSession>>;
const table: string[] = [];

beforeAll(async () => {
  stack = await Stack.open({ name: 'costs' });
  seed = await seedSession(stack, { learners: 20, events: 2 });
  await stack.start();
});
afterAll(async () => {
  await stack.close();
  process.stdout.write(`\n${['change'.padEnd(44) + ' Graph Docebo Actions mails', ...table].join('\n')}\n`);
});

async function actions(): Promise<number> {
  return countActions(await stack.handle(seed.session.id).fetchHistory());
}

async function graphCalls(): Promise<number> {
  const answer = await fetch(`${stack.microsoftUrl}/__control/requests?match=v1.0`);
  return ((await answer.json()) as { requests: unknown[] }).requests.length;
}

/** Does it, waits until the session rests, second look included, and answers what it cost. */
async function costOf(what: string, act: () => Promise<unknown>, done: Parameters<Stack['settled']>[1]) {
  const began = (await stack.state(seed.session.id).catch(() => null)) === null;
  const before = { graph: await graphCalls(), docebo: (await stack.control.calls()).total, mails: stack.mailCount() };
  const actionsBefore = began ? 0 : await actions();
  await act();
  await stack.settled(seed.session.id, done);
  const cost = {
    graph: (await graphCalls()) - before.graph,
    docebo: (await stack.control.calls()).total - before.docebo,
    actions: (await actions()) - actionsBefore,
    mails: stack.mailCount() - before.mails,
  };
  const { graph, docebo, actions: temporal, mails } = cost;
  table.push(`${what.padEnd(44)} ${[graph, docebo, temporal, mails].map((n) => String(n).padStart(5)).join('  ')}`);
  return cost;
}

const planned = (n: number) => (s: { journal: readonly { what: string }[] }) =>
  s.journal.filter((j) => j.what === 'plan').length >= n;

test('each kind of change stays within its cost', async () => {
  const sessionId = seed.session.id;

  const publish = await costOf(
    'publish: 2 events, 20 learners, 1 instructor',
    () => stack.control.run('update-session', { sessionId, name: 'Published' }),
    (s) => s.lastChangeAt !== null,
  );
  expect(publish).toMatchObject({ graph: 3, mails: 42 });
  expect(publish.docebo).toBeLessThanOrEqual(12);
  expect(publish.actions).toBeLessThanOrEqual(12);

  const unchanged = await costOf(
    'unchanged webhook, with the second look',
    () => stack.control.run('update-session', { sessionId, maxEnroll: 602 }),
    planned(3),
  );
  expect(unchanged).toMatchObject({ graph: 0, mails: 0 });
  expect(unchanged.actions).toBeLessThanOrEqual(8);

  const move = await costOf(
    'move one event',
    () => stack.control.run('update-event', { eventId: seed.eventIds[1]!, date: inDays(12) }),
    planned(4),
  );
  expect(move).toMatchObject({ graph: 2, mails: 21 });

  const { result: late } = await stack.control.run(
    'create-user',
    { firstName: 'Late', lastName: 'Comer', email: 'late@academy.example' },
    { silent: true },
  );
  const enrol = await costOf(
    'enrol one learner',
    () => stack.control.run('enrol', { sessionId, userIds: [late.id] }),
    planned(5),
  );
  expect(enrol).toMatchObject({ graph: 4, mails: 2 });

  const users = Array.from({ length: 400 }, (_, i) => ({
    firstName: 'Class',
    lastName: `${i}`,
    email: `class${i}@academy.example`,
  }));
  const { result: group } = await stack.control.run('create-users', { users }, { silent: true });
  await stack.control.settings({ webhooks: { split: 'ones' } });
  const import400 = await costOf(
    'import of 400 learners, one webhook each',
    () => stack.control.run('enrol', { sessionId, userIds: group.map((u) => u.id) }),
    (s) => Object.keys(s.ledger.people).length === 422,
  );
  expect(import400.mails).toBe(800);
  expect(import400.graph).toBeLessThanOrEqual(3 * 2 * 4);

  const drop = await costOf(
    'unenrol one learner',
    () => stack.control.run('unenrol', { sessionId, userIds: [seed.learners[0]!.id] }),
    (s) => Object.keys(s.ledger.people).length === 421,
  );
  expect(drop).toMatchObject({ graph: 4, mails: 2 });

  const text = await costOf(
    'course text: both events',
    () => stack.control.run('update-course', { courseId: seed.course.id, description: 'New' }),
    (s) => s.journal.filter((j) => j.what === 'updateContent').length >= 3,
  );
  expect(text.graph).toBe(4);
});
