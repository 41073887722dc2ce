import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { capture, lastWords } from './child.mjs';
import { watchDownload } from './download-watch.mjs';
import { storeInCache } from './program-cache.mjs';
import { ROOT } from './project.mjs';
import { SetupError } from './setup-error.mjs';
import { withTemporaryFolder } from './temporary-folder.mjs';

const STALL_MS = 20_000;

/**
 * Fetches the pinned Temporal CLI as Temporal's own SDK does, from temporal.download over HTTPS. In a child process: the
 * native downloader can be neither aborted nor silenced in this one. Throws SetupError with the reason.
 */
export async function downloadBySdk({ pin, cacheDir, env, log, stallMs = STALL_MS }) {
  return withTemporaryFolder(join(cacheDir, pin.cacheFolder), async (folder) => {
    const script = join(ROOT, 'scripts/lib/sdk-download-child.mjs');
    const result = await watchDownload(
      (signal) => capture(process.execPath, [script, `v${pin.version}`, folder], { env, signal }),
      { folder, stallMs, log },
    );
    if (result.stopped) throw new SetupError(result.stopped);
    if (result.code !== 0) throw new SetupError(lastWords(result, 1));
    const name = (await readdir(folder)).find((entry) => entry.startsWith(pin.program));
    if (!name) throw new SetupError(`the downloader left no ${pin.program} behind`);
    return storeInCache(pin, cacheDir, join(folder, name));
  });
}
