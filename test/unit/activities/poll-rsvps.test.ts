import { createRsvpActivities, type RsvpPorts } from '../../../src/activities/poll-rsvps';
import type { RsvpCursor } from '../../../src/contract/scheduled';
import { AccessError, ContractError, UpstreamError } from '../../../src/domain/errors';
import type { CalendarAttendee } from '../../../src/domain/model';
import type { AnsweredEvent, MeetingResponse } from '../../../src/domain/rsvp/ports';
import type { RsvpPollSettings } from '../../../src/domain/settings';
import { FakeAnswerSource } from '../../fakes/fake-answer-source';
import { FakeSessionSignals } from '../../fakes/fake-session-signals';
import { keyOf } from '../../support/builders';

const NOW = '2026-05-04T09:00:00.000Z';
const WINDOW = 'window 2026-05-03T09:00:00.000Z..2027-06-08T09:00:00.000Z';
const HOUR = 3_600_000;

let source: FakeAnswerSource;
let signals: FakeSessionSignals;
let progress: () => void;
beforeEach(() => {
  source = new FakeAnswerSource();
  signals = new FakeSessionSignals();
  progress = () => undefined;
});

function poll(cursor: Partial<RsvpCursor> | null, inbox: Partial<RsvpPollSettings['inbox']> = {}) {
  const ports: RsvpPorts = {
    answerSourceOf: () => source,
    rsvpSettingsOf: () => ({
      windowDays: 400,
      rollBelowDays: 370,
      overlapMs: HOUR,
      inbox: { read: false, after: 'leave', folder: 'Answers', ...inbox },
    }),
    sessionSignals: signals,
    keyOf,
    clock: { now: () => new Date(NOW) },
    onProgress: () => progress(),
  };
  return createRsvpActivities(ports).pollRsvps({
    mailbox: 'training',
    cursor: cursor === null ? null : { ...aCursor, ...cursor },
  });
}

const aCursor: RsvpCursor = {
  v: 1,
  account: keyOf('/users/training'),
  deltaLink: 'last',
  windowEndsAt: '2027-06-01T00:00:00.000Z',
  inboxLink: 'inbox-last',
  highWater: ago(0),
};

/** So many hours before now. */
function ago(hours: number): string {
  return new Date(Date.parse(NOW) - hours * HOUR).toISOString();
}

function answered(response: CalendarAttendee['response'], hoursAgo: number, name = 'ada'): CalendarAttendee {
  const respondedAt = ago(hoursAgo);
  return { address: `${name}@academy.example`, name, type: 'required', response, respondedAt };
}

/** Of session 54 unless named otherwise: `101` or `55/201`. */
function anEvent(id: string, attendees: readonly CalendarAttendee[], over: Partial<AnsweredEvent> = {}): AnsweredEvent {
  const [sessionId, eventId] = id.includes('/') ? (id.split('/') as [string, string]) : ['54', id];
  return {
    graphEventId: `g-${eventId}`,
    ref: { platform: 'acme', sessionId, eventId },
    startsAt: '2026-06-01T07:00:00.000Z',
    endsAt: '2026-06-01T15:00:00.000Z',
    isCancelled: false,
    organiserAddress: 'training@academy.example',
    attendees,
    ...over,
  };
}

function aResponse(id: string, over: Partial<MeetingResponse> = {}): MeetingResponse {
  return {
    messageId: id,
    event: anEvent('101', []),
    responder: { address: 'ada@academy.example', name: 'ada' },
    response: 'accepted',
    respondedAt: ago(0),
    isOutOfDate: false,
    ...over,
  };
}

describe('what a session is told', () => {
  test('all its changed events in one signal, whatever pages they are on', async () => {
    source.changes(
      {
        events: [anEvent('101', [answered('accepted', 0)]), anEvent('55/201', [answered('declined', 0)])],
        isLast: false,
      },
      { events: [anEvent('102', [answered('tentative', 0)])] },
    );

    const result = await poll({});

    expect(signals.told()).toEqual(['54: 101 accepted, 102 tentative', '55: 201 declined']);
    expect(result).toMatchObject({ changedEvents: 3, signalledSessions: 2, fullResync: false, graphCalls: 2 });
    expect(source.asked).toEqual(['link last', 'link after-1']);
  });

  test('nothing of events without answers, and of those that were cancelled', async () => {
    source.changes({
      events: [anEvent('101', []), anEvent('102', [answered('accepted', 0)], { isCancelled: true })],
    });

    await expect(poll({})).resolves.toMatchObject({ changedEvents: 2, signalledSessions: 0 });
    expect(signals.stored).toEqual([]);
  });

  test('an event that comes twice, once, by its latest answer', async () => {
    source.changes(
      { events: [anEvent('101', [answered('accepted', 0.2)])], isLast: false },
      { events: [anEvent('101', [answered('declined', 0.1)])] },
    );

    await poll({});

    expect(signals.told()).toEqual(['54: 101 declined']);
  });

  test('answers newer than the newest one known, less an hour', async () => {
    source.changes({
      events: [
        anEvent('101', [answered('accepted', 2.9), answered('declined', 3.1, 'ben'), answered('tentative', 9, 'cleo')]),
      ],
    });

    await poll({ highWater: ago(2) });

    expect(signals.told()).toEqual(['54: 101 accepted']);
  });

  test('a week of answers when none is that new: one came in late, or something else changed', async () => {
    source.changes({
      events: [anEvent('101', [answered('accepted', 24), answered('declined', 24 * 9, 'ben')])],
    });

    await poll({ highWater: ago(2) });

    expect(signals.told()).toEqual(['54: 101 accepted']);
  });

  test('in signals of bearable size; an event is never divided', async () => {
    const many = (response: 'accepted' | 'declined') =>
      Array.from({ length: 600 }, (_, i) => answered(response, 0, `p${i}`));
    source.changes({
      events: [anEvent('101', many('accepted')), anEvent('102', many('declined'))],
      removed: ['g-103'],
    });
    source.readable.set('g-103', anEvent('103', [], { isCancelled: true }));

    await poll({});

    expect(signals.stored.map(({ signal }) => signal.events.map((e) => `${e.eventId} ${e.answers.length}`))).toEqual([
      ['101 600'],
      ['102 600'],
    ]);
    expect(signals.stored.map(({ signal }) => signal.removed)).toEqual([['g-103'], []]);
  });

  test('before the walk is over, when very many answers are held', async () => {
    const crowd = Array.from({ length: 500 }, (_, i) => answered('accepted', 0, `p${i}`));
    for (let page = 0; page < 42; page++) {
      source.changes({ events: [anEvent(`${page}/1`, crowd, { graphEventId: `g-${page}` })], isLast: page === 41 });
    }
    const toldBy: number[] = [];
    progress = () => toldBy.push(signals.stored.length);

    await poll({});

    expect(toldBy.at(-1)).toBe(41);
    expect(signals.stored).toHaveLength(42);
  });
});

describe('the cursor', () => {
  test('goes on where the last page leads', async () => {
    source.changes({ isLast: false }, {});

    await expect(poll({})).resolves.toMatchObject({ cursor: { ...aCursor, deltaLink: 'after-2', inboxLink: null } });
  });

  test('comes only after all signals are stored; the run that failed is repeated as a whole', async () => {
    const page = { events: [anEvent('101', [answered('accepted', 0)]), anEvent('55/201', [answered('accepted', 0)])] };
    source.changes(page, page);
    signals.before = (sessionId) => {
      if (sessionId === '55') throw new UpstreamError('no', { code: 'TEMPORAL_UNAVAILABLE' });
    };
    await expect(poll({})).rejects.toMatchObject({ code: 'TEMPORAL_UNAVAILABLE' });

    signals.before = () => undefined;
    await expect(poll({})).resolves.toMatchObject({ cursor: { deltaLink: 'after-2' } });

    expect(signals.told()).toEqual(['54: 101 accepted', '54: 101 accepted', '55: 201 accepted']);
  });

  test.each([
    ['the newest answer seen', answered('accepted', 1), ago(5), ago(1)],
    ['what it was, when nothing newer was seen', answered('accepted', 9), ago(5), ago(5)],
    ['now, when a clock is ahead of us', answered('accepted', -300), ago(5), NOW],
  ])('keeps as high water %s', async (_what, attendee, before, after) => {
    source.changes({ events: [anEvent('101', [attendee])] });

    await expect(poll({ highWater: before })).resolves.toMatchObject({ cursor: { highWater: after } });
  });

  test('of a first run has no high water without answers', async () => {
    await expect(poll(null)).resolves.toMatchObject({ cursor: { highWater: null } });
  });

  test('a page that fails fails the run', async () => {
    source.failures.set('link after-1', new UpstreamError('503', { code: 'GRAPH_UNAVAILABLE' }));
    source.changes({ events: [anEvent('101', [answered('accepted', 0)])], isLast: false });

    await expect(poll({})).rejects.toMatchObject({ code: 'GRAPH_UNAVAILABLE' });
    expect(signals.stored).toEqual([]);
  });

  test('an attempt that is to end ends between two pages', async () => {
    source.changes({ isLast: false }, {});
    progress = () => {
      throw new Error('cancelled');
    };

    await expect(poll({})).rejects.toThrow('cancelled');
    expect(source.asked).toEqual(['link last']);
  });
});

describe('a full resync', () => {
  const page = {
    events: [anEvent('101', [answered('accepted', 24 * 30)]), anEvent('102', []), anEvent('55/201', [])],
  };

  test.each([
    ['without a cursor', null, [WINDOW]],
    ['after a forgotten link', {}, ['link last', WINDOW]],
    ['of a mailbox that has another address now', { account: keyOf('/users/other') }, [WINDOW]],
  ] as const)('%s tells all answers, however old, and only sessions with answers', async (_when, cursor, asked) => {
    if (asked.length > 1) source.changes('expired');
    source.changes(page);

    const result = await poll(cursor);

    expect(source.asked).toEqual(asked);
    expect(signals.told()).toEqual(['54: 101 accepted']);
    expect(result).toMatchObject({
      fullResync: true,
      cursor: { deltaLink: 'after-1', windowEndsAt: '2027-06-08T09:00:00.000Z' },
    });
  });

  test('rolls the window as soon as its end is near, after the old one’s last changes', async () => {
    source.changes({ events: [anEvent('101', [answered('declined', 0)])], removed: ['g-9'] }, page);
    source.readable.set('g-9', anEvent('9', [], { isCancelled: true }));

    const result = await poll({ windowEndsAt: '2027-05-01T00:00:00.000Z' });

    expect(source.asked).toEqual(['link last', WINDOW, 'read g-9']);
    expect(signals.told()).toEqual(['54: 101 declined, removed g-9']);
    expect(result).toMatchObject({ fullResync: true, cursor: { windowEndsAt: '2027-06-08T09:00:00.000Z' } });
  });

  test('that cannot be followed to its end fails the run', async () => {
    source.changes('expired', { isLast: false }, 'expired');

    await expect(poll({})).rejects.toMatchObject({ code: 'GRAPH_UNAVAILABLE', kind: 'upstream' });
  });
});

describe('an event said to be removed', () => {
  const removed = { removed: ['g-101'] };

  test('and gone for good names no session', async () => {
    source.changes(removed);

    await expect(poll({})).resolves.toMatchObject({ removedEvents: 0, signalledSessions: 0 });
    expect(source.asked).toEqual(['link last', 'read g-101']);
  });

  test.each([
    ['cancelled', { isCancelled: true }, ['read g-101']],
    ['deleted without a word', {}, ['read g-101', 'view g-101']],
  ])('and found %s is told to its session', async (_how, over, reads) => {
    source.changes(removed);
    source.readable.set('g-101', anEvent('101', [answered('accepted', 0)], over));

    await expect(poll({})).resolves.toMatchObject({ removedEvents: 1, signalledSessions: 1 });
    expect(source.asked.slice(1)).toEqual(reads);
    expect(signals.told()).toEqual(['54: removed g-101']);
  });

  test('and found in the calendar lies beyond the window: its answers are told', async () => {
    source.changes(removed);
    source.readable.set('g-101', anEvent('101', [answered('accepted', 0)]));
    source.inCalendar.add('g-101');

    await expect(poll({})).resolves.toMatchObject({ removedEvents: 0 });
    expect(signals.told()).toEqual(['54: 101 accepted']);
  });

  test.each([
    ['is over', { endsAt: ago(1) }],
    ['is nobody’s we know', { ref: null, isCancelled: true }],
  ])('that %s is left alone', async (_what, over) => {
    source.changes(removed);
    source.readable.set('g-101', anEvent('101', [], over));

    await expect(poll({})).resolves.toMatchObject({ removedEvents: 0, signalledSessions: 0 });
  });

  test('and seen again later was not', async () => {
    source.changes({ ...removed, isLast: false }, { events: [anEvent('101', [answered('accepted', 0)])] });

    await poll({});

    expect(source.asked).toEqual(['link last', 'link after-1']);
    expect(signals.told()).toEqual(['54: 101 accepted']);
  });
});

describe('an event that does not tell whose it is', () => {
  test('is read by itself if it has answers to tell, else not', async () => {
    source.changes({
      events: [
        anEvent('101', [answered('accepted', 0)], { ref: null }),
        anEvent('102', [], { ref: null }),
        anEvent('103', [answered('accepted', 0)], { ref: null }),
      ],
    });
    source.readable.set('g-101', anEvent('101', []));
    source.readable.set('g-103', anEvent('103', [], { ref: null }));

    await poll({});

    expect(source.asked).toEqual(['link last', 'read g-101', 'read g-103']);
    expect(signals.told()).toEqual(['54: 101 accepted']);
  });

  test('of a form that pages do not have is read by itself; what cannot be read is reported, and stops nothing', async () => {
    source.changes({ unread: ['g-101', 'g-102', 'g-103'], events: [anEvent('104', [answered('accepted', 0)])] });
    source.readable.set('g-101', anEvent('101', [answered('declined', 0)]));
    source.readable.set('g-102', new ContractError('form', { code: 'GRAPH_CONTRACT' }));

    await expect(poll({})).resolves.toMatchObject({ unreadableEvents: ['g-102'] });
    expect(signals.told()).toEqual(['54: 104 accepted, 101 declined']);
  });

  test('any other failure of such a read fails the run', async () => {
    source.changes({ unread: ['g-101'] });
    source.readable.set('g-101', new UpstreamError('no', { code: 'GRAPH_UNAVAILABLE' }));

    await expect(poll({})).rejects.toMatchObject({ code: 'GRAPH_UNAVAILABLE' });
  });

  test('is not read when very many are: the run comes to an end, and says so', async () => {
    const unread = Array.from({ length: 1_001 }, (_, i) => `g-${i}`);
    source.changes({ unread });

    const { graphCalls, unreadableEvents } = await poll({});

    expect([graphCalls, unreadableEvents]).toEqual([1_001, ['g-1000']]);
  });
});

test('a session without a workflow is no error', async () => {
  signals.missing.add('54');
  source.changes({ events: [anEvent('101', [answered('accepted', 0)]), anEvent('55/201', [answered('accepted', 0)])] });

  await expect(poll({})).resolves.toMatchObject({ signalledSessions: 1, missingSessions: 1 });
});

describe('the inbox', () => {
  const read = { read: true } as const;

  test('is not asked unless it is switched on', async () => {
    await expect(poll({})).resolves.toMatchObject({ cursor: { inboxLink: null }, inboxProblem: null });
    expect(source.asked).toEqual(['link last']);
  });

  test('is read from its own link; answers on the event and in the inbox make one signal', async () => {
    source.changes({ events: [anEvent('101', [answered('accepted', 0)])] });
    source.responses({ responses: [aResponse('m1', { responder: { address: 'ben@academy.example', name: 'ben' } })] });

    await expect(poll({}, read)).resolves.toMatchObject({ inboxResponses: 1, cursor: { inboxLink: 'after-2' } });
    expect(source.asked).toEqual(['link last', 'inbox inbox-last']);
    expect(signals.told()).toEqual(['54: 101 accepted, 101 accepted']);
  });

  test.each([
    ['first', null, []],
    ['after a forgotten link', 'inbox-last', ['inbox inbox-last']],
  ])('goes a week back %s', async (_when, inboxLink, before) => {
    if (inboxLink !== null) source.responses('expired');

    await poll({ inboxLink }, read);

    expect(source.asked).toEqual(['link last', ...before, `since ${ago(24 * 7)}`]);
  });

  test('is cleared after the session was told, in one folder', async () => {
    source.responses({ isLast: false, responses: [aResponse('m1')] }, { responses: [aResponse('m2')] });
    signals.before = () => source.asked.push('signal');

    await poll({}, { ...read, after: 'move' });

    expect(source.asked.slice(3)).toEqual([
      'signal',
      'folder Answers',
      'move m1 to id of Answers',
      'move m2 to id of Answers',
    ]);
  });

  test.each<[string, Partial<MeetingResponse>, boolean]>([
    ['an answer', {}, true],
    ['an answer to an earlier version of the meeting', { isOutOfDate: true }, true],
    ['an answer to a cancelled meeting', { event: anEvent('101', [], { isCancelled: true }) }, true],
    ['the organiser’s own', { responder: { address: 'training@academy.example', name: '' } }, true],
    ['an answer to a session without a workflow', { event: anEvent('77/1', []) }, false],
    ['an answer to nothing that is known', { event: null }, false],
    ['an answer to a meeting that is not ours', { event: anEvent('101', [], { ref: null }) }, false],
  ])('%s is cleared away or stays', async (_what, over, cleared) => {
    signals.missing.add('77');
    source.responses({ responses: [aResponse('m1', over)] });

    await poll({}, { ...read, after: 'delete' });

    expect(source.asked.includes('delete m1')).toBe(cleared);
  });

  test('leaves messages where they are by default', async () => {
    source.responses({ responses: [aResponse('m1')] });

    await poll({}, read);

    expect(source.asked).toEqual(['link last', 'inbox inbox-last']);
    expect(signals.told()).toEqual(['54: 101 accepted']);
  });

  const refusal = new AccessError('Grant the app Mail.Read', { code: 'GRAPH_ACCESS' });
  test.each([
    ['read', 'inbox'],
    ['cleared', 'delete'],
  ])('that cannot be %s stops nothing, is told, and is tried again from the same link', async (_what, request) => {
    source.failures.set(request, refusal);
    source.changes({ events: [anEvent('101', [answered('accepted', 0)])] });
    source.responses({ responses: [aResponse('m1')] });

    await expect(poll({}, { ...read, after: 'delete' })).resolves.toMatchObject({
      signalledSessions: 1,
      inboxProblem: { code: 'GRAPH_ACCESS', message: 'Grant the app Mail.Read' },
      cursor: { deltaLink: 'after-1', inboxLink: 'inbox-last' },
    });
  });

  test('whose link is lost again at once is tried again next time', async () => {
    source.responses('expired', { isLast: false, responses: [] }, 'expired');

    await expect(poll({}, read)).resolves.toMatchObject({
      inboxProblem: { code: 'GRAPH_UNAVAILABLE' },
      cursor: { inboxLink: 'inbox-last' },
    });
  });

  test('a signal that is not stored fails the run, also while the inbox is read', async () => {
    source.responses({ responses: [aResponse('m1')] });
    const crowd = Array.from({ length: 20_000 }, (_, i) => answered('accepted', 0, `p${i}`));
    source.changes({ events: [anEvent('101', crowd)] });
    signals.before = () => {
      throw new AccessError('no', { code: 'TEMPORAL_ACCESS' });
    };

    await expect(poll({}, { ...read, after: 'delete' })).rejects.toMatchObject({ code: 'TEMPORAL_ACCESS' });
    expect(source.asked).not.toContain('delete m1');
  });
});
