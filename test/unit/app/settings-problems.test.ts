import { problemsOf, SOME_YAML, yamlWith } from './some-configuration';

/** One wrong setting, by the changes to the least configuration; the message begins with its place. */
const platform = (changes: Readonly<Record<string, unknown>>): string => yamlWith({ platforms: { academy: changes } });

/** Each line ten times the one before: a few hundred bytes that would fill any memory. */
const BILLION = Array.from(
  { length: 9 },
  (_, i) =>
    `a${i}: &a${i} [${Array(10)
      .fill(i === 0 ? 'x' : `*a${i - 1}`)
      .join(', ')}]\n`,
).join('');

describe('a convoke.yaml that is none', () => {
  test.each([
    [
      '',
      [
        'convoke.yaml line 1: is empty; write the sections platforms, mailboxes and microsoft at least; convoke.example.yaml shows them all',
      ],
    ],
    [
      '- a',
      [
        'convoke.yaml line 1: is a list; write the sections platforms, mailboxes and microsoft at least; convoke.example.yaml shows them all',
      ],
    ],
    [`${SOME_YAML}\tpace: {}\n`, [expect.stringMatching(/^convoke\.yaml line 11: /)]],
    [`${SOME_YAML}pace: {\n`, [expect.stringMatching(/^convoke\.yaml line 12: /)]],
    [`${SOME_YAML}microsoft: {}\n`, ['convoke.yaml line 11: Map keys must be unique']],
    [
      `${SOME_YAML}pace: *slow\n`,
      [expect.stringMatching(/^convoke\.yaml: Unresolved alias.*slow; write the value itself/)],
    ],
    [BILLION, [expect.stringMatching(/^convoke\.yaml: Excessive alias count.*; write the value itself/)]],
    [
      '{}',
      [
        'convoke.yaml line 1: platforms is missing; write the Docebo platforms, each under a key that never changes',
        'convoke.yaml line 1: mailboxes is missing; write the mailboxes that organise the meetings, each under a key that never changes',
        'convoke.yaml line 1: microsoft is missing; write the app registration in Microsoft Entra: tenant and clientId',
      ],
    ],
  ])('is refused with its line: %j', (yaml, problems) => {
    expect(problemsOf({ yaml }).filter((problem) => problem.startsWith('convoke.yaml'))).toEqual(problems);
  });
});

describe('a wrong setting', () => {
  test.each<[string, string, string]>([
    [
      'an unknown section',
      `${SOME_YAML}notification: {}\n`,
      'convoke.yaml line 11, notification: there is no such setting (did you mean "notifications"?)',
    ],
    [
      'an unknown setting like no other',
      `${SOME_YAML}pace: { tempo: 1s }\n`,
      'convoke.yaml line 11, pace.tempo: there is no such setting; known are coalesce, settle, retry, grace, rollOver, hintMemory',
    ],
    [
      'an unknown setting of a platform',
      SOME_YAML.replace('profile:', 'profil: x\n    profile:'),
      'convoke.yaml line 4, platforms.academy.profil: there is no such setting (did you mean "profile"?)',
    ],
    [
      'no platform at all',
      SOME_YAML.replace(/academy:[^]*?mailboxes/, '{}\nmailboxes').replace('platforms:\n  {}', 'platforms: {}'),
      'convoke.yaml line 1, platforms: is empty; write the Docebo platforms, each under a key that never changes',
    ],
    [
      'a platform without settings',
      SOME_YAML.replace('  academy:', '  other:\n  academy:'),
      'convoke.yaml line 2, platforms.other: is empty; write the settings of the platform: at least baseUrl and profile',
    ],
    [
      'a key with capitals',
      SOME_YAML.replace('academy', 'Academy'),
      'convoke.yaml line 2, platforms.Academy: is no name for this; write 1 to 32 lower-case letters, digits and dashes',
    ],
    [
      'a key that is too long',
      SOME_YAML.replace('training:', `${'t'.repeat(33)}:`),
      `convoke.yaml line 6, mailboxes.${'t'.repeat(33)}: is no name for this; write 1 to 32 lower-case letters, digits and dashes`,
    ],
    [
      'no base address',
      platform({ baseUrl: undefined }),
      "convoke.yaml line 2, platforms.academy: baseUrl is missing; write the platform's address, such as https://academy.docebosaas.com",
    ],
    [
      'a base address without a scheme',
      platform({ baseUrl: 'academy.example.com' }),
      'convoke.yaml line 3, platforms.academy.baseUrl: "academy.example.com" is no web address; begin it with https://',
    ],
    [
      'a base address that is none',
      platform({ baseUrl: 'https://academy example' }),
      'convoke.yaml line 3, platforms.academy.baseUrl: "https://academy example" is no web address; begin it with https://',
    ],
    [
      'a password in an address',
      platform({ baseUrl: 'https://admin:hidden@academy.example.com' }),
      'convoke.yaml line 3, platforms.academy.baseUrl: holds a name or password; these belong into the environment',
    ],
    [
      'a query in an address',
      platform({ baseUrl: 'https://academy.example.com/?a=1' }),
      'convoke.yaml line 3, platforms.academy.baseUrl: "https://academy.example.com/?a=1" goes on after its path; leave out everything from ?',
    ],
    [
      'a fragment in an address',
      platform({ baseUrl: 'https://academy.example.com/#a' }),
      'convoke.yaml line 3, platforms.academy.baseUrl: "https://academy.example.com/#a" goes on after its path; leave out everything from #',
    ],
    [
      'an unknown profile',
      platform({ profile: 'assumed-v9' }),
      'convoke.yaml line 4, platforms.academy.profile: the file profiles/assumed-v9.json cannot be read (there is no such file); relative paths start at convoke.yaml',
    ],
    [
      'an empty profile',
      platform({ profile: '' }),
      'convoke.yaml line 4, platforms.academy.profile: is empty; write the name of a shipped tenant profile, such as assumed-v1, or the path of one of your own, such as ./academy.json',
    ],
    [
      'an original domain with a scheme',
      platform({ originalDomain: 'https://a.example' }),
      'convoke.yaml line 5, platforms.academy.originalDomain: is "https://a.example"; write the host that Docebo names in webhooks as original_domain, such as academy.docebosaas.com',
    ],
    [
      'an unknown grant',
      platform({ grant: 'client-credential' }),
      'convoke.yaml line 5, platforms.academy.grant: is "client-credential"; write client_credentials or password (did you mean "client_credentials"?)',
    ],
    [
      'calls in words',
      platform({ callsPerHour: 'many' }),
      'convoke.yaml line 5, platforms.academy.callsPerHour: is "many"; write a whole number of API calls an hour, such as 800',
    ],
    [
      'no calls',
      platform({ callsPerHour: 0 }),
      'convoke.yaml line 5, platforms.academy.callsPerHour: is 0; write a whole number of API calls an hour, such as 800',
    ],
    [
      'a burst that no session fits in',
      platform({ callBurst: 5 }),
      'convoke.yaml line 5, platforms.academy.callBurst: is 5; write a whole number of API calls at once, at least 20, such as 200',
    ],
    [
      'an unknown switch',
      platform({ rsvp: 'of' }),
      'convoke.yaml line 5, platforms.academy.rsvp: is "of"; write on or frozen (did you mean "on"?)',
    ],
    [
      'a switch that is true',
      platform({ rsvp: true }),
      'convoke.yaml line 5, platforms.academy.rsvp: is true; write on or frozen',
    ],
    [
      'an unknown way to switch a course off',
      platform({ courseOff: 'never' }),
      'convoke.yaml line 5, platforms.academy.courseOff: is "never"; write nextUpdate or now or leave',
    ],
    [
      'instructors in words',
      platform({ addInstructors: 'yes' }),
      'convoke.yaml line 5, platforms.academy.addInstructors: is "yes"; write true or false',
    ],
    [
      'an unknown mailbox',
      platform({ mailbox: 'traning' }),
      'convoke.yaml line 5, platforms.academy.mailbox: there is no mailbox "traning" (did you mean "training"?)',
    ],
    [
      'a mailbox like no other',
      platform({ mailbox: 'milan' }),
      'convoke.yaml line 5, platforms.academy.mailbox: there is no mailbox "milan"; there are training',
    ],
    [
      'no mailbox where there are two',
      yamlWith({ mailboxes: { milan: { user: 'milan@example.com' } } }),
      'convoke.yaml line 2, platforms.academy: mailbox is missing; write which of training, milan organises its meetings',
    ],
    [
      'a route to an unknown mailbox',
      platform({ routes: [{ courses: [1], mailbox: 'milan' }] }),
      'convoke.yaml line 8, platforms.academy.routes[0].mailbox: there is no mailbox "milan"; there are training',
    ],
    [
      'a time zone that is none',
      `${SOME_YAML}schedules: { timeZone: Rome }\n`,
      'convoke.yaml line 11, schedules.timeZone: "Rome" is no time zone; write an IANA name such as Europe/Rome',
    ],
    [
      'working hours that end before they begin',
      `${SOME_YAML}schedules: { silence: { from: "18:00", to: "08:00" } }\n`,
      'convoke.yaml line 11, schedules.silence: from 18:00 is not before to 08:00',
    ],
    [
      'a decline that unenrols, without a time',
      platform({ answers: { decline: 'unenrol' } }),
      'convoke.yaml line 5, platforms.academy.answers: decline is unenrol, and unenrolAfter is missing; write how long a decline may be taken back, such as 2d, or 0s for at once',
    ],
    [
      'a time for declines that unenrol nobody',
      platform({ answers: { decline: 'mark', unenrolAfter: '2d' } }),
      'convoke.yaml line 7, platforms.academy.answers.unenrolAfter: has no meaning with decline: mark; write decline: unenrol, or take it out',
    ],
    [
      'two decline rules for a course',
      platform({
        answers: {
          courseRules: [
            { courses: [1], decline: 'mark' },
            { courses: [1], decline: 'keep' },
          ],
        },
      }),
      'convoke.yaml line 10, platforms.academy.answers.courseRules[1]: rules course 1 a second time; keep one',
    ],
    [
      'a course that is routed twice',
      platform({
        routes: [
          { courses: [1], mailbox: 'training' },
          { courses: [2, '1'], mailbox: 'training' },
        ],
      }),
      'convoke.yaml line 9, platforms.academy.routes[1]: routes course 1 a second time; keep one',
    ],
    [
      'a course that is no number',
      platform({ routes: [{ courses: ['ISO 27001'], mailbox: 'training' }] }),
      'convoke.yaml line 7, platforms.academy.routes[0].courses[0]: is "ISO 27001"; write the number of a course in Docebo',
    ],
    [
      'a route without courses',
      platform({ routes: [{ courses: [], mailbox: 'training' }] }),
      'convoke.yaml line 6, platforms.academy.routes[0].courses: is an empty list; write a list of course numbers',
    ],
    [
      'a route without a condition',
      platform({ routes: [{ mailbox: 'training' }] }),
      'convoke.yaml line 6, platforms.academy.routes[0]: has no condition; write courses, categories, locations or fields, or set platforms.<platform>.mailbox',
    ],
    [
      'a route by a field of something else',
      platform({ routes: [{ fields: { 'event:5': ['x'] }, mailbox: 'training' }] }),
      'convoke.yaml line 7, platforms.academy.routes[0].fields.event:5: is no name for this; write course: or session: and the id or the name of the additional field, such as session:Region',
    ],
    [
      'a host with a scheme',
      platform({ lmsBaseUri: 'https://learn.example.com' }),
      'convoke.yaml line 5, platforms.academy.lmsBaseUri: is "https://learn.example.com"; write the host that learners use, without https:// and a slash at the end, such as platform.example.com',
    ],
    [
      'a session link with an unknown variable',
      platform({ sessionLink: 'https://{lms_base_uri}/{session}/{session_id}' }),
      'convoke.yaml line 5, platforms.academy.sessionLink: {session} is not known there (did you mean "session_id"?); write any of lms_base_uri, course_id, session_id, session_slug, session_name',
    ],
    [
      'an input with a bad name',
      platform({ additionalInputs: { 'Room note': 'session:5' } }),
      'convoke.yaml line 6, platforms.academy.additionalInputs.Room note: is no name for this; write lower-case letters, digits and underscores, with a letter first',
    ],
    [
      'an input from nowhere',
      platform({ additionalInputs: { note: 'event:5' } }),
      'convoke.yaml line 6, platforms.academy.additionalInputs.note: is "event:5"; write course: or session: and the id or the name of the additional field, such as session:5',
    ],
    [
      'an input that exists',
      platform({ additionalInputs: { course_name: 'course:5' } }),
      'convoke.yaml line 6, platforms.academy.additionalInputs.course_name: is an input that every template has already; choose another name',
    ],
    [
      'a template that is not there',
      platform({ templates: { body: './mine.html' } }),
      'convoke.yaml line 6, platforms.academy.templates.body: the file ./mine.html cannot be read (there is no such file); relative paths start at convoke.yaml',
    ],
    [
      'a shipped template that is not there',
      platform({ templates: { body: 'invitations' } }),
      'convoke.yaml line 6, platforms.academy.templates.body: the file templates/invitations.html cannot be read (there is no such file); relative paths start at convoke.yaml',
    ],
    [
      'an unknown input in the subject',
      platform({ templates: { subject: '{{course}}' } }),
      'convoke.yaml line 5, platforms.academy.templates: the subject template line 1: there is no input {{course}} (did you mean "course_id"?)',
    ],
    [
      'an unknown form of the session name',
      platform({ templates: { sessionName: 'slugg' } }),
      'convoke.yaml line 6, platforms.academy.templates.sessionName: is "slugg"; write text or slug (did you mean "slug"?)',
    ],
    [
      'less than nobody asked about',
      platform({ askBeforeRemoving: -1 }),
      'convoke.yaml line 5, platforms.academy.askBeforeRemoving: is -1; write a whole number of learners, such as 10, or 0 to ask nobody',
    ],
    [
      'an unknown way with forwarded invitations',
      platform({ calendar: { forwarded: 'remove' } }),
      'convoke.yaml line 6, platforms.academy.calendar.forwarded: is "remove"; write keep or drop',
    ],
    [
      'an unknown wish for Teams meetings',
      platform({ calendar: { teamsMeeting: 'always' } }),
      'convoke.yaml line 6, platforms.academy.calendar.teamsMeeting: is "always"; write never or webinars',
    ],
    [
      'a comment that is no text',
      platform({ calendar: { cancelComment: 5 } }),
      'convoke.yaml line 6, platforms.academy.calendar.cancelComment: is 5; write a sentence for the cancellation mail',
    ],
    [
      'a stamp in words',
      platform({ calendar: { adoptStamp: 'on' } }),
      'convoke.yaml line 6, platforms.academy.calendar.adoptStamp: is "on"; write true or false',
    ],
    [
      'the same platform twice',
      yamlWith({
        platforms: { twin: { baseUrl: 'https://ACADEMY.example.com/', profile: 'assumed-v1' } },
      }),
      'convoke.yaml line 6, platforms.twin.baseUrl: is the same platform as academy; everybody would be invited twice, so keep one of the two',
    ],
    [
      'a mailbox without a user',
      yamlWith({ mailboxes: { training: { user: undefined, calendarName: 'Calendar' } } }),
      "convoke.yaml line 6, mailboxes.training: user is missing; write the mailbox's address (training@example.com), the user's object id, or me",
    ],
    [
      'a mailbox that is no address, which is not repeated',
      yamlWith({ mailboxes: { training: { user: 'Jane Doe' } } }),
      "convoke.yaml line 7, mailboxes.training.user: is something else; write the mailbox's address (training@example.com), the user's object id, or me",
    ],
    [
      'the same mailbox twice',
      yamlWith({
        mailboxes: { twin: { user: 'Training@example.com' } },
        platforms: { academy: { mailbox: 'training' } },
      }),
      'convoke.yaml line 10, mailboxes.twin.user: is the same mailbox as training; together they would exceed what Graph allows one mailbox, so keep one of the two',
    ],
    [
      'nobody’s mailbox in production',
      yamlWith({ mailboxes: { training: { user: 'me' } } }),
      'convoke.yaml line 7, mailboxes.training.user: "me" needs somebody who signs in, but the app signs in by itself; write the address of the mailbox, or use an account of kind delegated',
    ],
    [
      'an empty calendar name',
      yamlWith({ mailboxes: { training: { calendarName: '' } } }),
      "convoke.yaml line 8, mailboxes.training.calendarName: is empty; write the name of the mailbox's primary calendar, as Outlook shows it",
    ],
    [
      'no tenant',
      yamlWith({ microsoft: { tenant: undefined } }),
      "convoke.yaml line 8, microsoft: tenant is missing; write the tenant's id or one of its domains, such as contoso.onmicrosoft.com",
    ],
    [
      'all tenants',
      yamlWith({ microsoft: { tenant: 'Common' } }),
      'convoke.yaml line 9, microsoft.tenant: "Common" stands for many tenants, but the app signs in to one; write its id or domain, or use an account of kind delegated',
    ],
    [
      'a secret’s id for the app’s',
      yamlWith({ microsoft: { clientId: 'abc' } }),
      'convoke.yaml line 10, microsoft.clientId: is "abc"; write the application (client) id of the app registration, such as 00001111-aaaa-2222-bbbb-3333cccc4444',
    ],
    [
      'a login address with the tenant',
      yamlWith({ microsoft: { authority: 'https://login.microsoftonline.com/contoso' } }),
      'convoke.yaml line 11, microsoft.authority: "https://login.microsoftonline.com/contoso" has a path; write https://login.microsoftonline.com and put the tenant into microsoft.tenant',
    ],
    [
      'a version of Graph',
      yamlWith({ microsoft: { graphBaseUrl: 'https://graph.microsoft.com/v1.0/' } }),
      'convoke.yaml line 11, microsoft.graphBaseUrl: "https://graph.microsoft.com/v1.0" has a version; leave that out, Convoke adds it',
    ],
    [
      'a Graph of another cloud',
      yamlWith({
        microsoft: { authority: 'https://login.microsoftonline.us', graphBaseUrl: 'https://graph.microsoft.com' },
      }),
      'convoke.yaml line 12, microsoft.graphBaseUrl: "https://graph.microsoft.com" belongs to another cloud than login.microsoftonline.us; write https://graph.microsoft.us or https://dod-graph.microsoft.us',
    ],
    [
      'a recipient that is no address, which is not repeated',
      yamlWith({ notifications: { failureRecipients: ['a@b.example', 'Jane Doe'] } }),
      'convoke.yaml line 14, notifications.failureRecipients[1]: is something else; write a mail address such as training-desk@example.com',
    ],
    [
      'one recipient for a list',
      yamlWith({ notifications: { failureRecipients: 'a@b.example' } }),
      'convoke.yaml line 12, notifications.failureRecipients: is something else; write a list of mail addresses, of people or distribution lists',
    ],
    [
      'a duration without a unit',
      yamlWith({ pace: { settle: 60 } }),
      'convoke.yaml line 12, pace.settle: is 60; write a duration such as 500ms, 10s, 5m, 2h or 7d, of 99999d at most',
    ],
    [
      'a duration in words',
      yamlWith({ pace: { coalesce: 'five seconds' } }),
      'convoke.yaml line 12, pace.coalesce: is "five seconds"; write a duration such as 500ms, 10s, 5m, 2h or 7d, of 99999d at most',
    ],
    [
      'no waits',
      yamlWith({ pace: { retry: [] } }),
      'convoke.yaml line 12, pace.retry: is an empty list; write a list of waits such as [1m, 5m, 30m, 2h]; the last one repeats',
    ],
    [
      'groups for a wait',
      yamlWith({ pace: { grace: { days: 7 }, rollOver: [] } }),
      'convoke.yaml line 12, pace.grace: is a group of settings; write a duration such as 500ms, 10s, 5m, 2h or 7d, of 99999d at most',
    ],
    [
      'a port that is none',
      yamlWith({ api: { port: 70000 } }),
      'convoke.yaml line 12, api.port: is 70000; write a port from 0 to 65535',
    ],
    [
      'an empty host',
      yamlWith({ api: { host: '' } }),
      'convoke.yaml line 12, api.host: is empty; write the address to listen on: 127.0.0.1 or 0.0.0.0',
    ],
    [
      'a public address over http',
      yamlWith({ api: { publicUrl: 'http://convoke.example.com' } }),
      'convoke.yaml line 12, api.publicUrl: "http://convoke.example.com" is not encrypted, which production refuses; write https:// (or set CONVOKE_ENVIRONMENT=development for a trial)',
    ],
    [
      'a limit without a unit',
      yamlWith({ api: { bodyLimit: '1048576' } }),
      'convoke.yaml line 12, api.bodyLimit: is "1048576"; write a size such as 512KB or 1MB',
    ],
    [
      'a deadline that Docebo does not wait for',
      yamlWith({ api: { ackDeadline: '5s' } }),
      'convoke.yaml line 12, api.ackDeadline: is 5s, but Docebo waits 5s for an answer; write less than that, such as 3500ms',
    ],
    [
      'no deadline',
      yamlWith({ api: { ackDeadline: '0s' } }),
      'convoke.yaml line 12, api.ackDeadline: is 0s, but Docebo waits 5s for an answer; write less than that, such as 3500ms',
    ],
    [
      'a proxy by name',
      yamlWith({ api: { trustProxy: ['proxy.example.com'] } }),
      'convoke.yaml line 13, api.trustProxy[0]: is "proxy.example.com"; write an address or network',
    ],
    [
      'all origins',
      yamlWith({ api: { codec: { allowedOrigins: ['*'] } } }),
      'convoke.yaml line 14, api.codec.allowedOrigins[0]: is "*"; write an origin without a path, such as http://127.0.0.1:8233',
    ],
    [
      'an unknown access',
      yamlWith({ api: { codec: { access: 'on' } } }),
      'convoke.yaml line 13, api.codec.access: is "on"; write off or bearer or loopback or network',
    ],
    [
      'a token that is not there',
      yamlWith({ api: { codec: { access: 'bearer' } } }),
      'convoke.yaml line 13, api.codec.access: is bearer, but CONVOKE_CODEC_TOKEN is not set, and no token and no person has the role decode; set it, or write off or loopback',
    ],
    [
      'a long text, cut',
      platform({ grant: 'x'.repeat(100) }),
      `convoke.yaml line 5, platforms.academy.grant: is "${'x'.repeat(59)}…; write client_credentials or password`,
    ],
  ])('is explained: %s', (_what, yaml, problem) => {
    expect(problemsOf({ yaml })).toContain(problem);
  });

  it('makes no other setting look wrong', () => {
    const yaml = yamlWith({
      platforms: { academy: { rsvp: 'of', mailbox: 'training' } },
      mailboxes: { training: { user: 'x' }, other: { user: 'other@example.com' } },
    });

    expect(problemsOf({ yaml })).toEqual([
      expect.stringContaining('platforms.academy.rsvp'),
      expect.stringContaining('mailboxes.training.user'),
    ]);
  });

  it('is listed with all the others, of environment and files as well', () => {
    const situation = {
      env: { CONVOKE_LOG_LEVEL: 'loud', CONVOKE_ADDRESS_KEY: undefined, CONVOKE_COFIG: 'x' },
      yaml: yamlWith({
        platforms: {
          academy: { baseUrl: 'http://academy.example.com', profile: './a.json', templates: { body: './b.html' } },
        },
        pace: { settle: 'soon' },
      }),
      files: { './a.json': '{', './b.html': '{{#course_name}}' },
    };

    expect(problemsOf(situation)).toEqual([
      'CONVOKE_LOG_LEVEL: is "loud"; write trace or debug or info or warn or error or fatal',
      expect.stringContaining('pace.settle'),
      expect.stringContaining('is not encrypted, which production refuses'),
      expect.stringMatching(/platforms\.academy\.profile: \.\/a\.json is no JSON \(/),
      expect.stringContaining('./b.html line 1: the section {{#course_name}} is not closed'),
      'CONVOKE_COFIG: there is no such variable (did you mean "CONVOKE_CONFIG"?)',
      expect.stringContaining('CONVOKE_ADDRESS_KEY: is missing'),
    ]);
  });

  it('of a profile is told with the profile’s own words', () => {
    const yaml = platform({ profile: './ours.json' });

    expect(problemsOf({ yaml, files: { './ours.json': '{"profileVersion": 2}' } })[0]).toMatch(
      /^convoke\.yaml line 4, platforms\.academy\.profile: \.\/ours\.json \//,
    );
  });

  it('and a token that nobody may use contradict each other', () => {
    const yaml = yamlWith({ api: { codec: { access: 'network' } } });

    expect(problemsOf({ yaml, env: { CONVOKE_CODEC_TOKEN: 'a'.repeat(20) } })).toEqual([
      'convoke.yaml line 13, api.codec.access: is network, but CONVOKE_CODEC_TOKEN is set; take that out, or write bearer',
    ]);
  });
});

describe('production', () => {
  const wrong = (address: string) => ({
    baseUrl: platform({ baseUrl: address }),
    authority: yamlWith({ microsoft: { authority: address } }),
    tokenEndpoint: yamlWith({ microsoft: { tokenEndpoint: address } }),
    graphBaseUrl: yamlWith({ microsoft: { graphBaseUrl: address } }),
  });

  test.each(Object.entries(wrong('http://system.example.com')))('refuses http for %s', (setting, yaml) => {
    expect(problemsOf({ yaml })).toEqual([
      expect.stringMatching(
        new RegExp(
          `\\.${setting}: "http://system.example.com" is not encrypted, which production refuses; write https://`,
        ),
      ),
    ]);
  });

  test.each(Object.entries(wrong('https://127.0.0.1:4000')))('refuses this machine for %s', (setting, yaml) => {
    expect(problemsOf({ yaml })).toEqual([
      expect.stringMatching(
        new RegExp(`\\.${setting}: "https://127.0.0.1:4000" is this machine, which production refuses; write the real`),
      ),
    ]);
  });

  test.each([
    'localhost',
    'LOCALHOST.',
    'docebo.localhost',
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.0.0.1',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[0:0:0:0:0:0:0:1]',
  ])('knows %s as this machine', (host) => {
    expect(problemsOf({ yaml: platform({ baseUrl: `https://${host}:4000` }) })[0]).toContain('is this machine');
  });

  it('takes no network for this machine', () => {
    for (const host of ['127.example.com', 'localhost.example.com', '10.0.0.1', '[2001:db8::1]']) {
      expect(problemsOf({ yaml: platform({ baseUrl: `https://${host}`, rsvp: 'x' }) })).toHaveLength(1);
    }
  });
});
