import { fingerprint } from '../../../../src/domain/sweep/session-row';
import {
  explains,
  needsWorkflow,
  shouldHint,
  type RowCase,
  type Verdict,
} from '../../../../src/domain/sweep/should-hint';
import type { MemoryRow } from '../../../../src/domain/sweep/sweep-memory';
import { digest, NOW } from '../../../support/builders';
import { anInspection, aRow, aStanding } from '../../../support/sweep-builders';

function remembered(over: Partial<MemoryRow> = {}, row = aRow()): MemoryRow {
  return { courseId: '190', print: fingerprint(row, digest), asked: false, gapSince: null, ...over };
}

function judge(over: Partial<RowCase> = {}): string {
  const verdict: Verdict = shouldHint({
    row: aRow(),
    before: remembered(),
    standing: aStanding(),
    standingsComplete: true,
    courseRsvp: null,
    courseChanged: false,
    now: NOW,
    staleMs: 900_000,
    digest,
    ...over,
  });
  return verdict.kind === 'hint' ? verdict.reason : verdict.kind;
}

describe('a session with a workflow', () => {
  const pending = aStanding({ status: 'pending', startedAt: '2026-05-01T07:40:00.000Z' });

  it.each<[string, Partial<RowCase>, string]>([
    ['as it was', {}, 'settled'],
    ['renamed', { row: aRow({ name: 'Cranes' }) }, 'differs'],
    ['with one more on the waiting list', { row: aRow({ waiting: 1 }) }, 'differs'],
    ['with another instructor more', { row: aRow({ instructors: 2 }) }, 'differs'],
    ['in another place', { row: aRow({ details: '{"location":2}' }) }, 'differs'],
    ['with one learner more', { row: aRow({ enrolled: 13 }) }, 'inspect'],
    ['moved', { row: aRow({ startsAt: '2026-06-01T08:00:00.000Z' }) }, 'inspect'],
    ['with an event that is shorter', { row: aRow({ length: 900 }) }, 'differs'],
    ['with another event, and so longer', { row: aRow({ events: 3, length: 1440 }) }, 'inspect'],
    ['with an event less', { row: aRow({ events: 1 }) }, 'inspect'],
    ['whose course changed', { courseChanged: true }, 'differs'],
    ['never seen before', { before: null }, 'inspect'],
    ['that lagged behind the last time', { before: remembered({ gapSince: 1 }) }, 'inspect'],
    ['that fails', { standing: aStanding({ status: 'error' }) }, 'failing'],
    ['that fails and changed', { standing: aStanding({ status: 'error' }), row: aRow({ name: 'Cranes' }) }, 'differs'],
    ['that is held', { standing: aStanding({ status: 'held' }) }, 'settled'],
    ['that has not been planned for 20 minutes', { standing: pending }, 'stale'],
    ['that started a minute ago', { standing: aStanding({ status: 'pending', startedAt: NOW }) }, 'settled'],
  ])('%s', (_what, over, expected) => {
    expect(judge(over)).toBe(expected);
  });
});

describe('a session without a workflow', () => {
  const alone = { standing: null };
  const asked = remembered({ asked: true });

  it.each<[string, Partial<RowCase>, string]>([
    ['is missing', { ...alone }, 'missing'],
    ['is missing when it was never seen', { ...alone, before: null }, 'missing'],
    ['is not missing while Temporal’s list is not whole', { ...alone, standingsComplete: false }, 'settled'],
    ['needs none without events', { ...alone, row: aRow({ events: 0 }) }, 'settled'],
    ['needs none when it is switched off', { ...alone, row: aRow({ rsvp: 'off' }) }, 'settled'],
    [
      'needs none when it takes over that its course is off',
      { ...alone, row: aRow({ rsvp: 'inherit' }), courseRsvp: false },
      'settled',
    ],
    ['is asked when there is room, in a course that is off', { ...alone, courseRsvp: false }, 'unasked'],
    ['has been asked and ended at once', { ...alone, before: asked }, 'settled'],
    ['has been asked, and somebody enrolled', { ...alone, before: asked, row: aRow({ enrolled: 13 }) }, 'settled'],
    ['has been asked, and was renamed', { ...alone, before: asked, row: aRow({ name: 'Cranes' }) }, 'unasked'],
    ['has been asked, and its course changed', { ...alone, before: asked, courseChanged: true }, 'missing'],
  ])('%s', (_what, over, expected) => {
    expect(judge(over)).toBe(expected);
  });
});

it.each([
  [null, null, 'yes'],
  [null, true, 'yes'],
  [null, false, 'unlikely'],
  ['on', false, 'yes'],
  ['off', true, 'no'],
  ['inherit', false, 'no'],
  ['inherit', true, 'yes'],
  ['inherit', null, 'yes'],
] as const)('a session whose switch is %s in a course whose switch is %s: %s', (rsvp, courseRsvp, expected) => {
  expect(needsWorkflow(aRow({ rsvp }), courseRsvp)).toBe(expected);
});

describe('a workflow explains a changed row', () => {
  it.each([
    ['when it counts the same', {}, {}, true],
    ['not when it knows fewer learners', { learners: 11 }, {}, false],
    ['not when it knows fewer events', { events: 1 }, {}, false],
    ['not when it begins at another time', { startsAt: '2026-06-01T08:00:00.000Z' }, {}, false],
    ['not when it ends at another time', { endsAt: null }, {}, false],
    ['when hints wait: it will read Docebo anew', { busy: true, learners: 0 }, {}, true],
    ['not while it fails', { failingSince: NOW }, {}, false],
    ['when its invitations are off', { position: 'off', learners: 0 }, {}, true],
    ['when the session was cancelled', { position: 'session-cancelled', learners: 0 }, {}, true],
    ['not when the next change of the session is awaited', { position: 'course-off-waiting' }, {}, false],
    ['not when its platform was frozen: it has looked at nothing', { position: 'frozen' }, {}, false],
    ['not when Docebo did not show the session', { position: 'unproven' }, {}, false],
    ['not when a counter cannot be read', {}, { enrolled: null }, false],
  ] as const)('%s', (_what, known, told, expected) => {
    expect(explains(anInspection(known), aRow(told))).toBe(expected);
  });

  it('without events, whatever dates the row has', () => {
    const known = anInspection({ events: 0, startsAt: null, endsAt: null });

    expect(explains(known, aRow({ events: 0 }))).toBe(true);
  });
});
