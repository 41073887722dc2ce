import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** The first executable file of that name in the folders of PATH, as a shell would find it. */
export async function findOnPath(program, env = process.env) {
  const names = process.platform === 'win32' ? [`${program}.exe`, program] : [program];
  for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    for (const name of names) {
      const path = join(folder, name);
      if (await isExecutableFile(path)) return path;
    }
  }
  return undefined;
}

async function isExecutableFile(path) {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
