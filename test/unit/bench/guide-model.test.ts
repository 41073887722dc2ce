import { guideGraphCalls, type GuideJob } from '../../../bench/frugality/guide-model';

const calendar = { calendarEvents: 2_500, eventsAPage: 1_000 };
const calls = (...jobs: GuideJob[]): number => guideGraphCalls(jobs, calendar);

test('a change of a session walks through the calendar and writes each of its events', () => {
  expect(calls({ recipe: 'session-changed', events: 2 })).toBe(3 + 2);
});

test('each webhook is work of its own', () => {
  const webhook = { recipe: 'session-changed', events: 2 } as const;

  expect(calls(...Array.from({ length: 400 }, () => webhook))).toBe(400 * 5);
});

test('a change of an event writes that event alone', () => expect(calls({ recipe: 'event-changed' })).toBe(3 + 1));

test('a change of a course does the work of a change of each of its sessions', () => {
  expect(calls({ recipe: 'course-changed', eventsOfSessions: [2, 1] })).toBe(3 + 2 + 3 + 1);
});

test('a session that is switched on is written without a look', () => {
  expect(calls({ recipe: 'session-switched-on', events: 2 })).toBe(2);
});

test('answers are read from the whole calendar, an empty one too', () => {
  expect(calls({ recipe: 'answers' })).toBe(3);
  expect(guideGraphCalls([{ recipe: 'answers' }], { calendarEvents: 0, eventsAPage: 1_000 })).toBe(1);
});
