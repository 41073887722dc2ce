import type { StoryCall } from '../../../src/app/open-operator';
import type { JournalEntry } from '../../../src/contract/messages';
import { UpstreamError } from '../../../src/domain/errors';
import { aSessionState, FakeOperator } from '../../fakes/fake-operator';
import { call } from './call';

const at = (second: number): string => `2026-11-27T10:00:${String(second).padStart(2, '0')}.000Z`;
const journal: JournalEntry[] = [
  { at: at(1), what: 'hint', note: 'session-changed x2' },
  {
    at: at(6),
    what: 'plan',
    note: '1 steps; on; after 2 hints; 1 events, 2 learners, 0 instructors; joined 7, 8',
    users: ['7', '8'],
  },
  { at: at(9), what: 'create', eventId: '101', note: 'created; mails all; +2 -0; generation 1' },
  { at: at(20), what: 'answer', eventId: '101', note: 'user 7 accepted', users: ['7'] },
  { at: at(21), what: 'answer', eventId: '101', note: 'user 8 declined', users: ['8'] },
  { at: at(25), what: 'writeBack', note: '2 of 2', users: ['7', '8'] },
  { at: at(30), what: 'hint', note: 'event-changed', eventId: '102' },
  { at: at(35), what: 'plan', note: '0 steps; after 1 hints; 1 events, 2 learners, 0 instructors' },
];
const row = {
  graphEventId: 'AAMk-1',
  generation: 1,
  invitationHash: 'h',
  placeHash: 'p',
  peopleHash: 'q',
  startsAt: '2026-12-01T08:00:00.000Z',
  endsAt: '2026-12-01T16:00:00.000Z',
  answers: { '7': ['accepted', at(20), null, 'accepted'] as const },
};
const state = aSessionState({
  position: 'on',
  journal,
  lastPlanAt: at(35),
  ledger: {
    ...aSessionState().ledger,
    events: { '101': row },
    people: { '7': { addressKey: 'k7', role: 'learner' }, '8': { addressKey: 'k8', role: 'learner' } },
  },
});
const aCall = (over: Partial<StoryCall>): StoryCall => ({
  activity: 'createCalendarEvent',
  summary: '',
  askedAt: at(6),
  endedAt: at(8),
  attempts: 3,
  failure: 'GRAPH_THROTTLED',
  gaveUp: false,
  eventId: '101',
  outcome: null,
  plan: null,
  ...over,
});

let operator: FakeOperator;
beforeEach(() => {
  operator = new FakeOperator().add(state);
});

test('the story goes from hint to facts, decision, Graph, mail, answer and write-back, with what is true now at the top', async () => {
  const { out, exit } = await call('why 5401', { operator });

  expect(exit).toBe(0);
  const lines = out.split('\n').filter((line) => /^2026-11-27 /.test(line));
  expect(lines.map((line) => line.slice(21))).toEqual([
    'hint      Docebo said that the session changed, 2 times',
    'facts     read Docebo, after 2 hints; 1 event, 2 learners, 0 instructors; joined 7, 8',
    'decision  1 step to carry out; from now on: invitations are on',
    'Graph     event 101, create: created (2 added, 0 removed; generation 1)',
    'mail      an invitation to everybody on it',
    'answer    user 7 accepted event 101',
    'answer    user 8 declined event 101',
    'Docebo    told of answers: 2 of 2',
    'hint      Docebo said that an event changed (event 102)',
    'facts     read Docebo, after 1 hint; 1 event, 2 learners, 0 instructors',
    'decision  nothing to do: the calendar is as it should be',
  ]);
  expect(out.indexOf('in_sync: invitations are on')).toBeLessThan(out.indexOf('What happened'));
});

test('one learner: what is true of them now, and no line about somebody else alone', async () => {
  const { out } = await call('why 5401 --learner 7', { operator });

  expect(out).toContain('user 7 has a seat as learner');
  expect(out).toContain('event 101: accepted at 2026-11-27 10:00:20; Docebo knows');
  expect(out).toContain('user 7 accepted');
  expect(out).not.toContain('user 8 declined');
});

test('a learner without a seat is told as such', async () => {
  const { out } = await call('why 5401 --learner 9', { operator });

  expect(out).toContain('user 9 has no seat that Convoke knows of');
});

test('one event: no line of another one', async () => {
  const { out } = await call('why 5401 --event 102', { operator });

  expect(out).toContain('event 102');
  expect(out).not.toContain('event 101, create');
});

test('histories add attempts and failures to the step that they belong to, and tell of the time before the journal', async () => {
  const plan = {
    position: 'on' as const,
    steps: [{ kind: 'create' as const, eventId: '101' }],
    people: ['7'],
    codes: ['READ_PLACE_UNREADABLE'],
  };
  const older = aCall({
    askedAt: '2026-11-26T10:00:00.000Z',
    endedAt: '2026-11-26T10:00:01.000Z',
    activity: 'planSession',
    eventId: null,
    plan,
    failure: null,
    attempts: 1,
  });
  operator.told = {
    ...operator.told,
    calls: [older, aCall({ activity: 'planSession', askedAt: at(2), endedAt: at(5), eventId: null, plan }), aCall({})],
  };

  const { out, json } = {
    ...(await call('why 5401 --learner 7', { operator })),
    json: (await call('why 5401 --json', { operator })).json,
  };

  expect(out).toMatch(
    /event 101, create: created.*\n +createCalendarEvent took 2\.0 s, 3 attempts, before: GRAPH_THROTTLED/,
  );
  expect(out).toMatch(/^2026-11-26 10:00:01 {2}facts/m);
  expect(out).toContain('found: READ_PLACE_UNREADABLE');
  expect(out).toContain('learner 7 has a seat');
  expect(json()).toMatchObject({
    timeline: [{ at: '2026-11-26T10:00:01.000Z', kind: 'facts' }, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}],
  });
});

test('what cannot be told is said: a full journal, histories that are gone or were not read', async () => {
  const full = Array.from({ length: 200 }, (): JournalEntry => ({ at: at(1), what: 'hint', note: 'sweep' }));
  operator.add({ ...state, journal: full });
  operator.told = { ...operator.told, complete: false };
  const partial = await call('why 5401', { operator });
  operator.storyFails = new UpstreamError('no', { code: 'TEMPORAL_UNAVAILABLE' });
  const failed = await call('why 5401', { operator });
  const skipped = await call('why 5401 --no-history', { operator });

  expect(partial.out).toContain('The journal holds its last 200 entries, from 2026-11-27 10:00:01');
  expect(partial.out).toContain("older runs are past Temporal's retention");
  expect(failed).toMatchObject({ exit: 0 });
  expect(failed.out).toContain('Histories could not be read (TEMPORAL_UNAVAILABLE).');
  expect(skipped.out).toContain('Histories were not read');
});
