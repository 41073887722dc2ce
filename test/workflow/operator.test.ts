import { createOperator } from '../../src/temporal/operator/create-operator';
import type { Operator } from '../../src/temporal/operator/operator';
import { eventually } from '../support/eventually';
import { anEvent, someFacts } from '../support/builders';
import { atRest, SessionBench } from '../support/session-workers';

const HOUR = 3_600_000;
const at = (hours: number): string => new Date(Math.ceil(Date.now() / HOUR) * HOUR + hours * HOUR).toISOString();

let bench: SessionBench;
let operator: Operator;
const ref = { platform: 'academy', sessionId: '54' };

beforeAll(async () => {
  bench = await SessionBench.open('operator');
  bench.world.facts = someFacts({ events: [anEvent({ eventId: '101', startsAt: at(24), endsAt: at(32) })] });
  operator = createOperator({ client: bench.client, hints: bench.hints });
  await bench.startWorkers();
  await bench.hint('54');
  await bench.until('54', (s) => atRest(s) && s.position === 'on');
});
afterAll(() => bench.close());

test('sessions are listed with their status and counted by it; a filter that Temporal does not understand is refused', async () => {
  const list = await eventually(async () => {
    const found = await operator.sessions({ statuses: ['in_sync'] }, 10);
    return found.rows.length === 1 ? found : null;
  }, 'the list to show the session');
  const none = await operator.sessions({ statuses: ['error'], platform: 'academy' }, 10);

  expect(list).toMatchObject({ matching: 1, counts: { in_sync: 1, error: 0 } });
  expect(list.rows[0]).toMatchObject({ ...ref, status: 'in_sync', execution: 'running' });
  expect(none.rows).toEqual([]);
  await expect(operator.sessions({ query: 'Nonsense = = 1' }, 10)).rejects.toMatchObject({ code: 'INPUT_QUERY' });
});

test('hold, release and resync reach the session, in the name of who asks', async () => {
  const plans = bench.world.count('planSession');
  await operator.hold(ref, { requestedBy: 'ada', reason: 'import' });
  const held = await operator.session(ref);
  await operator.release(ref, { requestedBy: 'ada' });
  await operator.resync(ref, { requestedBy: 'ada' });
  const after = await bench.until('54', (s) => atRest(s) && bench.world.count('planSession') > plans);

  expect(held.state.held).toMatchObject({ by: 'ada', reason: 'import' });
  expect(after.held).toBeNull();
  expect(after.journal.map((j) => `${j.what} ${j.note}`)).toEqual(
    expect.arrayContaining(['hold by ada', 'release by ada', 'resync asked by ada']),
  );
  await expect(operator.hold(ref, { requestedBy: ' ' })).rejects.toMatchObject({ code: 'INPUT_OPERATOR_REQUEST' });
});

test('the story names what was planned and written, by ids alone', async () => {
  const story = await operator.story(ref);

  const planned = story.calls.find(({ activity }) => activity === 'planSession');
  const created = story.calls.find(({ activity }) => activity === 'createCalendarEvent');
  expect(story).toMatchObject({ runs: 1, complete: true });
  expect(planned?.plan).toMatchObject({ position: 'on', steps: [{ kind: 'create', eventId: '101' }] });
  expect(created).toMatchObject({
    eventId: '101',
    attempts: 1,
    gaveUp: false,
    outcome: { did: 'created', mails: 'all' },
  });
  expect(JSON.stringify(story)).not.toMatch(/@|example\.com/);
});

test('a session without a workflow is told as such, and can be started', async () => {
  const other = { platform: 'academy', sessionId: '55' };
  await expect(operator.session(other)).rejects.toMatchObject({ code: 'TEMPORAL_NO_WORKFLOW' });
  await expect(operator.resync(other, { requestedBy: 'ada' })).rejects.toMatchObject({ code: 'TEMPORAL_NO_WORKFLOW' });
  await operator.start(other);
  await bench.until('55', (s) => s.lastPlanAt !== null);
  await operator.terminate(other, { requestedBy: 'ada', reason: 'a test' });

  expect(await operator.session(other)).toMatchObject({ execution: 'terminated' });
  await expect(operator.release(other, { requestedBy: 'ada' })).rejects.toMatchObject({ code: 'TEMPORAL_NO_WORKFLOW' });
});

test('coverage of a platform that told nothing is not known', async () => {
  expect(await operator.coverage(['academy'])).toEqual([{ platform: 'academy', coverage: null }]);
});

test('without a worker a session does not answer, and the error says why', async () => {
  await bench.stopWorkers();

  const asked = await operator.session(ref).catch((error: unknown) => error);

  // For about a minute after its end Temporal still believes in the worker.
  expect((asked as { code: string }).code).toMatch(/^TEMPORAL_NO_(WORKER|ANSWER)$/);
});
