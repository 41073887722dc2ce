import { configure, problemsOf, yamlWith } from './some-configuration';

const PASSWORD = { CONVOKE_SMTP_PASSWORD: 'smtp-secret' };
const SMTP = { host: 'smtp.example.com', from: 'convoke@example.com' };
const notifications = (changes: Readonly<Record<string, unknown>>, more: object = {}): string =>
  yamlWith({ ...more, notifications: { failureRecipients: ['desk@example.com'], ...changes } });
const configured = (changes: Readonly<Record<string, unknown>>, env: Readonly<Record<string, string>> = {}) =>
  configure({ yaml: notifications(changes), env, files: { './ca.pem': 'CA' } });
const milan = { mailboxes: { milan: { user: 'milan@example.com' } }, platforms: { academy: { mailbox: 'training' } } };

describe('failure mails', () => {
  it('go through Graph from the only mailbox, without names, unless the settings say more', () => {
    expect(configured({}).config.notifications).toMatchObject({
      failureRecipients: ['desk@example.com'],
      sender: { by: 'graph', mailbox: 'training' },
      names: 'never',
      temporalUiUrl: null,
    });
  });

  it('go to everybody once: people, lists and others', () => {
    const failureRecipients = [
      'desk@example.com',
      'all@lists.example.com',
      'Desk@Example.com',
      'partner@elsewhere.example',
    ];

    expect(configured({ failureRecipients }).config.notifications.failureRecipients).toEqual([
      'desk@example.com',
      'all@lists.example.com',
      'partner@elsewhere.example',
    ]);
  });

  it('go from the mailbox that is named where there are several', () => {
    const { config } = configure({ yaml: notifications({ mailbox: 'milan' }, milan) });

    expect(config.notifications.sender).toEqual({ by: 'graph', mailbox: 'milan' });
  });

  it('need no mailbox while there is nobody to tell', () => {
    expect(configure({ yaml: yamlWith(milan) }).config.notifications.sender).toBeNull();
  });

  it.each([
    [{}, { port: 587, secure: 'starttls', user: null, ca: null }],
    [{ secure: 'tls' }, { port: 465, secure: 'tls' }],
    [{ secure: 'never' }, { port: 25, secure: 'never' }],
    [
      { port: 2525, user: 'convoke', caFile: './ca.pem' },
      { port: 2525, user: 'convoke', ca: 'CA' },
    ],
  ])('go by SMTP: %j', (section, smtp) => {
    const { config, secrets } = configured({ by: 'smtp', smtp: { ...SMTP, ...section } }, PASSWORD);

    expect(config.notifications.sender).toMatchObject({ by: 'smtp', smtp: { ...SMTP, ...smtp } });
    expect(secrets.smtpPassword).toBe('smtp-secret');
  });

  it('may have links and names', () => {
    const { notifications: set } = configured({ names: 'allowed', temporalUiUrl: 'http://localhost:8233/ui/' }).config;

    expect(set).toMatchObject({ names: 'allowed', temporalUiUrl: 'http://localhost:8233/ui' });
  });

  it.each([
    ['notifications.smtp is not used: notifications.by is graph.', { smtp: SMTP }],
    [
      'Failure mails go over the wire unencrypted: notifications.smtp.secure is never.',
      { by: 'smtp', smtp: { ...SMTP, secure: 'never' } },
    ],
  ])('are explained at start: %s', (notice, changes) => {
    expect(configured(changes).config.notices).toContain(notice);
  });

  it.each<[string, string, string, Record<string, string>?]>([
    [
      'several mailboxes and none named',
      notifications({}, milan),
      'convoke.yaml line 14, notifications: mailbox is missing; write which of training, milan sends failure mails',
    ],
    [
      'a mailbox that is none',
      notifications({ mailbox: 'trainin' }),
      'convoke.yaml line 14, notifications.mailbox: there is no mailbox "trainin" (did you mean "training"?)',
    ],
    [
      'SMTP without a server',
      notifications({ by: 'smtp' }),
      'convoke.yaml line 14, notifications.by: is smtp, but there is no notifications.smtp; write host and from there',
    ],
    [
      'a server without an address to send from',
      notifications({ by: 'smtp', smtp: { host: 'smtp.example.com' } }),
      'convoke.yaml line 15, notifications.smtp: from is missing; write the mail address that the mails come from, such as convoke@example.com',
    ],
    [
      'a server with a scheme',
      notifications({ by: 'smtp', smtp: { ...SMTP, host: 'smtp://smtp.example.com' } }),
      'convoke.yaml line 16, notifications.smtp.host: is "smtp://smtp.example.com"; write the name of the mail server, without a port, such as smtp.example.com',
    ],
    [
      'a user without a password',
      notifications({ by: 'smtp', smtp: { ...SMTP, user: 'convoke' } }),
      'CONVOKE_SMTP_PASSWORD: is missing; write the password of notifications.smtp.user',
    ],
    [
      'a password in the clear',
      notifications({ by: 'smtp', smtp: { ...SMTP, user: 'convoke', secure: 'never' } }),
      'convoke.yaml line 19, notifications.smtp.secure: is never, so that the password would go over the wire unencrypted; write starttls or tls, or take user out',
      PASSWORD,
    ],
    [
      'an authority that cannot be read',
      notifications({ by: 'smtp', smtp: { ...SMTP, caFile: './none.pem' } }),
      'convoke.yaml line 18, notifications.smtp.caFile: the file ./none.pem cannot be read (there is no such file); relative paths start at convoke.yaml',
    ],
    [
      'a Web UI that is no address',
      notifications({ temporalUiUrl: 'temporal.example.com' }),
      'convoke.yaml line 14, notifications.temporalUiUrl: "temporal.example.com" is no web address; begin it with https:// or http://',
    ],
    [
      'a Web UI with a password',
      notifications({ temporalUiUrl: 'https://me:secret@temporal.example.com' }),
      'convoke.yaml line 14, notifications.temporalUiUrl: holds a name or password, which would stand in every mail; take them out',
    ],
    [
      'a Web UI with a namespace',
      notifications({ temporalUiUrl: 'https://temporal.example.com/namespaces/convoke' }),
      'convoke.yaml line 14, notifications.temporalUiUrl: "https://temporal.example.com/namespaces/convoke" goes on too far; leave out everything from /namespaces',
    ],
    [
      'a Web UI with a query',
      notifications({ temporalUiUrl: 'https://temporal.example.com?x=1' }),
      'convoke.yaml line 14, notifications.temporalUiUrl: "https://temporal.example.com?x=1" goes on too far; leave out everything from ?x=1',
    ],
    [
      'a digest less often than daily',
      yamlWith({ schedules: { failureDigest: '2d' } }),
      'convoke.yaml line 12, schedules.failureDigest: is 2d; at most 1d, since a failure that lasts is mailed daily',
    ],
  ])('are refused with what to do: %s', (_what, yaml, problem, env = {}) => {
    expect(problemsOf({ yaml, env })).toEqual([problem]);
  });
});
