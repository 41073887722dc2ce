import { ApplicationFailure } from '@temporalio/common';
import { courseWorkflowId, learningPlanWorkflowId } from '../../src/contract/ids';
import type { FanOutState } from '../../src/contract/messages';
import { anEvent, someFacts } from '../support/builders';
import { atRest, SessionBench } from '../support/session-workers';
import { eventually } from '../support/eventually';

let bench: SessionBench;
beforeEach(async () => {
  bench = await SessionBench.open('fan-out');
  const startsAt = new Date(Date.now() + 86_400_000).toISOString();
  const endsAt = new Date(Date.now() + 90_000_000).toISOString();
  bench.world.facts = someFacts({ events: [anEvent({ startsAt, endsAt })] });
  await bench.startWorkers();
});
afterEach(() => bench.close());

const course = { kind: 'course' as const, courseId: '190' };
const courseHandle = () => bench.client.workflow.getHandle(courseWorkflowId(bench.platform, '190'));

test('a changed course hints each of its future sessions, and ends', async () => {
  bench.world.sessionsOfCourse = { sessionIds: ['54', '55'], noSessions: false, complete: true };

  await bench.send(course, bench.aHint({ kind: 'course-changed' }));
  await courseHandle().result();

  for (const sessionId of ['54', '55']) {
    await bench.until(sessionId, (s) => atRest(s) && s.lastChangeAt !== null);
  }
  const { receivedAt } = bench.world.calls.hintSessions![0] as { receivedAt: string };
  const [plan] = bench.world.calls.planSession as { notOlderThan: string }[];
  expect(plan!.notOlderThan).toBe(receivedAt);
});

test('a course that cannot have sessions is asked once, and its updates cost no further call', async () => {
  bench.world.sessionsOfCourse = { sessionIds: [], noSessions: true, complete: true };

  await bench.send(course);
  for (let i = 0; i < 5; i++) await bench.send(course);
  const state = await eventually(async () => {
    await bench.send(course);
    const told = await courseHandle().query<FanOutState>('state');
    return told.swallowed > 0 && told.pending.length === 0 ? told : null;
  }, 'an update that is swallowed');

  expect(state.noSessionsUntil).not.toBeNull();
  expect(bench.world.count('listSessions')).toBe(1);
  expect(bench.world.count('hintSessions')).toBe(0);
});

test('a failing list is tried again, and no hint is lost', async () => {
  bench.world.sessionsOfCourse = { sessionIds: ['54'], noSessions: false, complete: true };
  let refusing = true;
  bench.world.before = (name) => {
    if (name === 'listSessions' && refusing) {
      refusing = false;
      throw ApplicationFailure.nonRetryable('DOCEBO refuses access (403)', 'DOCEBO_ACCESS');
    }
  };

  await bench.send(course);
  await courseHandle().result();
  await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);

  expect(bench.world.count('listSessions')).toBe(2);
});

test('who leaves a learning plan is named to each session by user id', async () => {
  bench.world.sessionsOfCourse = { sessionIds: ['54'], noSessions: false, complete: true };
  const target = { kind: 'learning-plan' as const, learningPlanId: '3' };

  await bench.send(target, bench.aHint({ kind: 'learning-plan-left', userId: '2', courseId: null }));
  await bench.client.workflow.getHandle(learningPlanWorkflowId(bench.platform, '3')).result();
  const state = await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);

  expect(state.journal[0]).toMatchObject({ what: 'hint', note: 'learning-plan-left user 2' });
  expect(bench.world.calls.listSessions).toEqual([{ platform: 'academy', target }]);
});
