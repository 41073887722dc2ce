import { toDigestView, type DigestContent } from '../../../../src/domain/failures/digest-view';
import { aDecision, aFailure, hoursFromNow, NO_LINKS, someContent } from './builders';

const A_RECOVERY = { cause: 'A b', code: 'A', scope: 'b', since: hoursFromNow(-30) };

describe('what a failure mail shows', () => {
  test.each<[Partial<DigestContent['decision']>, string]>([
    [{ failures: [aFailure()] }, '1 new problem.'],
    [{ failures: [aFailure({ again: true })] }, '1 problem lasts.'],
    [{ recovered: [A_RECOVERY] }, '1 problem is solved.'],
    [
      {
        failures: [aFailure(), aFailure(), aFailure({ again: true }), aFailure({ again: true })],
        recovered: [A_RECOVERY, A_RECOVERY],
      },
      '2 new problems, 2 problems last, 2 problems are solved.',
    ],
  ])('begins with the sum of it', (decision, gist) => {
    expect(toDigestView(someContent({ decision: aDecision(decision) })).gist).toBe(gist);
  });

  test.each<[string, Parameters<typeof aFailure>[0], string | null]>([
    ['nobody', { count: 0, learners: 0, sessions: [] }, null],
    ['one session', {}, '1 session with 20 learners; it starts 2026-05-05 10:00 UTC.'],
    [
      'many',
      { count: 1_200, learners: 33_000 },
      '1,200 sessions with 33,000 learners; the next starts 2026-05-05 10:00 UTC.',
    ],
    [
      'a session that began',
      { learners: 1, sessions: [{ platform: 'academy', sessionId: '1', startsAt: hoursFromNow(-1), learners: 1 }] },
      '1 session with 1 learner.',
    ],
    [
      'a session without times and people',
      { learners: 0, sessions: [{ platform: 'academy', sessionId: '1', startsAt: null, learners: 0 }] },
      '1 session.',
    ],
    ['sessions that are not known', { count: 2, sessions: [] }, '2 sessions with 20 learners.'],
  ])('counts who is affected: %s', (_what, failure, affected) => {
    const { failures } = toDigestView(someContent({ decision: aDecision({ failures: [aFailure(failure)] }) }));

    expect(failures[0]?.affected).toBe(affected);
  });

  test.each<[string, { course: string; session: string; people: string[] }, object]>([
    [
      'all',
      { course: 'Safety', session: 'Rome', people: ['Ana', 'Ben'] },
      { name: 'Safety: Rome', people: 'Ana, Ben and 18 more' },
    ],
    ['no people', { course: 'Safety', session: '', people: [] }, { name: 'Safety', people: null }],
    [
      'everybody',
      { course: '', session: 'Rome', people: Array.from({ length: 20 }, () => 'X') },
      { name: 'Rome', people: Array.from({ length: 20 }, () => 'X').join(', ') },
    ],
  ])('shows the names that it is given: %s', (_what, names, shown) => {
    const { failures } = toDigestView(someContent({ names: new Map([['academy/54', names]]) }));

    expect(failures[0]?.sessions).toMatchObject([shown]);
  });

  it('shows ids where there are no names and no links', () => {
    const sessions = [{ platform: 'emea', sessionId: '9', startsAt: null, learners: 0 }];
    const failure = aFailure({ sessions, count: 2, workflows: ['sweep/emea'] });

    const view = toDigestView(someContent({ links: NO_LINKS, decision: aDecision({ failures: [failure] }) }));

    expect(view.failing_url).toBeNull();
    expect(view.failures[0]).toMatchObject({
      sessions: [
        {
          label: 'Session 9 of emea',
          url: null,
          starts: null,
          has_begun: false,
          learners: null,
          name: null,
          people: null,
        },
      ],
      hidden: '1 more session',
      hidden_url: null,
      workflows: [{ label: 'sweep/emea', url: null }],
    });
  });

  it('leads from a webhook’s problem to its platform', () => {
    const of = (platform: string | null) => aFailure({ code: 'WEBHOOK_SILENCE', scope: 'platform/academy', platform });

    const { failures } = toDigestView(someContent({ decision: aDecision({ failures: [of('academy'), of(null)] }) }));

    expect(failures.map(({ workflows }) => workflows.map(({ label }) => label))).toEqual([['Webhooks of academy'], []]);
  });

  it('says what it leaves out', () => {
    const view = toDigestView(someContent({ decision: aDecision({ waiting: 1 }), furtherSessions: 1 }));

    expect(view).toMatchObject({ waiting: '1 more cause follows', further: '1 more session fails' });
  });
});
