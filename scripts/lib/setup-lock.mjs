import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onEarlyExit } from './exit-hooks.mjs';
import { ROOT } from './project.mjs';
import { SetupError } from './setup-error.mjs';

const GIVE_UP_AFTER_MS = 15 * 60_000;
const POLL_MS = 250;

/** Runs `work` while no other run of this clone installs or builds. The lock of a dead process counts nothing. */
export async function withSetupLock(work, { log, file = join(ROOT, '.cache/setup.lock') }) {
  await mkdir(join(file, '..'), { recursive: true });
  await acquire(file, log);
  const settled = onEarlyExit(() => rmSync(file, { force: true }));
  try {
    return await work();
  } finally {
    settled();
    await rm(file, { force: true });
  }
}

async function acquire(file, log) {
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  let told = false;
  while (!(await create(file))) {
    const holder = await readHolder(file);
    if (holder === 'gone') continue;
    if (holder === 'dead') {
      await rm(file, { force: true });
      continue;
    }
    if (Date.now() > deadline) {
      throw new SetupError(
        `Process ${holder} has held ${file} for too long. End it, or remove the file, and run again.`,
      );
    }
    if (!told) log(`waiting for process ${holder}, which installs or builds in this folder`);
    told = true;
    await sleep(POLL_MS);
  }
}

async function create(file) {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** The live holder's process id, 'dead' or 'gone'. */
async function readHolder(file) {
  try {
    const [text, { mtimeMs }] = [await readFile(file, 'utf8'), await stat(file)];
    const pid = Number(text);
    // Between its creation and the write the file is empty for a moment.
    if (!text) return Date.now() - mtimeMs > 5_000 ? 'dead' : 'starting';
    return isAlive(pid) ? pid : 'dead';
  } catch (error) {
    if (error.code === 'ENOENT') return 'gone';
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
