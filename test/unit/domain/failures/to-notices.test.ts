import type { FailingSession, FailureReading, OtherProblem } from '../../../../src/domain/failures/failure-reading';
import { toNotices } from '../../../../src/domain/failures/to-notices';
import { aFailingSession, aReading, hoursFromNow, NOW, someHealth } from './builders';

function causes(reading: FailureReading): string[] {
  return toNotices(reading, NOW)
    .map(({ cause, count }) => `${cause} x${count}`)
    .sort();
}

function ofSessions(...sessions: FailingSession[]): FailureReading {
  return aReading({ sessions: { sessions } });
}

function aProblem(over: Partial<OtherProblem> = {}): OtherProblem {
  return {
    code: 'GRAPH_ACCESS',
    platform: null,
    mailbox: 'training',
    since: hoursFromNow(-5),
    message: 'The poll failed.',
    workflowId: 'rsvp-poll/training-2026-05-04T09:55:00Z',
    ...over,
  };
}

describe('failures folded by cause', () => {
  it('are none when nothing fails', () => {
    expect(toNotices(aReading(), NOW)).toEqual([]);
  });

  it.each<[string, string, Partial<FailingSession>, string]>([
    ['the app registration, whatever the session', 'GRAPH_TOKEN', {}, 'microsoft'],
    ['the app registration', 'ENTRA_UNAVAILABLE', { platform: 'emea' }, 'microsoft'],
    ['the mailbox', 'GRAPH_ACCESS', {}, 'mailbox/training'],
    ['the mailbox', 'GRAPH_QUOTA', { mailbox: 'milan' }, 'mailbox/milan'],
    ['the platform, while there is no mailbox', 'GRAPH_ACCESS', { mailbox: null }, 'platform/academy'],
    ['the platform', 'DOCEBO_TOKEN', {}, 'platform/academy'],
    ['the platform', 'PLAN_RIGHTS_CHANGED', { platform: 'emea' }, 'platform/emea'],
    ['the template', 'TEMPLATE_SYNTAX', {}, 'template/academy'],
    ['the platform, where nothing else is known', 'SOMETHING_NEW', {}, 'platform/academy'],
  ])('have as scope %s: %s', (_what, code, over, scope) => {
    expect(causes(ofSessions(aFailingSession({ code, ...over })))).toEqual([`${code} ${scope} x1`]);
  });

  it.each<[string, Partial<OtherProblem>, string]>([
    ['mails', { code: 'MAIL_ACCESS' }, 'MAIL_ACCESS mail x0'],
    ['nothing known', { code: 'SCHEDULE_RUN_FAILED', mailbox: null }, 'SCHEDULE_RUN_FAILED convoke x0'],
    ['a poll', { code: 'SCHEDULE_RUN_FAILED' }, 'SCHEDULE_RUN_FAILED mailbox/training x0'],
    [
      'a sweep',
      { code: 'SCHEDULE_RUN_FAILED', platform: 'emea', mailbox: null },
      'SCHEDULE_RUN_FAILED platform/emea x0',
    ],
    ['a template of no platform', { code: 'TEMPLATE_SYNTAX', mailbox: null }, 'TEMPLATE_SYNTAX convoke x0'],
    ['a silent platform', { code: 'WEBHOOK_SILENCE', platform: 'academy' }, 'WEBHOOK_SILENCE platform/academy x0'],
  ])('have a scope without any session: %s', (_what, over, cause) => {
    expect(causes(aReading({ other: { problems: [aProblem(over)] } }))).toEqual([cause]);
  });

  it('are one notice for sessions and runs alike, with what all of them know', () => {
    const reading = aReading({
      sessions: {
        sessions: [
          aFailingSession({ sessionId: '1', learners: 5 }),
          aFailingSession({
            sessionId: '2',
            platform: 'emea',
            learners: 7,
            failures: [{ code: 'GRAPH_ACCESS', message: 'another text', since: hoursFromNow(-1) }],
          }),
        ],
      },
      other: { problems: [aProblem(), aProblem()] },
    });

    expect(toNotices(reading, NOW)).toEqual([
      {
        cause: 'GRAPH_ACCESS mailbox/training',
        code: 'GRAPH_ACCESS',
        scope: 'mailbox/training',
        platform: null,
        sessions: [
          { platform: 'academy', sessionId: '1', startsAt: hoursFromNow(24), learners: 5 },
          { platform: 'emea', sessionId: '2', startsAt: hoursFromNow(24), learners: 7 },
        ],
        count: 2,
        learners: 12,
        since: hoursFromNow(-5),
        messages: ['The poll failed.', 'Graph refuses access (403).', 'another text'],
        workflows: ['rsvp-poll/training-2026-05-04T09:55:00Z'],
      },
    ]);
  });

  it('count a session once, however many of its events fail', () => {
    const failure = { code: 'GRAPH_REFUSED', message: 'event 1', since: hoursFromNow(-2) };
    const session = aFailingSession({ failures: [failure, { ...failure, message: 'event 2' }] });

    const [notice] = toNotices(ofSessions(session), NOW);

    expect(notice).toMatchObject({ count: 1, learners: 20, messages: ['event 1', 'event 2'] });
  });

  it('keep the causes of one session apart', () => {
    const since = hoursFromNow(-2);
    const failures = ['TEMPLATE_SYNTAX', 'GRAPH_ACCESS'].map((code) => ({ code, message: '', since }));

    expect(causes(ofSessions(aFailingSession({ failures })))).toEqual([
      'GRAPH_ACCESS mailbox/training x1',
      'TEMPLATE_SYNTAX template/academy x1',
    ]);
  });

  it('name the sessions that start soonest, and count all', () => {
    const starts = [-30, null, 5, -2, 300, 4, null];
    const first = starts.map((hours, i) =>
      aFailingSession({ sessionId: String(i), startsAt: hours === null ? null : hoursFromNow(hours) }),
    );
    const later = Array.from({ length: 40 }, (_, i) =>
      aFailingSession({ sessionId: String(100 + i), startsAt: hoursFromNow(-40) }),
    );

    const [notice] = toNotices(ofSessions(...later, ...first), NOW);

    expect(notice!.sessions.map(({ sessionId }) => sessionId).slice(0, 8)).toEqual([
      ...['5', '2', '4', '1', '6', '3', '0'],
      '100',
    ]);
    expect(notice).toMatchObject({ count: 47, learners: 940 });
    expect(notice!.sessions).toHaveLength(20);
  });

  it('tell of sessions that do not answer', () => {
    const unreadable = [
      { platform: 'academy', sessionId: '9' },
      { platform: 'academy', sessionId: '10' },
    ];

    expect(causes(aReading({ sessions: { unreadable } }))).toEqual(['SESSION_UNREADABLE platform/academy x2']);
  });

  it('show at most three messages and five workflows', () => {
    const problems = Array.from({ length: 9 }, (_, i) => aProblem({ message: `m${i}`, workflowId: `w${i}` }));

    const [notice] = toNotices(aReading({ other: { problems } }), NOW);

    expect(notice).toMatchObject({ messages: ['m0', 'm1', 'm2'], workflows: ['w0', 'w1', 'w2', 'w3', 'w4'] });
  });

  it('need no workflow', () => {
    const [notice] = toNotices(aReading({ other: { problems: [aProblem({ workflowId: null })] } }), NOW);

    expect(notice!.workflows).toEqual([]);
  });

  it('show a long message only in part', () => {
    const [notice] = toNotices(aReading({ other: { problems: [aProblem({ message: 'x'.repeat(5_000) })] } }), NOW);

    expect(notice!.messages[0]).toBe(`${'x'.repeat(599)}…`);
  });
});

describe('what is wrong with webhooks', () => {
  const unknown = (over: object = {}, shape: object = {}) => ({
    shape: { event: 'ilt.session.archived', pointers: [], reason: 'unknown-event' as const, ...shape },
    firstAt: hoursFromNow(-90),
    lastAt: hoursFromNow(-1),
    count: 37,
    ...over,
  });

  it.each<[string, Parameters<typeof someHealth>[0], string[]]>([
    ['nothing', {}, []],
    [
      'three wrong passwords, the last today',
      { authenticationFailures: 3, lastAuthenticationFailureAt: hoursFromNow(-24) },
      ['WEBHOOK_AUTHENTICATION platform/academy x0'],
    ],
    ['two wrong passwords', { authenticationFailures: 2, lastAuthenticationFailureAt: hoursFromNow(-1) }, []],
    ['wrong passwords long ago', { authenticationFailures: 99, lastAuthenticationFailureAt: hoursFromNow(-26) }, []],
    [
      'an unknown event',
      { unknownEvents: [unknown()] },
      ['WEBHOOK_UNKNOWN_EVENT platform/academy/ilt.session.archived x0'],
    ],
    ['an unknown event that comes no more', { unknownEvents: [unknown({ lastAt: hoursFromNow(-26) })] }, []],
    [
      'an event without an id',
      { unknownEvents: [unknown({}, { reason: 'missing-id' })] },
      ['WEBHOOK_WITHOUT_ID platform/academy/ilt.session.archived x0'],
    ],
    [
      'each unknown event',
      { unknownEvents: [unknown(), unknown({}, { event: 'course.exported' })] },
      [
        'WEBHOOK_UNKNOWN_EVENT platform/academy/course.exported x0',
        'WEBHOOK_UNKNOWN_EVENT platform/academy/ilt.session.archived x0',
      ],
    ],
    [
      'an event whose name is none',
      { unknownEvents: [unknown({}, { event: ' \u0000\n ' })] },
      ['WEBHOOK_UNKNOWN_EVENT platform/academy/without a name x0'],
    ],
    [
      'an event with a long name on two lines',
      { unknownEvents: [unknown({}, { event: `a\r\nb${'c'.repeat(100)}` })] },
      [`WEBHOOK_UNKNOWN_EVENT platform/academy/a b${'c'.repeat(77)} x0`],
    ],
    [
      'another Docebo',
      { foreignDomains: [{ domain: 'other.docebosaas.com', count: 3, lastAt: hoursFromNow(-2) }] },
      ['WEBHOOK_FOREIGN_DOMAIN platform/academy/other.docebosaas.com x0'],
    ],
    [
      'another Docebo, long ago',
      { foreignDomains: [{ domain: 'other.docebosaas.com', count: 3, lastAt: hoursFromNow(-200) }] },
      [],
    ],
  ])('is told: %s', (_what, health, expected) => {
    expect(causes(aReading({ health: { platforms: [someHealth(health)] } }))).toEqual(expected);
  });

  it('comes with counts and times', () => {
    const health = someHealth({
      lastWebhookAt: null,
      authenticationFailures: 12,
      lastAuthenticationFailureAt: hoursFromNow(-1),
      unknownEvents: [unknown()],
    });

    const notices = toNotices(aReading({ health: { platforms: [health] } }), NOW);

    expect(notices).toMatchObject([
      {
        platform: 'academy',
        since: hoursFromNow(-1),
        messages: [
          `12 messages with wrong credentials so far, the last at ${hoursFromNow(-1)}; last accepted: none yet.`,
        ],
      },
      { since: hoursFromNow(-90), messages: [`37 messages, the last at ${hoursFromNow(-1)}.`] },
    ]);
  });
});
