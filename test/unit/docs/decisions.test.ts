import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../../../docs/adr');
const files = readdirSync(FOLDER).sort();

describe('docs/adr', () => {
  it('numbers its decisions one after the other, in file name and title', () => {
    const titles = files.map((file) => readFileSync(join(FOLDER, file), 'utf8').split('\n')[0] ?? '');

    expect(files.map((file) => Number(file.slice(0, 4)))).toEqual(files.map((_, i) => i + 1));
    expect(titles.map((title) => /^# (\d+)\. \S/.exec(title)?.[1])).toEqual(files.map((_, i) => String(i + 1)));
  });
});
