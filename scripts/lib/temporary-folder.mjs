import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { onEarlyExit } from './exit-hooks.mjs';

const PREFIX = '.unfinished-';
const ABANDONED_AFTER_MS = 24 * 3_600_000;

/** Gives `work` an empty folder inside `parent` (so that a rename from it is atomic) and removes it afterwards. */
export async function withTemporaryFolder(parent, work) {
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent);
  const folder = await mkdtemp(join(parent, PREFIX));
  const settled = onEarlyExit(() => rmSync(folder, { recursive: true, force: true }));
  try {
    return await work(folder);
  } finally {
    settled();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a killed process left behind. Young folders may belong to a run that goes on beside this one. */
async function removeAbandoned(parent) {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(parent, name);
    const found = await stat(folder).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > ABANDONED_AFTER_MS) await rm(folder, { recursive: true, force: true });
  }
}
