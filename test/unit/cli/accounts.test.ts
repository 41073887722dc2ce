import { browserCommand } from '../../../src/cli/open-browser';
import { runCli } from '../../../src/cli/run-cli';
import { VERBS } from '../../../src/cli/verbs';
import { configure, yamlWith } from '../app/some-configuration';
import type { Configuration } from '../../../src/app/config';

async function call(line: string, configuration: Configuration) {
  const said = { out: '', err: '' };
  const exit = await runCli(line.split(' '), VERBS, {
    io: {
      out: (text) => void (said.out += text),
      err: (text) => void (said.err += text),
      asksPeople: false,
      rewrites: false,
      colours: false,
      ask: async () => null,
    },
    now: () => new Date(),
    user: () => 'ops',
    openOperator: () => Promise.reject(new Error('not needed')),
    codecKeyIds: () => [],
    loadConfig: () => configuration,
    replayer: () => Promise.reject(new Error('not needed')),
  });
  return { exit, ...said };
}

const delegated = () =>
  configure({
    yaml: yamlWith({
      microsoft: {
        signInFolder: '/nonexistent/sign-ins',
        accounts: { trainer: { kind: 'delegated', tenant: 'common' } },
      },
      mailboxes: { own: { user: 'me', account: 'trainer' } },
      platforms: { academy: { mailbox: 'training', routes: [{ courses: [1], mailbox: 'own' }] } },
    }),
  });

describe('convoke accounts', () => {
  it('shows every account with its mailboxes, and ends with 1 while somebody has to sign in', async () => {
    const { exit, out } = await call('accounts', delegated());

    expect(exit).toBe(1);
    expect(out.split('\n').map((line) => line.trim().split(/\s{2,}/))).toEqual([
      ['ACCOUNT', 'KIND', 'TENANT', 'MAILBOXES', 'SIGNED IN'],
      ['default', 'app-secret', 'contoso.onmicrosoft.com', 'training', '-'],
      ['trainer', 'delegated', 'common', 'own', 'nobody'],
      [''],
    ]);
  });

  it('is fine where nobody has to', async () => {
    const { exit, out } = await call('accounts --json', configure());

    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ v: 1, accounts: [{ account: 'default', signIn: { state: 'none' } }] });
  });
});

describe('convoke login', () => {
  it('says so where nobody signs in', async () => {
    const { exit, err } = await call('login', configure());

    expect(exit).toBe(2);
    expect(err).toContain('INPUT_ACCOUNT: no account in convoke.yaml is of kind delegated');
  });

  it('refuses a port that is none', async () => {
    const { exit, err } = await call('login --port http', delegated());

    expect(exit).toBe(2);
    expect(err).toContain('write a port from 0 to 65535');
  });
});

describe('convoke logout', () => {
  it('says whether there was a sign-in', async () => {
    const { exit, out } = await call('logout trainer --json', delegated());

    expect([exit, JSON.parse(out)]).toEqual([0, { v: 1, account: 'trainer', wasSignedIn: false }]);
  });
});

describe('the browser', () => {
  it.each<[NodeJS.Platform, string]>([
    ['linux', 'xdg-open'],
    ['darwin', 'open'],
    ['win32', 'rundll32'],
  ])('is opened on %s with the address as one argument', (platform, program) => {
    const [first, ...rest] = browserCommand('https://login.example/?a=1&b=$(x)', platform);

    expect(first).toBe(program);
    expect(rest.at(-1)).toBe('https://login.example/?a=1&b=$(x)');
  });
});
