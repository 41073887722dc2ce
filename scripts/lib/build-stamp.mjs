import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What each part of lib/ was made from: fingerprints, by the part's name. */
export async function readStamps(root) {
  try {
    return JSON.parse(await readFile(stampFile(root), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return {};
    throw error;
  }
}

export async function writeStamp(root, part, fingerprint) {
  await writeFile(stampFile(root), JSON.stringify({ ...(await readStamps(root)), [part]: fingerprint }));
}

function stampFile(root) {
  return join(root, 'lib/.build.json');
}
