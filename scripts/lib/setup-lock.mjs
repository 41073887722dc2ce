import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
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
    if (!holder) continue;
    if (holder.dead) {
      await removeDead(file, holder.text);
      continue;
    }
    if (Date.now() > deadline) {
      throw new SetupError(
        `${nameOf(holder)} has held ${file} for too long. End it, or remove the file; then run again.`,
      );
    }
    if (!told) log(`waiting for ${nameOf(holder)}, which installs or builds in this folder`);
    told = true;
    await sleep(POLL_MS);
  }
}

const nameOf = ({ text }) => `process ${text || 'that has just begun'}`;

async function create(file) {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** What the lock says and whether its process is dead; undefined when the lock is gone. */
async function readHolder(file) {
  try {
    const [text, { mtimeMs }] = [await readFile(file, 'utf8'), await stat(file)];
    // Between its creation and the write the file is empty for a moment.
    const dead = text === '' ? Date.now() - mtimeMs > 5_000 : !isAlive(Number(text));
    return { text, dead };
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Two runs may find the same dead lock: the slower one must not take away the lock that the faster has made since. */
async function removeDead(file, text) {
  const aside = `${file}.${process.pid}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if ((await readFile(aside, 'utf8')) === text) await rm(aside);
  else await rename(aside, file);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
