import path from 'node:path';
import { accountPermissions } from '../../../src/app/accounts/account-scopes';
import { createAccountSignIn } from '../../../src/app/accounts/account-sign-in';
import { aCertificate } from '../../support/a-certificate';
import { configure, problemsOf, yamlWith, type Situation } from './some-configuration';

const pair = aCertificate();
const other = aCertificate();
const CLIENT = '00001111-aaaa-2222-bbbb-3333cccc4444';
const NO_SECRET = { CONVOKE_MICROSOFT_CLIENT_SECRET: undefined };

function withAccount(account: object, more: object = {}): string {
  return yamlWith({ microsoft: { account, ...more } });
}

describe('the account of the least configuration', () => {
  it('is an app with a secret', () => {
    const { config, secrets } = configure();

    expect(config.microsoft.accounts).toEqual({
      default: { kind: 'app-secret', tenant: 'contoso.onmicrosoft.com', clientId: CLIENT },
    });
    expect({ ...secrets.microsoft.default }).toEqual({ kind: 'secret', secrets: ['microsoft-secret'] });
  });

  it('may have two secrets while they are changed', () => {
    const { secrets } = configure({ env: { CONVOKE_MICROSOFT_CLIENT_SECRET: 'old~1.x, new~2.y' } });

    expect(secrets.microsoft.default).toMatchObject({ secrets: ['old~1.x', 'new~2.y'] });
  });
});

describe('a certificate', () => {
  const files = { './app.pem': pair.certificate, './app.key': pair.privateKey };
  const inFiles = withAccount({ kind: 'app-certificate', certificateFile: './app.pem', keyFile: './app.key' });
  const inEnv = { CONVOKE_MICROSOFT_CERTIFICATE: pair.certificate, CONVOKE_MICROSOFT_CERTIFICATE_KEY: pair.privateKey };
  const trimmed = Object.fromEntries(Object.entries(inEnv).map(([name, text]) => [name, text.trim()]));

  it.each<[string, Situation]>([
    ['from files', { yaml: inFiles, files, env: NO_SECRET }],
    ['from the environment', { yaml: withAccount({ kind: 'app-certificate' }), env: { ...NO_SECRET, ...trimmed } }],
  ])('comes %s, and is known by its SHA-256 thumbprint', (_what, situation) => {
    const { microsoft } = configure(situation).secrets;

    expect(microsoft.default).toMatchObject({
      kind: 'certificate',
      thumbprintSha256: expect.stringMatching(/^[0-9A-F]{64}$/) as string,
      privateKey: expect.stringContaining('-----BEGIN PRIVATE KEY-----') as string,
      chain: null,
    });
  });

  it('is sent with its chain when Entra is to judge by subject and issuer', () => {
    const yaml = inFiles.replace('kind: app-certificate', 'kind: app-certificate\n    sendChain: true');

    expect(configure({ yaml, files, env: NO_SECRET }).secrets.microsoft.default).toMatchObject({
      chain: pair.certificate,
    });
  });

  it.each<[string, string, RegExp | null]>([
    ['2059-11-01', 'months before', null],
    ['2059-12-20', 'weeks before', /certificate of the Microsoft account "default" expires in 12 days/],
    ['2060-02-01', 'after', /certificate of the Microsoft account "default" has expired/],
  ])('on %s, %s its end, is told as it is', (today, _when, notice) => {
    expect(noticeAt(today)).toEqual(notice === null ? [] : [expect.stringMatching(notice)]);
  });

  function noticeAt(today: string): string[] {
    jest.useFakeTimers({ now: new Date(today) });
    try {
      const { notices } = configure({ yaml: inFiles, files, env: NO_SECRET }).config;
      return notices.filter((line) => line.includes('certificate of'));
    } finally {
      jest.useRealTimers();
    }
  }

  it.each<[string, Situation, string]>([
    [
      'nowhere to be found',
      { yaml: withAccount({ kind: 'app-certificate' }), env: NO_SECRET },
      'CONVOKE_MICROSOFT_CERTIFICATE: is missing; write the certificate as PEM, or name its file as certificateFile',
    ],
    [
      'without its key',
      { yaml: inFiles, files: { ...files, './app.key': other.privateKey }, env: NO_SECRET },
      'the certificate of the Microsoft account "default": does not belong to its private key, or that is no RSA key; use the pair that was made together',
    ],
    [
      'no certificate',
      { yaml: inFiles, files: { ...files, './app.pem': 'nonsense' }, env: NO_SECRET },
      'the certificate of the Microsoft account "default": is no certificate as PEM; it begins with -----BEGIN CERTIFICATE-----',
    ],
    [
      'with an encrypted key',
      { yaml: inFiles, files: { ...files, './app.key': '-----BEGIN ENCRYPTED PRIVATE KEY-----' }, env: NO_SECRET },
      'the certificate of the Microsoft account "default": its private key is encrypted; write it without a passphrase (openssl pkey -in key.pem -out plain.pem)',
    ],
    [
      'beside a secret',
      { yaml: inFiles, files },
      'CONVOKE_MICROSOFT_CLIENT_SECRET: is set, but the Microsoft account is of kind app-certificate; take it out, or change the kind',
    ],
  ])('is refused when it is %s', (_what, situation, problem) => {
    expect(problemsOf(situation)).toEqual(
      [problem].concat(
        problem.includes('CERTIFICATE: is missing')
          ? [expect.stringMatching(/CERTIFICATE_KEY: is missing/) as string]
          : [],
      ),
    );
  });

  it('is never shown', () => {
    const { secrets } = configure({ yaml: inFiles, files, env: NO_SECRET });

    expect(JSON.stringify(secrets.microsoft)).toBe('"(secrets)"');
  });
});

describe('a workload identity', () => {
  it.each<[string, object, Record<string, string>, string]>([
    ['beside convoke.yaml', { tokenFile: './token' }, {}, path.resolve('token')],
    ['where the platform says', {}, { AZURE_FEDERATED_TOKEN_FILE: '/var/run/token' }, '/var/run/token'],
  ])('has its token %s', (_what, more, env, tokenFile) => {
    const { config } = configure({
      yaml: withAccount({ kind: 'app-federated', ...more }),
      env: { ...NO_SECRET, ...env },
    });

    expect(config.microsoft.accounts.default).toMatchObject({ kind: 'app-federated', tokenFile });
  });

  it('needs to know where', () => {
    expect(problemsOf({ yaml: withAccount({ kind: 'app-federated' }), env: NO_SECRET })).toEqual([
      expect.stringMatching(/microsoft\.account: tokenFile is missing, and AZURE_FEDERATED_TOKEN_FILE is not set/),
    ]);
  });
});

describe('somebody who signs in', () => {
  const delegated = (tenant: string, mailbox: object = { user: 'me' }, more: object = {}) =>
    yamlWith({ microsoft: { tenant, account: { kind: 'delegated' } }, mailboxes: { training: mailbox }, ...more });

  it.each(['common', 'organizations', 'consumers', 'contoso.onmicrosoft.com'])('may do so at %s', (tenant) => {
    const { config, secrets } = configure({ yaml: delegated(tenant), env: NO_SECRET });

    expect(config.microsoft.accounts.default).toEqual({
      kind: 'delegated',
      tenant,
      clientId: CLIENT,
      signInFile: path.resolve('.convoke/sign-ins/default.json'),
    });
    expect(config.mailboxes.training?.user).toBeNull();
    expect(secrets.microsoft).toEqual({});
  });

  it.each<[string, string, object, string[]]>([
    ['their own mailbox', 'me', {}, ['Calendars.ReadWrite']],
    ['a shared one', 'training@example.com', {}, ['Calendars.ReadWrite.Shared']],
    ['their inbox too', 'me', { inbox: { read: true } }, ['Calendars.ReadWrite', 'Mail.Read']],
    [
      'an inbox that is tidied',
      'me',
      { inbox: { read: true, after: 'move' } },
      ['Calendars.ReadWrite', 'Mail.ReadWrite'],
    ],
  ])('is asked for no more than %s takes', (_what, user, mailbox, permissions) => {
    const { config } = configure({ yaml: delegated('organizations', { user, ...mailbox }), env: NO_SECRET });

    expect(accountPermissions(config, 'default')).toEqual(permissions);
  });

  it('is asked to let mails be sent only when somebody is to get them', () => {
    const notifications = { failureRecipients: ['desk@example.com'] };
    const { config } = configure({ yaml: delegated('common', { user: 'me' }, { notifications }), env: NO_SECRET });

    expect(accountPermissions(config, 'default')).toEqual(['Calendars.ReadWrite', 'Mail.Send']);
  });

  it.each<[string, string, RegExp]>([
    [
      'a shared mailbox of a personal account',
      delegated('consumers', { user: 'training@example.com' }),
      /mailboxes\.training\.user: is a shared mailbox, which personal Microsoft accounts have not; write me$/,
    ],
    [
      'personal accounts in another cloud',
      yamlWith({
        microsoft: { tenant: 'consumers', cloud: 'us-gov', account: { kind: 'delegated' } },
        mailboxes: { training: { user: 'me' } },
      }),
      /microsoft\.tenant: "consumers" stands for personal accounts, which the cloud "us-gov" has not$/,
    ],
    [
      'a setting of another kind',
      yamlWith({
        microsoft: { account: { kind: 'delegated', tokenFile: './x' } },
        mailboxes: { training: { user: 'me' } },
      }),
      /microsoft\.account\.tokenFile: goes with kind: app-federated alone, but the kind is delegated; take one of the two out$/,
    ],
  ])('is refused %s', (_what, yaml, problem) => {
    expect(problemsOf({ yaml, env: NO_SECRET })).toEqual([expect.stringMatching(problem)]);
  });
});

describe('several accounts', () => {
  const accounts = {
    milan: { kind: 'app-secret', tenant: 'fabrikam.example', clientId: CLIENT.replace('0000', '9999') },
    trainer: { kind: 'delegated', tenant: 'common' },
  };
  const mailboxes = {
    training: { user: 'training@example.com' },
    milan: { user: 'training@fabrikam.example', account: 'milan' },
    trainer: { user: 'me', account: 'trainer' },
  };
  const routes = [
    { courses: [1], mailbox: 'milan' },
    { courses: [2], mailbox: 'trainer' },
  ];
  const yaml = yamlWith({
    platforms: { academy: { mailbox: 'training', routes } },
    mailboxes,
    microsoft: { accounts, signInFolder: './sign-ins' },
  });
  const env = { CONVOKE_MICROSOFT_MILAN_CLIENT_SECRET: 'milan-secret' };

  it('belong to the mailboxes that name them', () => {
    const { config, secrets } = configure({ yaml, env });

    expect(Object.entries(config.mailboxes).map(([key, { account }]) => [key, account])).toEqual([
      ['training', 'default'],
      ['milan', 'milan'],
      ['trainer', 'trainer'],
    ]);
    expect(config.microsoft.accounts).toMatchObject({
      milan: { tenant: 'fabrikam.example' },
      trainer: { tenant: 'common', clientId: CLIENT, signInFile: path.resolve('sign-ins/trainer.json') },
    });
    expect({ ...secrets.microsoft.milan }).toEqual({ kind: 'secret', secrets: ['milan-secret'] });
  });

  it('need no account of the section itself', () => {
    const only = yamlWith({
      microsoft: { tenant: undefined, clientId: undefined, accounts: { milan: accounts.milan } },
    });

    expect(configure({ yaml: only, env: { ...env, ...NO_SECRET } }).config.mailboxes.training?.account).toBe('milan');
  });

  it.each<[string, string, RegExp]>([
    [
      'a misspelt name',
      yaml.replace('account: milan', 'account: millan'),
      /mailboxes\.milan\.account: "millan" is none of the accounts in microsoft\.accounts \(did you mean "milan"\?\)$/,
    ],
    [
      'the name default',
      yaml.replace('    milan:\n      kind', '    default:\n      kind'),
      /microsoft\.accounts\.default: is the name of the account in microsoft\.account; choose another one$/,
    ],
  ])('are refused with %s', (_what, changed, problem) => {
    expect(problemsOf({ yaml: changed, env })).toContainEqual(expect.stringMatching(problem));
  });

  it('must be named when there are several and none is the section’s own', () => {
    const nameless = yamlWith({
      microsoft: {
        tenant: 'contoso.example',
        clientId: undefined,
        accounts: { a: { ...accounts.milan }, b: { ...accounts.milan } },
      },
    });

    expect(
      problemsOf({
        yaml: nameless,
        env: { ...NO_SECRET, CONVOKE_MICROSOFT_A_CLIENT_SECRET: 'x', CONVOKE_MICROSOFT_B_CLIENT_SECRET: 'y' },
      }),
    ).toEqual([expect.stringMatching(/mailboxes\.training: account is missing; write which of a, b works in it$/)]);
  });

  it('are told apart when somebody signs in', () => {
    const configuration = configure({ yaml, env });

    expect(createAccountSignIn(configuration, null)).toMatchObject({
      account: 'trainer',
      permissions: ['Calendars.ReadWrite'],
    });
    expect(() => createAccountSignIn(configuration, 'milan')).toThrow(/"milan" is not of kind delegated/);
    expect(() => createAccountSignIn(configuration, 'trainr')).toThrow(/did you mean "trainer"/);
    expect(() => createAccountSignIn(configure(), null)).toThrow(/no account in convoke\.yaml is of kind delegated/);
  });
});

describe('Microsoft’s clouds', () => {
  it.each([
    ['public', 'https://login.microsoftonline.com', 'https://graph.microsoft.com'],
    ['us-gov', 'https://login.microsoftonline.us', 'https://graph.microsoft.us'],
    ['us-gov-dod', 'https://login.microsoftonline.us', 'https://dod-graph.microsoft.us'],
    ['china', 'https://login.partner.microsoftonline.cn', 'https://microsoftgraph.chinacloudapi.cn'],
  ])('%s has addresses of its own', (cloud, authority, graphBaseUrl) => {
    expect(configure({ yaml: yamlWith({ microsoft: { cloud } }) }).config.microsoft).toMatchObject({
      authority,
      graphBaseUrl,
    });
  });

  it('do not mix', () => {
    const microsoft = { cloud: 'china', graphBaseUrl: 'https://graph.microsoft.us' };

    expect(problemsOf({ yaml: yamlWith({ microsoft }) })).toEqual([
      expect.stringMatching(
        /"https:\/\/graph\.microsoft\.us" belongs to another cloud than login\.partner\.microsoftonline\.cn/,
      ),
    ]);
    const gov = { cloud: 'us-gov', graphBaseUrl: 'https://dod-graph.microsoft.us' };
    expect(problemsOf({ yaml: yamlWith({ microsoft: gov }) })).toEqual([
      expect.stringMatching(
        /microsoft\.cloud: is us-gov, but microsoft\.graphBaseUrl is another cloud's; take one out$/,
      ),
    ]);
  });
});
