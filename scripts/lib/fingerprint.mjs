import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Every file below the folders, as sorted paths relative to `root`. A folder that is missing holds none. */
export async function listFiles(root, folders) {
  const files = [];
  for (const folder of folders) {
    const entries = await readdir(join(root, folder), { withFileTypes: true, recursive: true }).catch(unlessMissing);
    for (const entry of entries ?? []) {
      // `path` is the name that this field had before Node 20.12.
      if (entry.isFile()) files.push(relative(root, join(entry.parentPath ?? entry.path, entry.name)));
    }
  }
  return files.sort();
}

/**
 * One hash over names and contents. Times are not looked at: a fresh clone and a branch switch change them all. A file
 * that has been removed since it was listed counts as empty: the next look finds it gone and the hash changed.
 */
export async function fingerprint(root, files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = await readFile(join(root, file)).catch(unlessMissing);
    hash.update(`${file}\0`);
    hash.update(content ?? '');
    hash.update('\0');
  }
  return hash.digest('hex');
}

function unlessMissing(error) {
  if (error.code !== 'ENOENT') throw error;
}
