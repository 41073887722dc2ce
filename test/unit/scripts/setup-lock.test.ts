import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { callModule } from '../../support/call-module';
import { ScratchFolder } from '../../support/scratch-folder';

/** A module whose work takes a while and fails when somebody else is at work meanwhile. */
const WORK = `
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { withSetupLock } from '${join(__dirname, '../../../scripts/lib/setup-lock.mjs')}';

export function work({ file, marker, told }) {
  const log = (text) => writeFileSync(told, text);
  return withSetupLock(async () => {
    if (existsSync(marker)) throw new Error('somebody else is at work');
    writeFileSync(marker, '');
    await sleep(100);
    rmSync(marker);
  }, { file, log });
}`;

let folder: ScratchFolder;

beforeEach(() => {
  folder = new ScratchFolder();
  folder.write('work.mjs', WORK);
});

afterEach(() => folder.remove());

function work() {
  const [file, marker, told] = ['setup.lock', 'busy', 'told'].map((name) => folder.at(name));
  return callModule(folder.at('work.mjs'), 'work', [{ file, marker, told }]);
}

describe('the lock of installation and build', () => {
  it('lets one run at a time work, and is gone afterwards', async () => {
    const results = await Promise.all([work(), work(), work()]);

    expect(results.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
    expect(existsSync(folder.at('setup.lock'))).toBe(false);
  });

  it('waits for a live process, says for which, and goes on when that one is done', async () => {
    folder.write('setup.lock', String(process.pid));

    const waiting = work();
    while (!existsSync(folder.at('told'))) await sleep(20);
    rmSync(folder.at('setup.lock'));
    const { error } = await waiting;

    expect(error).toBeUndefined();
    expect(readFileSync(folder.at('told'), 'utf8')).toBe(
      `waiting for process ${process.pid}, which installs or builds in this folder`,
    );
  });

  it('is taken over from a process that has died', async () => {
    const dead = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
    folder.write('setup.lock', dead);

    const { error } = await work();

    expect(error).toBeUndefined();
  });
});
