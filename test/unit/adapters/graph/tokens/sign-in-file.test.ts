import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSignInFile } from '../../../../../src/adapters/graph/tokens/sign-in-file';
import { createSignIns } from '../../../../../src/app/accounts/sign-ins';

const A = { id: 'a', key: Buffer.alloc(32, 1) };
const B = { id: 'b', key: Buffer.alloc(32, 2) };
const TOKEN = '{"RefreshToken":"0.AR8A"}';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convoke-sign-in-'));
  path = join(folder, 'trainer.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const PLACE = { account: 'trainer', clientId: 'app-1' };
const fileWith = (...keys: readonly (typeof A)[]) =>
  createSignInFile({ path, keys, label: 'trainer app-1', advice: 'run: convoke login trainer' });
const signInsWith = (...keys: readonly (typeof A)[]) => createSignIns([{ ...PLACE, signInFile: path }], keys);

test('tells its key and its age without having the key', async () => {
  expect(await fileWith(B).sealedUnder()).toBeNull();
  await fileWith(A).write(TOKEN);

  expect(await fileWith(B).sealedUnder()).toMatchObject({ keyId: 'a', at: statSync(path).mtime });
});

test('is written anew under the first key: the sign-in in it is the same, and the old key is needed no more', async () => {
  await fileWith(A).write(TOKEN);

  await fileWith(B, A).reseal();

  expect(await fileWith(B).sealedUnder()).toMatchObject({ keyId: 'b' });
  expect(await fileWith(B).read()).toBe(TOKEN);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['trainer.json']);
});

test('is left alone where it is under the first key already, and where there is none', async () => {
  await fileWith(B).write(TOKEN);
  const before = readFileSync(path, 'utf8');
  await fileWith(B, A).reseal();
  expect(readFileSync(path, 'utf8')).toBe(before);

  rmSync(path);
  await fileWith(B, A).reseal();
  expect(existsSync(path)).toBe(false);
});

test('is left as it is when its key is lacking or it is damaged, and says what to do', async () => {
  await fileWith(A).write(TOKEN);
  const before = readFileSync(path, 'utf8');

  await expect(fileWith(B).reseal()).rejects.toMatchObject({
    code: 'GRAPH_SIGN_IN',
    message: expect.stringContaining('needs the key "a"') as string,
  });
  expect(readFileSync(path, 'utf8')).toBe(before);

  writeFileSync(path, 'torn');
  await expect(fileWith(B, A).reseal()).rejects.toMatchObject({ code: 'GRAPH_SIGN_IN' });
  expect(readFileSync(path, 'utf8')).toBe('torn');
});

test('a refresh that is kept while it is written anew is not lost', async () => {
  await fileWith(A).write(TOKEN);
  const newer = '{"RefreshToken":"0.newer"}';
  const { readFile } = fs;
  let reads = 0;
  const spy = jest.spyOn(fs, 'readFile').mockImplementation(async (...args: Parameters<typeof readFile>) => {
    if (++reads === 2) await fileWith(A).write(newer);
    return readFile(...args);
  });

  await fileWith(B, A)
    .reseal()
    .finally(() => spy.mockRestore());

  expect(reads).toBeGreaterThan(2);
  expect(await fileWith(B).read()).toBe(newer);
});

const asRoot = process.getuid?.() === 0 ? test : test.skip;
asRoot('stays the file of whom it was when root writes it anew', async () => {
  await fileWith(A).write(TOKEN);
  chownSync(path, 12_345, 12_346);

  await fileWith(B, A).reseal();

  const { uid, gid, mode } = statSync(path);
  expect([uid, gid, mode & 0o777]).toEqual([12_345, 12_346, 0o600]);
});

describe('the sign-ins of an installation', () => {
  test('are listed by account: under which key, none, or not to be told', async () => {
    expect(await signInsWith(A).look()).toEqual([{ account: 'trainer', state: 'none' }]);
    await fileWith(A).write(TOKEN);
    expect(await signInsWith(B).look()).toEqual([
      { account: 'trainer', state: 'sealed', key: 'a', since: statSync(path).mtime.toISOString() },
    ]);
    writeFileSync(path, 'torn');
    expect(await signInsWith(A).look()).toEqual([{ account: 'trainer', state: 'unreadable' }]);
  });

  test('are renewed one by one', async () => {
    await fileWith(A).write(TOKEN);
    const signIns = signInsWith(B, A);

    await signIns.renew('trainer');

    expect(await signIns.look()).toMatchObject([{ state: 'sealed', key: 'b' }]);
  });
});
