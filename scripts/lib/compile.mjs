import { copyFile, mkdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runAttached } from './child.mjs';
import { readStamps, writeStamp } from './build-stamp.mjs';
import { fingerprint, listFiles } from './fingerprint.mjs';
import { secondsSince } from './progress.mjs';
import { ROOT } from './project.mjs';
import { SetupError } from './setup-error.mjs';

const SOURCES = ['src', 'simulators', 'demo', 'chaos', 'fuzz', 'bench'];
const SETTINGS = ['tsconfig.json', 'package-lock.json', 'convoke.schema.json', 'profiles/profile.schema.json'];

/**
 * Compiles the sources into lib/ and copies what stands beside them (pages, styles), if any of it has changed.
 * `allowTypeErrors`: tsc writes the JavaScript all the same; the errors are shown and the next run tries again.
 */
export async function compile({ log, allowTypeErrors = false, root = ROOT }) {
  const sources = await listFiles(root, SOURCES);
  const current = await fingerprint(root, [...SETTINGS, ...sources]);
  const complete = () => sources.map(outputOf).every((file) => !file || existsSync(join(root, 'lib', file)));
  if (complete() && (await readStamps(root)).compile === current) return log('compiled: up to date');
  log(`compiling ${sources.length} files`);
  const startedAt = Date.now();
  let status = await runCompiler(root);
  await copyAssets(root, sources);
  if (!complete()) {
    // tsc trusts its notes of the last run and does not write again what somebody has removed since.
    await rm(join(root, 'lib/.tsbuildinfo'), { force: true });
    status = await runCompiler(root);
  }
  if (status !== 0 && !allowTypeErrors) throw new SetupError('The sources do not compile: see the errors above.');
  await removeOrphans(root, sources);
  if (status !== 0) return log('compiled WITH TYPE ERRORS (above): lib/ holds the code as written');
  await writeStamp(root, 'compile', current);
  log(`compiled in ${secondsSince(startedAt)} s`);
}

function runCompiler(root) {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const pretty = process.stderr.isTTY ? ['--pretty'] : [];
  return runAttached(process.execPath, [tsc, '-p', 'tsconfig.json', ...pretty], { cwd: root, stdio: ['ignore', 2, 2] });
}

/** The file in lib/ that stands for a source; undefined for declarations and notes, which leave none. */
function outputOf(source) {
  if (source.endsWith('.d.ts') || source.endsWith('.md')) return undefined;
  return source.replace(/\.ts$/, '.js');
}

async function copyAssets(root, sources) {
  for (const source of sources.filter((file) => outputOf(file) === file)) {
    const target = join(root, 'lib', source);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(root, source), target);
  }
}

/** Removes what renamed and deleted sources left in lib/: nobody should import a file that a fresh clone has not. */
async function removeOrphans(root, sources) {
  const wanted = new Set(sources.map(outputOf).flatMap((file) => [file, `${file}.map`]));
  const present = await listFiles(join(root, 'lib'), SOURCES);
  for (const file of present.filter((name) => !wanted.has(name))) await rm(join(root, 'lib', file));
}
