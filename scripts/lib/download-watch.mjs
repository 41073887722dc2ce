import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Runs `download(signal)` and follows the bytes that arrive below `folder`: tells the log how far it got, and aborts
 * when nothing has arrived for `stallMs`, so that a network which swallows packets does not hold anybody up.
 */
export async function watchDownload(download, { folder, stallMs, log, everyMs = 1_000, tellEveryMs = 5_000 }) {
  const controller = new AbortController();
  let bytes = 0;
  let grewAt = Date.now();
  let toldAt = Date.now();
  const timer = setInterval(async () => {
    const now = await bytesBelow(folder);
    if (now > bytes) grewAt = Date.now();
    bytes = Math.max(bytes, now);
    if (Date.now() - grewAt > stallMs) controller.abort(`no data for ${stallMs / 1000} s`);
    if (bytes === 0 || Date.now() - toldAt < tellEveryMs) return;
    toldAt = Date.now();
    log(`${(bytes / 1e6).toFixed(0)} MB so far`);
  }, everyMs);
  try {
    return await download(controller.signal);
  } finally {
    clearInterval(timer);
  }
}

async function bytesBelow(folder) {
  // A file may vanish between the listing and the look at it: it then counts nothing.
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  let sum = 0;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) sum += await bytesBelow(path);
    else
      sum += await lstat(path).then(
        (found) => found.size,
        () => 0,
      );
  }
  return sum;
}
