import { randomUUID } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';

/**
 * In one step, and on disk when it resolves: whoever reads sees the old or the new whole. For secrets: nobody else can read it meanwhile. When
 * root replaces somebody's file, it stays theirs: a process without rights must be able to go on reading it.
 */
export async function replaceFile(file: string, text: string, mode = 0o600): Promise<void> {
  const fresh = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(fresh, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      const was = process.getuid?.() === 0 ? await stat(file).catch(() => null) : null;
      if (was !== null) await handle.chown(was.uid, was.gid);
      if (mode !== 0o600) await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}
