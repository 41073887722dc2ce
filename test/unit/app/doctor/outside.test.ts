import { clocks } from '../../../../src/app/doctor/checks/clocks';
import { doceboAccess } from '../../../../src/app/doctor/checks/docebo-access';
import { doceboProfile } from '../../../../src/app/doctor/checks/docebo-profile';
import { mailboxCalendar } from '../../../../src/app/doctor/checks/mailbox-calendar';
import { microsoftToken } from '../../../../src/app/doctor/checks/microsoft-token';
import type { PlatformHealthState } from '../../../../src/contract/messages';
import type { SampledSession } from '../../../../src/domain/inspection/facts';
import { aCalendar, aClient, aContext, failed, run, seen } from './a-context';

describe('clocks', () => {
  const client = aClient({});
  const skewed = (docebo: number, microsoft: number, temporal: number | null) =>
    aContext({
      client,
      platform: { skewMs: seen(docebo) },
      mailbox: { skewMs: seen(microsoft) },
      reads: { read: () => Promise.reject(new Error('not asked')), serverSkewMs: async () => temporal },
    });

  test('are green while all agree within half a minute', async () => {
    expect((await run(clocks, skewed(29_000, -29_000, 1_000))).lines).toEqual([
      'green clock.docebo academy',
      'green clock.microsoft training',
      'green clock.temporal',
    ]);
  });

  test('are red when they do not, and say which way ours is off', async () => {
    const { lines, findings } = await run(clocks, skewed(31_000, -31_000, 90_000));

    expect(lines).toEqual(['red clock.docebo academy', 'red clock.microsoft training', 'red clock.temporal']);
    expect(findings.map(({ says }) => says)).toEqual([
      'our clock is 31 s slow',
      'our clock is 31 s fast',
      'our clock is 90 s slow',
    ]);
    expect(findings[2]?.mend).toEqual([
      'Switch time synchronisation on, on the machines of Temporal, worker and api: timedatectl set-ntp true',
    ]);
  });

  test('are looked at where they could not be told; without Temporal its own is not asked for', async () => {
    const untold = aContext({ client, platform: { skewMs: failed('DOCEBO_UNAVAILABLE') } });

    expect((await run(clocks, untold)).lines).toEqual([
      'yellow clock.docebo academy',
      'green clock.microsoft training',
      'yellow clock.temporal',
    ]);
    expect((await run(clocks, aContext())).lines).toEqual([
      'green clock.docebo academy',
      'green clock.microsoft training',
    ]);
  });
});

describe('Docebo', () => {
  test('is looked at when the token sees no course at all', async () => {
    const { lines, text } = await run(doceboAccess, aContext({ platform: { courses: { seen: 0, lookedInto: 0 } } }));

    expect(lines).toEqual([
      'green docebo.token academy',
      'green docebo.rights academy',
      'yellow docebo.courses academy',
    ]);
    expect(text).toContain('baseUrl in convoke.yaml');
  });

  const aSample = (over: Partial<SampledSession> = {}): SampledSession => ({
    courseId: '1',
    sessionId: '5401',
    kind: 'found',
    events: [],
    enrolments: 2,
    problems: [],
    ...over,
  });

  test.each(['gone', 'unproven'] as const)('is red when a listed session cannot be read: %s', async (kind) => {
    const { lines, text } = await run(doceboProfile, aContext({ platform: { sample: seen(aSample({ kind })) } }));

    expect(lines).toEqual(['red docebo.profile academy']);
    expect(text).toContain('Correct endpoints.session of the tenant profile');
  });

  test('is red when the courses cannot be listed, unless that is the token', async () => {
    const sample = failed('DOCEBO_ACCESS', 403);

    expect((await run(doceboProfile, aContext({ platform: { sample } }))).lines).toEqual([
      'red docebo.profile academy',
    ]);
    const both = { sample, readAs: failed('DOCEBO_TOKEN') };
    expect((await run(doceboProfile, aContext({ platform: both }))).lines).toEqual([]);
  });

  const health = (over: Partial<PlatformHealthState>): PlatformHealthState => ({
    v: 1,
    platform: 'academy',
    lastWebhookAt: '2026-11-27T19:00:00.000Z',
    webhooks: 12,
    authenticationFailures: 0,
    lastAuthenticationFailureAt: null,
    unknownEvents: [],
    coverage: null,
    foreignDomains: [],
    ...over,
  });
  const hearing = (state: PlatformHealthState | null) =>
    aContext({ client: aClient({}), health: async () => state, platform: { sample: seen(aSample()) } });
  const at = '2026-11-27T19:00:00.000Z';

  test('has its event names confirmed by messages, and none before one came', async () => {
    expect((await run(doceboProfile, hearing(health({})))).lines[1]).toBe('green docebo.events academy');
    expect((await run(doceboProfile, hearing(null))).lines[1]).toBe('yellow docebo.events academy');
    expect((await run(doceboProfile, hearing(health({ lastWebhookAt: null })))).lines[1]).toBe(
      'yellow docebo.events academy',
    );
  });

  test('is red when messages led to nothing, with their names, fields and the place in the profile', async () => {
    const unknown = (event: string, reason: 'unknown-event' | 'no-session-id') => ({
      shape: { event, reason, pointers: ['/payload/sess_id', '/payload/course'] },
      firstAt: at,
      lastAt: at,
      count: 3,
    });
    const unknownEvents = [unknown('ilt.session.moved', 'unknown-event'), unknown('ilt.enrolled', 'no-session-id')];

    const { findings } = await run(doceboProfile, hearing(health({ unknownEvents } as never)));

    expect(findings[1]).toMatchObject({
      check: 'docebo.events',
      verdict: 'red',
      says: '2 kinds of webhook messages led to nothing',
    });
    expect(findings[1]?.mend).toEqual([
      '"ilt.session.moved" (3 times): enter it under "events" of the tenant profile, or take the event off the webhook. Its fields: /payload/sess_id /payload/course',
      '"ilt.enrolled" (3 times): enter it under "webhook" of the tenant profile, or take the event off the webhook. Its fields: /payload/sess_id /payload/course',
    ]);
  });
});

describe('the mailbox', () => {
  test.each([
    ['is not the primary one', { isDefault: false }],
    ['does not note answers', { talliesResponses: false }],
    ['may not be written', { canEdit: false }],
  ])('is red when its calendar %s', async (what, over) => {
    const { lines, text } = await run(mailboxCalendar, aContext({ mailbox: { calendar: seen(aCalendar(over)) } }));

    expect(lines[0]).toBe('red mailbox.calendar training');
    expect(text).toContain(`the calendar ${what}`);
    expect(text).toContain('Microsoft 365 admin center > Users');
  });

  test('is looked at when the token reaches the whole tenant, with the click that ends it', async () => {
    const token = seen({ roles: ['Calendars.ReadWrite', 'Mail.Send'], scopes: [], tenant: null });

    const { lines, text } = await run(microsoftToken, aContext({ mailbox: { token } }));

    expect(lines).toEqual(['yellow microsoft.token training']);
    expect(text).toContain('Entra grants Calendars.ReadWrite, Mail.Send for the whole tenant');
    expect(text).toContain('API permissions: remove Calendars.ReadWrite, Mail.Send and revoke the admin consent');
    const narrowed = aContext({ mailbox: { token, other: seen('refused' as const) } });
    expect((await run(microsoftToken, narrowed)).lines).toEqual(['green microsoft.token training']);
  });
});
