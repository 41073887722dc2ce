import { copyState, toCopy, withCopies } from '../../../bench/scale/many-sessions';
import { daysAfter } from '../../../bench/world/copy-event';
import { emptyAcademy, type AcademyState } from '../../../simulators/docebo/academy/model';
import { afterSteps, emptyLedger, NOW, planOf, someFacts } from '../../support/builders';
import { aSessionState } from '../../fakes/fake-operator';

test('copies share courses by tens and spread over days', () => {
  expect(toCopy(9).courseId).toBe(toCopy(0).courseId);
  expect(toCopy(10).courseId).toBe(toCopy(0).courseId + 1);
  expect([toCopy(0).daysLater, toCopy(59).daysLater, toCopy(60).daysLater]).toEqual([0, 59, 0]);
});

test("an academy's copies have ids, courses and dates of their own, and the people of the model", () => {
  const academy = {
    ...emptyAcademy(),
    courses: { 1: { id: 1, name: 'A' } },
    sessions: { 2: { id: 2, courseId: 1, name: 'S' } },
    events: { 3: { id: 3, sessionId: 2, date: '2026-12-31' } },
    enrolments: { 2: [{ userId: 7 }] },
  } as unknown as AcademyState;
  const copies = [toCopy(0), toCopy(11)];

  const made = withCopies(academy, { courseId: 1, sessionId: 2, eventId: 3 }, copies);

  const { courseId, sessionId, eventId } = copies[1]!;
  expect(Object.keys(made.sessions)).toHaveLength(3);
  expect(made.courses[courseId]).toMatchObject({ id: courseId });
  expect(made.sessions[sessionId]).toMatchObject({ id: sessionId, courseId });
  expect(made.events[eventId]).toMatchObject({ id: eventId, sessionId, date: '2027-01-11' });
  expect(made.enrolments[sessionId]).toEqual([{ userId: 7 }]);
});

test("a copy's workflow has nothing to write: its event counts as adopted, and its people are in place", () => {
  const model = someFacts();
  const ledger = afterSteps(emptyLedger, planOf(model));
  const copy = toCopy(3);
  const state = copyState(aSessionState({ ledger, position: 'on' }), copy, 'graph-9');
  const [event] = model.events;
  const times = { startsAt: daysAfter(event!.startsAt, 3), endsAt: daysAfter(event!.endsAt, 3) };
  const facts = someFacts({
    session: { sessionId: String(copy.sessionId), name: 'Another' },
    events: [{ ...event!, ...times, eventId: String(copy.eventId) }],
  });

  expect(state).toMatchObject({ sessionId: String(copy.sessionId), courseId: String(copy.courseId), ...times });
  expect(planOf(facts, state.ledger, { now: NOW }).steps).toEqual([]);
});

test('days are counted from instants alone', () => {
  expect(() => daysAfter('2026-12-24', 1)).toThrow('no instant');
});
