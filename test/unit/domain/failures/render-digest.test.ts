import { CAUSES_PER_MAIL } from '../../../../src/domain/failures/decide-digest';
import { renderDigest } from '../../../../src/domain/failures/render-digest';
import type { DigestContent } from '../../../../src/domain/failures/digest-view';
import { aDecision, aFailure, golden, hoursFromNow, NO_LINKS, shippedTemplates, someContent } from './builders';

const TEMPLATES = shippedTemplates();

const MANY = Array.from({ length: 20 }, (_, i) => ({
  platform: 'academy',
  sessionId: String(54 + i),
  startsAt: i < 18 ? hoursFromNow(24 + i * 7) : null,
  learners: 12 + i,
}));

const A_RECOVERY = {
  cause: 'DOCEBO_TOKEN platform/academy',
  code: 'DOCEBO_TOKEN',
  scope: 'platform/academy',
  since: hoursFromNow(-30),
};

/** A bad day: something of everything. */
const BAD_DAY: Partial<DigestContent> = {
  decision: aDecision({
    failures: [
      aFailure({ count: 112, learners: 2_340, sessions: MANY }),
      aFailure({
        code: 'WEBHOOK_UNKNOWN_EVENT',
        scope: 'platform/academy/ilt.session.archived',
        sessions: [],
        count: 0,
        learners: 0,
        messages: ['37 messages, the last at 2026-05-04T09:58:12.000Z.'],
      }),
      aFailure({
        again: true,
        code: 'TEMPLATE_SYNTAX',
        scope: 'template/emea-2',
        platform: 'emea-2',
        sessions: [{ platform: 'emea-2', sessionId: '7', startsAt: hoursFromNow(-3), learners: 1 }],
        learners: 1,
        since: hoursFromNow(-50),
        messages: [
          'The configuration is not usable:\n  - ./invitation.html line 12: the section {{#place}} is not closed; write {{/place}} after it',
        ],
      }),
      aFailure({
        code: 'DOCEBO_UNAVAILABLE',
        scope: 'platform/academy',
        sessions: [],
        count: 0,
        learners: 0,
        messages: ['DOCEBO: no answer to GET /learn/v1/sessions'],
        workflows: ['sweep/academy-2026-05-04T09:00:00Z'],
      }),
    ],
    recovered: [
      A_RECOVERY,
      { cause: 'GRAPH_QUOTA mailbox/milan', code: 'GRAPH_QUOTA', scope: 'mailbox/milan', since: hoursFromNow(-26) },
    ],
    waiting: 2,
  }),
  furtherSessions: 14,
};

/** Names are allowed, and full of what breaks HTML; nothing is known of Temporal's Web UI. */
const WITH_NAMES: Partial<DigestContent> = {
  links: NO_LINKS,
  names: new Map([
    [
      'academy/54',
      { course: 'Research & <Development>', session: 'Rome, "spring"', people: ["Ana O'Neill", 'Ben {{name}}'] },
    ],
  ]),
};

describe('a failure mail', () => {
  test.each<[string, Partial<DigestContent>]>([
    ['bad-day', BAD_DAY],
    ['with-names', WITH_NAMES],
    ['solved', { decision: aDecision({ recovered: [A_RECOVERY] }) }],
  ])('reads as in golden/%s', (file, content) => {
    const { html, text, subject } = renderDigest(TEMPLATES, someContent(content));

    expect(html).toBe(golden(`${file}.html`));
    expect(`Subject: ${subject}\n\n${text}`).toBe(golden(`${file}.txt`));
  });

  it('escapes what comes from outside', () => {
    const failure = aFailure({
      code: 'WEBHOOK_UNKNOWN_EVENT',
      scope: 'platform/academy/<img src=x onerror=alert(1)>',
      messages: ['<b>{{gist}}</b>'],
    });

    const { html } = renderDigest(TEMPLATES, someContent({ decision: aDecision({ failures: [failure] }) }));

    expect(html).not.toMatch(/<img|<b>\{\{|<b>1 new/);
    expect(html).toContain('&lt;img src&#61;x');
    expect(html).toContain('&lt;b&gt;{{gist}}&lt;/b&gt;');
  });

  it('links sessions, platforms and runs to Temporal’s Web UI', () => {
    const { html } = renderDigest(TEMPLATES, someContent(BAD_DAY));

    const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, url]) => url!.replaceAll('&#61;', '='));
    expect(new Set(links.map((url) => new URL(url).origin))).toEqual(new Set(['https://temporal.example.com']));
    for (const path of [
      'session%2Facademy%2F54',
      'session%2Femea-2%2F7',
      'platform%2Facademy',
      'sweep%2Facademy-2026-05-04T09%3A00%3A00Z',
    ]) {
      expect(links).toContain(`https://temporal.example.com/namespaces/convoke/workflows/${path}`);
    }
  });

  it('shows fewer sessions of each cause when there are many causes, and counts the rest', () => {
    const failures = Array.from({ length: CAUSES_PER_MAIL }, (_, i) =>
      aFailure({ scope: `mailbox/m${i}`, sessions: MANY, count: 20 }),
    );

    const { html } = renderDigest(TEMPLATES, someContent({ decision: aDecision({ failures }) }));

    expect(html.match(/>Session 54 of academy</g)).toHaveLength(CAUSES_PER_MAIL);
    expect(html.match(/>Session 57 of academy</g)).toBeNull();
    expect(html.match(/>17 more sessions</g)).toHaveLength(CAUSES_PER_MAIL);
    // Gmail cuts off what is longer.
    expect(Buffer.byteLength(html)).toBeLessThan(102 * 1024);
  });

  test.each<[string, Partial<DigestContent['decision']>, string]>([
    ['one failure', { failures: [aFailure()] }, 'Microsoft Graph refuses access to mailbox "training" (1 session)'],
    [
      'a failure that lasts',
      { failures: [aFailure({ again: true, count: 12 })] },
      'still: Microsoft Graph refuses access to mailbox "training" (12 sessions)',
    ],
    [
      'a failure of no session',
      { failures: [aFailure({ code: 'WEBHOOK_SILENCE', scope: 'platform/academy', count: 0, sessions: [] })] },
      'No message has come from Docebo platform "academy" for an unusually long time',
    ],
    [
      'two failures, one recovery',
      { failures: [aFailure(), aFailure({ code: 'GRAPH_TOKEN', scope: 'microsoft' })], recovered: [A_RECOVERY] },
      'Microsoft Graph refuses access to mailbox "training" (1 session), and 1 other problem; 1 solved',
    ],
    ['one recovery', { recovered: [A_RECOVERY] }, 'solved: Docebo platform "academy" gives Convoke no access token'],
    [
      'two recoveries',
      { recovered: [A_RECOVERY, A_RECOVERY] },
      'solved: Docebo platform "academy" gives Convoke no access token and 1 more',
    ],
  ])('says in its subject what it is about: %s', (_what, decision, subject) => {
    const rendered = renderDigest(TEMPLATES, someContent({ decision: aDecision(decision) }));

    expect(rendered.subject).toBe(`Convoke: ${subject}`);
  });

  it('keeps its subject short', () => {
    const failure = aFailure({ code: 'WEBHOOK_UNKNOWN_EVENT', scope: `platform/academy/${'long'.repeat(40)}` });

    const { subject } = renderDigest(TEMPLATES, someContent({ decision: aDecision({ failures: [failure] }) }));

    expect(subject).toHaveLength(180);
    expect(subject).toMatch(/longl?o?n?…$/);
  });
});
