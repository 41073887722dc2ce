import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addKeyToFile, makeKey } from '../../../src/app/new-codec-key';

const OLD = `old:${Buffer.alloc(32, 3).toString('base64')}`;
const NOW = new Date('2026-11-27T20:00:00.000Z');
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convoke-env-'));
  file = join(folder, '.env');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a key is named by its day, and another one of that day has a letter', () => {
  expect(makeKey(NOW, ['old'])).toMatchObject({ id: 'k20261127' });
  expect(makeKey(NOW, ['k20261127', 'k20261127b'])).toMatchObject({ id: 'k20261127c' });
  const [, key] = makeKey(NOW, []).entry.split(':');
  expect(Buffer.from(key!, 'base64')).toHaveLength(32);
  expect(makeKey(NOW, []).entry).not.toBe(makeKey(NOW, []).entry);
});

test.each([
  ['plain', `CONVOKE_CODEC_KEYS=${OLD}\n`, `CONVOKE_CODEC_KEYS=${OLD},ENTRY\n`],
  ['quoted', `CONVOKE_CODEC_KEYS="${OLD}"\n`, `CONVOKE_CODEC_KEYS="${OLD},ENTRY"\n`],
  ['exported', `export CONVOKE_CODEC_KEYS=${OLD}`, `export CONVOKE_CODEC_KEYS=${OLD},ENTRY`],
])('the new key goes behind the others: %s; other lines and the mode stay', async (_, line, expected) => {
  writeFileSync(file, `# keys\n${line}`);
  chmodSync(file, 0o640);
  const made = makeKey(NOW, ['old']);

  await addKeyToFile(file, made);

  expect(readFileSync(file, 'utf8')).toBe(`# keys\n${expected.replace('ENTRY', made.entry)}`);
  expect(statSync(file).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder)).toEqual(['.env']);
});

test.each([
  ['no such line', 'OTHER=1\n'],
  ['a comment alone', `#CONVOKE_CODEC_KEYS=${OLD}\n`],
  ['two lines', `CONVOKE_CODEC_KEYS=${OLD}\nCONVOKE_CODEC_KEYS=${OLD}\n`],
  ['a ring that is none', 'CONVOKE_CODEC_KEYS=nonsense\n'],
  ['the id already', `CONVOKE_CODEC_KEYS=${OLD.replace('old', 'k20261127')}\n`],
])('a file with %s is refused and left as it is', async (_, text) => {
  writeFileSync(file, text);

  await expect(addKeyToFile(file, makeKey(NOW, []))).rejects.toMatchObject({ code: 'INPUT_ENV_FILE' });
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('a file that is not there is refused', async () => {
  await expect(addKeyToFile(file, makeKey(NOW, []))).rejects.toMatchObject({ code: 'INPUT_ENV_FILE' });
});
