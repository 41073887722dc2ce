import { configure, yamlWith } from './some-configuration';

const RSVP = {
  windowDays: 400,
  rollBelowDays: 370,
  overlapMs: 3_600_000,
  inbox: { read: false, after: 'leave', folder: 'Meeting responses' },
};

describe('the least configuration', () => {
  const { config, secrets } = configure();

  it('keeps platforms in step with Docebo’s documented ways', () => {
    const { docebo, settings } = config.platforms.academy!;

    expect(docebo).toMatchObject({
      baseUrl: 'https://academy.example.com',
      grant: 'client_credentials',
      budget: { callsPerHour: 800, burst: 200 },
      profile: { name: 'assumed-v1' },
      additionalInputs: [],
      originalDomain: null,
    });
    expect(settings).toEqual({
      platform: 'academy',
      plan: { rsvp: 'on', courseOff: 'nextUpdate', addInstructors: true, maxAttendees: 500, askBeforeRemoving: 10 },
      routing: { defaultMailbox: 'training', routes: [] },
      render: {
        bodyTemplate: expect.stringContaining('{{course_name}}') as string,
        bodyTemplateName: 'templates/invitation.html',
        subjectTemplate: '{{course_name}}: {{session_name}}{{#event_name}} ({{event_name}}){{/event_name}}',
        sessionName: 'text',
        lmsBaseUri: 'academy.example.com',
        sessionLink: 'https://{lms_base_uri}/learn/courses/{course_id}/session/{session_id}/{session_slug}',
      },
      answers: { writeBack: false, decline: { kind: 'keep' }, courseRules: [], mandatoryCourses: [] },
      calendar: {
        forwarded: 'keep',
        teamsMeeting: 'never',
        cancelComment: 'This event is cancelled in the training calendar.',
        adoptStamp: false,
      },
      pace: config.pace,
    });
  });

  it('has a default for everything else', () => {
    const { platforms, ...rest } = config;

    expect(Object.keys(platforms)).toEqual(['academy']);
    expect(rest).toEqual({
      environment: 'production',
      logLevel: 'info',
      logFormat: 'json',
      metrics: { host: '127.0.0.1', apiPort: null, workerPort: null },
      tracing: null,
      mailboxes: { training: { account: 'default', user: 'training@example.com', calendarName: null, rsvp: RSVP } },
      microsoft: {
        accounts: {
          default: {
            kind: 'app-secret',
            tenant: 'contoso.onmicrosoft.com',
            clientId: '00001111-aaaa-2222-bbbb-3333cccc4444',
          },
        },
        authority: 'https://login.microsoftonline.com',
        tokenEndpoint: null,
        graphBaseUrl: 'https://graph.microsoft.com',
      },
      notifications: {
        failureRecipients: [],
        sender: { by: 'graph', mailbox: 'training' },
        names: 'never',
        temporalUiUrl: null,
        templates: {
          html: expect.stringContaining('<title>{{subject}}</title>') as string,
          text: expect.stringContaining('What to do:') as string,
        },
      },
      changeNotifications: { baseUrl: null, pollEveryMs: 5_000, retryMs: [60_000, 300_000, 1_800_000, 7_200_000] },
      pace: {
        coalesceMs: 5_000,
        settleMs: 60_000,
        retryMs: [60_000, 300_000, 1_800_000, 7_200_000],
        graceMs: 7 * 86_400_000,
        rollOverMs: 30 * 86_400_000,
        hintMemoryMs: 7 * 86_400_000,
      },
      schedules: {
        timeZone: 'UTC',
        rsvpPollMs: 300_000,
        sweepMs: 3_600_000,
        sweepAllAt: '02:30',
        sweepCalls: 400,
        sweepNearMs: 14 * 86_400_000,
        failureDigestMs: 3_600_000,
        silence: { limitMs: 28_800_000, workingHours: { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' } },
      },
      temporal: { address: 'localhost:7233', namespace: 'convoke', isExternal: false },
      worker: { replicas: 'one', takeOverMs: 10_000, versioning: null },
      api: {
        host: '127.0.0.1',
        port: 3000,
        publicUrl: null,
        bodyLimitBytes: 1024 * 1024,
        ackDeadlineMs: 3_500,
        trustProxy: [],
        rateLimits: { perCaller: 600, failures: 30 },
        oidc: null,
        codec: { access: 'off', allowedOrigins: [] },
      },
      notices: [
        expect.stringMatching(/^academy: not swept .* set doceboConnectIsOff to true/),
        expect.stringMatching(/^academy: answers are read and shown, but not written to Docebo/),
        'Nobody is told of failures by mail: notifications.failureRecipients is empty.',
      ],
    });
  });

  it('takes the secrets from the environment', () => {
    expect(secrets.docebo.academy).toMatchObject({ grant: 'client_credentials', clientId: 'docebo-client' });
    expect(secrets.webhooks.academy).toMatchObject([{ user: 'hook', password: 'hook-password' }]);
    expect({ ...secrets.microsoft.default }).toEqual({ kind: 'secret', secrets: ['microsoft-secret'] });
    expect(secrets.codecKeys[0]).toMatchObject({ id: '2026a', key: new Uint8Array(32).fill(7) });
    expect(secrets.addressKey).toEqual(new Uint8Array(32).fill(7));
    expect(secrets.codecToken).toBeNull();
    expect({ ...secrets.temporal }).toEqual({});
  });
});

describe('settings', () => {
  it('reach the platform that they are written for', () => {
    const { config } = configure({
      yaml: yamlWith({
        platforms: {
          academy: {
            baseUrl: 'https://academy.example.com/',
            originalDomain: 'Academy.docebosaas.com',
            callsPerHour: 100,
            callBurst: 20,
            rsvp: 'frozen',
            courseOff: 'now',
            addInstructors: false,
            askBeforeRemoving: 25,
            mailbox: 'training',
            routes: [{ courses: [190, '191'], mailbox: 'milan' }],
            lmsBaseUri: 'learn.example.com',
            sessionLink: 'https://{lms_base_uri}/s/{session_id}',
            additionalInputs: { room_note: 'session:5', sponsor: 'course:Paid by: whom' },
            templates: { body: './mine.html', subject: '{{room_note}}', sessionName: 'slug' },
            calendar: { forwarded: 'drop', teamsMeeting: 'webinars', cancelComment: '', adoptStamp: true },
            answers: {
              decline: 'unenrol',
              unenrolAfter: '2d',
              courseRules: [{ courses: [190], decline: 'mark' }],
              mandatoryCourses: [200],
            },
          },
        },
        mailboxes: {
          milan: {
            user: '00001111-aaaa-2222-bbbb-3333cccc4444',
            calendarName: 'Calendario',
            inbox: { read: true, after: 'move' },
          },
        },
        pace: { coalesce: '500ms', retry: ['10s'], hintMemory: '1d' },
      }),
      files: { './mine.html': '\uFEFF<p>{{sponsor}}</p>' },
    });

    expect(config.platforms.academy?.docebo).toMatchObject({
      baseUrl: 'https://academy.example.com',
      originalDomain: 'academy.docebosaas.com',
      budget: { callsPerHour: 100, burst: 20 },
      additionalInputs: [
        { input: 'room_note', of: 'session', field: '5' },
        { input: 'sponsor', of: 'course', field: 'Paid by: whom' },
      ],
    });
    expect(config.platforms.academy?.settings).toEqual({
      platform: 'academy',
      plan: { rsvp: 'frozen', courseOff: 'now', addInstructors: false, maxAttendees: 500, askBeforeRemoving: 25 },
      routing: { defaultMailbox: 'training', routes: [{ courses: ['190', '191'], mailbox: 'milan' }] },
      render: {
        bodyTemplate: '<p>{{sponsor}}</p>',
        bodyTemplateName: './mine.html',
        subjectTemplate: '{{room_note}}',
        sessionName: 'slug',
        lmsBaseUri: 'learn.example.com',
        sessionLink: 'https://{lms_base_uri}/s/{session_id}',
      },
      answers: {
        writeBack: false,
        decline: { kind: 'unenrol', afterMs: 172_800_000 },
        courseRules: [{ courses: ['190'], decline: { kind: 'mark' } }],
        mandatoryCourses: ['200'],
      },
      calendar: { forwarded: 'drop', teamsMeeting: 'webinars', cancelComment: '', adoptStamp: true },
      pace: { ...config.pace, coalesceMs: 500, settleMs: 60_000, retryMs: [10_000], hintMemoryMs: 86_400_000 },
    });
    expect(config.mailboxes.milan).toEqual({
      account: 'default',
      user: '00001111-aaaa-2222-bbbb-3333cccc4444',
      calendarName: 'Calendario',
      rsvp: { ...RSVP, inbox: { read: true, after: 'move', folder: 'Meeting responses' } },
    });
  });

  it('may take a shipped template and a profile of one’s own', () => {
    const own = JSON.stringify({ ...configure().config.platforms.academy?.docebo.profile, name: 'ours' });
    const { config } = configure({
      yaml: yamlWith({ platforms: { academy: { profile: './ours.json', templates: { body: 'docebo-connect' } } } }),
      files: { './ours.json': own },
    });

    expect(config.platforms.academy?.docebo.profile.name).toBe('ours');
    expect(config.platforms.academy?.settings.render.bodyTemplateName).toBe('templates/docebo-connect.html');
  });

  it('set up the HTTP service, whose address the environment may change', () => {
    const yaml = yamlWith({
      api: {
        host: '0.0.0.0',
        port: 8080,
        publicUrl: 'https://convoke.example.com/',
        bodyLimit: '512KB',
        ackDeadline: '4s',
        trustProxy: ['10.0.0.0/8', '::1'],
        rateLimits: { failures: 5 },
        codec: { allowedOrigins: ['http://127.0.0.1:8233'] },
      },
    });

    expect(configure({ yaml, env: { CONVOKE_CODEC_TOKEN: 'a'.repeat(20) } }).config.api).toEqual({
      host: '0.0.0.0',
      port: 8080,
      publicUrl: 'https://convoke.example.com',
      bodyLimitBytes: 512 * 1024,
      ackDeadlineMs: 4_000,
      trustProxy: ['10.0.0.0/8', '::1'],
      rateLimits: { perCaller: 600, failures: 5 },
      oidc: null,
      codec: { access: 'bearer', allowedOrigins: ['http://127.0.0.1:8233'] },
    });
    expect(configure({ yaml, env: { CONVOKE_API_HOST: '127.0.0.1', CONVOKE_API_PORT: '0' } }).config.api).toMatchObject(
      { host: '127.0.0.1', port: 0, codec: { access: 'off' } },
    );
  });

  it('open the codec endpoint another way when they say so', () => {
    const { config } = configure({ yaml: yamlWith({ api: { codec: { access: 'loopback' } } }) });

    expect(config.api.codec.access).toBe('loopback');
  });

  it('may speak to simulators in development', () => {
    const { config } = configure({
      env: { CONVOKE_ENVIRONMENT: 'development', CONVOKE_LOG_LEVEL: 'debug' },
      yaml: yamlWith({
        platforms: { academy: { baseUrl: 'http://127.0.0.1:4000' } },
        mailboxes: { training: { user: 'me' } },
        microsoft: {
          tokenEndpoint: 'http://127.0.0.1:4100/t/oauth2/v2.0/token',
          graphBaseUrl: 'http://localhost:4100',
        },
        notifications: { failureRecipients: ['desk@example.com'] },
      }),
    });

    expect(config).toMatchObject({
      environment: 'development',
      logLevel: 'debug',
      microsoft: { tokenEndpoint: 'http://127.0.0.1:4100/t/oauth2/v2.0/token', graphBaseUrl: 'http://localhost:4100' },
      mailboxes: { training: { user: null } },
      notices: [expect.stringMatching(/^academy: not swept/), expect.stringMatching(/^academy: answers are read/)],
    });
    expect(config.platforms.academy?.settings.render).toMatchObject({
      lmsBaseUri: '127.0.0.1:4000',
      sessionLink: 'http://{lms_base_uri}/learn/courses/{course_id}/session/{session_id}/{session_slug}',
    });
  });

  it('may name another of Microsoft’s clouds', () => {
    const microsoft = {
      authority: 'https://login.microsoftonline.us/',
      graphBaseUrl: 'https://dod-graph.microsoft.us',
    };

    expect(configure({ yaml: yamlWith({ microsoft }) }).config.microsoft).toMatchObject({
      authority: 'https://login.microsoftonline.us',
      graphBaseUrl: 'https://dod-graph.microsoft.us',
    });
  });
});
