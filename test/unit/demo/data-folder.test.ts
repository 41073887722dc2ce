import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolder } from '../../../demo/house/data-folder';

describe('the data folder of a demo', () => {
  let path: string;

  beforeEach(() => (path = mkdtempSync(join(tmpdir(), 'convoke-folder-'))));
  afterEach(() => rmSync(path, { recursive: true, force: true }));

  test('is emptied, gets keys of its own, and is removed at the end', () => {
    const first = DataFolder.take(path, false);
    first.write('old.txt', 'old');
    first.release({ keep: true });

    const second = DataFolder.take(path, false);

    expect(existsSync(second.file('old.txt'))).toBe(false);
    expect(second.isKept).toBe(false);
    expect(second.secrets).not.toEqual(first.secrets);
    second.release({ keep: false });
    expect(existsSync(path)).toBe(false);
  });

  test('goes on with its keys and states when it is kept', () => {
    const first = DataFolder.take(path, true);
    first.saveState('docebo', { v: 1 });
    first.saveState('microsoft', { v: 2 });
    first.release({ keep: true });

    const second = DataFolder.take(path, true);

    expect(second.isKept).toBe(true);
    expect(second.secrets).toEqual(first.secrets);
    expect(second.readState('docebo')).toEqual({ v: 1 });
    expect(second.readState('microsoft')).toEqual({ v: 2 });
  });

  test('begins anew when an earlier demo left no state', () => {
    const first = DataFolder.take(path, true);
    first.release({ keep: true });

    expect(DataFolder.take(path, true).isKept).toBe(false);
  });

  test('is never somebody elses: what is in it stays', () => {
    writeFileSync(join(path, 'thesis.txt'), 'mine');

    expect(() => DataFolder.take(path, false)).toThrow('is not empty and holds no demo');
    expect(readdirSync(path)).toEqual(['thesis.txt']);
  });

  test('is refused while another demo runs in it', () => {
    DataFolder.take(path, false);
    writeFileSync(join(path, 'demo.json'), JSON.stringify({ pid: process.ppid }));

    expect(() => DataFolder.take(path, false)).toThrow(/A demo runs in .* already .*--folder/);
  });

  test('whose keys are damaged is told, not overwritten', () => {
    writeFileSync(join(path, 'keys.json'), '{');

    expect(() => DataFolder.take(path, true)).toThrow('keys.json cannot be read: remove it, or start without --keep');
  });
});
