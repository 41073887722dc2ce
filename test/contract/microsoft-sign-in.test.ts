import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CONSUMERS_TENANT } from '../../simulators/microsoft/entra/tenants';
import { createPersonTokens } from '../../src/adapters/graph/tokens/person-tokens';
import { createSignInFile } from '../../src/adapters/graph/tokens/sign-in-file';
import type { DevicePrompt, SignedIn, SignIn } from '../../src/adapters/graph/tokens/sign-in';
import type { AppError } from '../../src/domain/errors';
import { playBrowser, playDevicePage } from '../support/play-browser';
import { rejection } from '../unit/adapters/graph/stub-server';
import { AccountsRig, PERSON } from './microsoft-accounts-rig';

let rig: AccountsRig;
beforeEach(async () => (rig = await AccountsRig.start()));
afterEach(() => rig.close());

interface Browser {
  readonly username?: string;
  readonly answer?: 'accept' | 'cancel';
  /** Changes the address that the browser is led back to. */
  readonly tamper?: (location: URL) => URL;
}

/** Signs in by a browser that a person would use; tells what the last page said. */
async function byBrowser(
  signIn: SignIn,
  { username = PERSON, answer = 'accept', tamper = (l) => l }: Browser = {},
): Promise<SignedIn & { readonly lastPage: string }> {
  let lastPage: Promise<string> = Promise.resolve('');
  const signedIn = await signIn.byBrowser({
    port: 0,
    timeoutMs: 60_000,
    show: (url) => {
      lastPage = playBrowser(url, { username, answer }).then(async ({ location, page }) =>
        location === null ? page : (await fetch(tamper(location))).text(),
      );
    },
  });
  return { ...signedIn, lastPage: await lastPage };
}

describe('signing in by a browser', () => {
  it('lets the account’s tokens work in its own mailbox', async () => {
    const done = await byBrowser(await rig.signIn());

    expect(done).toMatchObject({
      username: PERSON,
      lastPage: expect.stringContaining('You have signed in.') as string,
    });
    const token = await (await rig.person()).get();
    expect(await rig.graphStatus(token, '/me/calendar')).toBe(200);
    expect(await (await rig.signIn()).current()).toMatchObject({ username: PERSON });
  });

  it('asks for nothing but what is needed', async () => {
    await byBrowser(await rig.signIn());

    const [accepted] = Object.values(rig.simulator.state.data.consents);
    expect([...(accepted ?? [])].sort()).toEqual(['Calendars.ReadWrite', 'offline_access', 'openid', 'profile']);
  });

  it.each([
    ['common', PERSON],
    ['organizations', PERSON],
    ['academy.example', PERSON],
    ['common', 'jo@outlook.example'],
    ['consumers', 'jo@outlook.example'],
  ])('works for %s as %s, now and by refresh', async (tenantId, username) => {
    await rig.control('POST', '/mailboxes', { address: 'jo@outlook.example', tenantId: CONSUMERS_TENANT });

    await byBrowser(await rig.signIn({ tenantId }), { username });

    const tokens = await rig.person({ tenantId });
    const first = await tokens.get();
    const second = await tokens.get({ refused: first });
    expect(await rig.graphStatus(second, '/me/calendar')).toBe(200);
  });

  it('ends with the reason when it is declined', async () => {
    const thrown = await rejection<AppError>(byBrowser(await rig.signIn(), { answer: 'cancel' }));

    expect(thrown).toMatchObject({ code: 'GRAPH_SIGN_IN' });
    expect(thrown.message).toContain('(AADSTS65004)');
    expect(await (await rig.signIn()).current()).toBeNull();
  });

  it('turns an answer away that is not its own, and goes on waiting', async () => {
    let strange = '';
    const signIn = await rig.signIn();
    const done = signIn.byBrowser({
      port: 0,
      timeoutMs: 60_000,
      show: (url) =>
        void (async () => {
          const { location } = await playBrowser(url, { username: PERSON });
          const forged = new URL(location ?? '');
          forged.searchParams.set('state', 'forged');
          strange = await (await fetch(forged)).text();
          await fetch(location ?? '');
        })(),
    });

    await expect(done).resolves.toMatchObject({ username: PERSON });
    expect(strange).toContain('no answer to the sign-in');
  });

  it('ends when nobody comes', async () => {
    const signIn = await rig.signIn();

    const thrown = await rejection<AppError>(signIn.byBrowser({ port: 0, timeoutMs: 20, show: () => undefined }));

    expect(thrown).toMatchObject({ code: 'GRAPH_SIGN_IN' });
  });

  it('says so when the port is taken', async () => {
    const taken = Number(new URL(rig.origin).port);

    const thrown = await rejection<AppError>(
      (await rig.signIn()).byBrowser({ port: taken, timeoutMs: 60_000, show: () => undefined }),
    );

    expect(thrown).toMatchObject({ code: 'INPUT_PORT' });
  });

  it('tells the administrator what the app lacks', async () => {
    await rig.control('PATCH', '/apps/client-1', { publicClient: false });

    const thrown = await rejection<AppError>(byBrowser(await rig.signIn()));

    expect(thrown).toMatchObject({ code: 'GRAPH_TOKEN', context: { errorNo: '7000218' } });
    expect(thrown.message).toContain('switch "Allow public client flows" on');
  });
});

describe('signing in by a device code', () => {
  function byCode(signIn: SignIn, answer: 'accept' | 'cancel' = 'accept'): Promise<SignedIn> {
    return signIn.byDeviceCode(({ verificationUri, userCode }: DevicePrompt) => {
      void playDevicePage(verificationUri, { code: userCode, username: PERSON, answer });
    });
  }

  it('works without a browser here', async () => {
    await expect(byCode(await rig.signIn())).resolves.toMatchObject({ username: PERSON });

    expect(await rig.graphStatus(await (await rig.person()).get(), '/me/calendar')).toBe(200);
  });

  it('ends when it is declined', async () => {
    expect(await rejection<AppError>(byCode(await rig.signIn(), 'cancel'))).toMatchObject({ kind: 'access' });
  });
});

describe('tokens of somebody who signed in', () => {
  it('are not to be had before', async () => {
    const thrown = await rejection<AppError>((await rig.person()).get());

    expect(thrown).toMatchObject({ kind: 'access', code: 'GRAPH_SIGN_IN' });
    expect(thrown.message).toBe('Nobody has signed in for this account: run: convoke login');
  });

  it('are asked for once for all callers, and kept', async () => {
    await byBrowser(await rig.signIn());
    const tokens = await rig.person();

    const given = await Promise.all(Array.from({ length: 20 }, () => tokens.get()));

    expect(new Set(given).size).toBe(1);
    expect(tokens.calls()).toBe(1);
  });

  it('are refreshed for months, by a refresh token that is kept anew each time', async () => {
    await byBrowser(await rig.signIn());
    const before = await readFile(await rig.signInPath(), 'utf8');

    for (let month = 0; month < 5; month++) {
      await rig.control('POST', '/clock', { advanceMs: 60 * 86_400_000 });
      // Another process each time: only the file is known.
      expect(await rig.graphStatus(await (await rig.person()).get(), '/me/calendar')).toBe(200);
    }
    expect(await readFile(await rig.signInPath(), 'utf8')).not.toBe(before);
  });

  it.each<[string, () => Promise<void>, string]>([
    ['was revoked', () => rig.control('POST', `/mailboxes/${PERSON}/revoke`), 'was revoked, or the password changed'],
    [
      'was left unused',
      () => rig.control('POST', '/clock', { advanceMs: 91 * 86_400_000 }),
      'was not used for too long',
    ],
  ])('end with advice when the sign-in %s, and go on after the next one', async (_what, end, reason) => {
    await byBrowser(await rig.signIn());
    const tokens = await rig.person();
    const first = await tokens.get();
    await end();

    const thrown = await rejection<AppError>(tokens.get({ refused: first }));
    expect(thrown).toMatchObject({ kind: 'access', code: 'GRAPH_SIGN_IN' });
    expect(thrown.message).toContain(`${reason}; run: convoke login`);

    await byBrowser(await rig.signIn());
    await rig.control('POST', '/clock', { advanceMs: 5_000 });
    expect(await rig.graphStatus(await tokens.get(), '/me/calendar')).toBe(200);
  });

  it('need a new sign-in when the settings ask for more', async () => {
    await byBrowser(await rig.signIn());

    const more = await rig.person({ permissions: ['Calendars.ReadWrite', 'Mail.Send'] });

    expect((await rejection<AppError>(more.get())).message).toContain('need a permission that was not accepted yet');
  });

  it('reach a mailbox that is shared with them, and no other', async () => {
    const permissions = ['Calendars.ReadWrite.Shared'];
    await rig.control('POST', '/mailboxes', { address: 'rooms@academy.example', delegates: [PERSON] });
    await rig.control('POST', '/mailboxes', { address: 'boss@academy.example' });
    await byBrowser(await rig.signIn({ permissions }));

    const token = await (await rig.person({ permissions })).get();

    expect(await rig.graphStatus(token, '/users/rooms@academy.example/calendar')).toBe(200);
    expect(await rig.graphStatus(token, '/users/boss@academy.example/calendar')).toBe(403);
  });

  it('last while Entra is not to be had', async () => {
    await byBrowser(await rig.signIn());
    rig.simulator.state.data.knobs.tokenExpiresInSeconds = 200;
    const tokens = await rig.person();
    const token = await tokens.get();
    rig.simulator.faults.arm({ match: 'oauth2/v2.0/token', kind: 'status', status: 503 });

    await expect(tokens.get()).resolves.toBe(token);
  });
});

describe('the file with the sign-in', () => {
  it('is for its owner alone, and shows neither tokens nor names', async () => {
    await byBrowser(await rig.signIn());
    const file = await rig.signInPath();

    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const text = await readFile(file, 'utf8');
    expect(text).not.toContain('trainer');
    const [refreshToken = ''] = Object.keys(rig.simulator.state.data.refreshTokens);
    expect(text).not.toContain(refreshToken);
    expect(Object.keys(JSON.parse(text) as object)).toEqual(['v', 'key', 'iv', 'tag', 'data']);
  });

  it('is read with an old key, and written with the new one', async () => {
    await byBrowser(await rig.signIn());
    const keys = [
      { id: '2027a', key: new Uint8Array(32).fill(9) },
      { id: '2026a', key: new Uint8Array(32).fill(7) },
    ];

    await (await rig.person({ keys })).get();

    expect(JSON.parse(await readFile(await rig.signInPath(), 'utf8'))).toMatchObject({ key: '2027a' });
  });

  it.each<[string, (text: string) => string, string]>([
    ['damaged', (text) => text.replace(/"data":"..../, '"data":"AAAA'), 'is damaged, or of another account or key'],
    ['cut off', (text) => text.slice(0, 40), 'is damaged'],
    [
      'of an unknown key',
      (text) => text.replace('2026a', '2020a'),
      'needs the key "2020a", which CONVOKE_CODEC_KEYS does not hold',
    ],
  ])('is refused when it is %s', async (_what, change, reason) => {
    await byBrowser(await rig.signIn());
    const file = await rig.signInPath();
    await writeFile(file, change(await readFile(file, 'utf8')));

    const thrown = await rejection<AppError>((await rig.person()).get());

    expect(thrown).toMatchObject({ code: 'GRAPH_SIGN_IN' });
    expect(thrown.message).toBe(`The file with the sign-in ${reason}: run: convoke login`);
  });

  it('is not the sign-in of another app when it is put in its place', async () => {
    await byBrowser(await rig.signIn());
    const keys = [{ id: '2026a', key: new Uint8Array(32).fill(7) }];
    const other = createSignInFile({ path: await rig.signInPath(), keys, label: 'other client-2', advice: 'sign in' });

    expect((await rejection<AppError>(other.read())).message).toContain('of another account or key');
  });

  it('keeps a sign-in that was made while a refresh was under way', async () => {
    await byBrowser(await rig.signIn());
    const tokens = await rig.person();
    rig.simulator.faults.arm({ match: 'oauth2/v2.0/token', kind: 'hold', where: 'before' });
    const refreshing = tokens.get();
    await rig.simulator.app.inject({ method: 'GET', url: '/__control/holds?wait=5000' });
    await byBrowser(await rig.signIn());
    const signedIn = await readFile(await rig.signInPath(), 'utf8');

    await rig.control('POST', '/holds/release');
    await refreshing;

    expect(await readFile(await rig.signInPath(), 'utf8')).toBe(signedIn);
  });

  it('may be out of reach for writing: the sign-in works on, and the problem is told', async () => {
    await byBrowser(await rig.signIn());
    const options = await rig.personOptions();
    const store = { ...options.store, write: () => Promise.reject(new Error('read-only file system')) };
    const problems: unknown[] = [];

    const tokens = createPersonTokens({ ...options, store, onProblem: (problem) => problems.push(problem) });

    expect(await rig.graphStatus(await tokens.get(), '/me/calendar')).toBe(200);
    expect(problems).toHaveLength(1);
  });

  it('is gone after signing out', async () => {
    await byBrowser(await rig.signIn());

    expect(await (await rig.signIn()).signOut()).toBe(true);
    expect(await (await rig.signIn()).signOut()).toBe(false);
    expect(await rejection<AppError>((await rig.person()).get())).toMatchObject({ code: 'GRAPH_SIGN_IN' });
  });

  it('leaves nothing behind when it cannot be written', async () => {
    const folder = path.dirname(await rig.signInPath());
    const store = createSignInFile({
      path: folder,
      keys: [{ id: 'k', key: new Uint8Array(32) }],
      label: 'l',
      advice: '',
    });

    await expect(store.write('text')).rejects.toThrow();
    expect((await readdir(path.dirname(folder))).filter((name) => name.includes(path.basename(folder)))).toEqual([
      path.basename(folder),
    ]);
  });
});
