import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { runAttached } from './child.mjs';
import { withHeartbeat, secondsSince } from './progress.mjs';
import { ROOT } from './project.mjs';
import { SetupError } from './setup-error.mjs';

/** Installs the npm packages that package-lock.json names, if they are missing or others. */
export async function ensurePackages({ log, root = ROOT, env = process.env }) {
  const reason = await whyInstall(root);
  if (!reason) return log('up to date');
  const lock = await readJson(join(root, 'package-lock.json'));
  log(`${reason}: installing ${Object.keys(lock.packages).length - 1} with npm ci`);
  const startedAt = Date.now();
  const status = await withHeartbeat(() => npmCi(root, env), { log, text: 'still installing' });
  if (status !== 0) {
    throw new SetupError(`npm ci ended with ${status}: see its message above. Convoke needs its npm packages to run.`);
  }
  log(`installed in ${secondsSince(startedAt)} s`);
}

/** Why the packages must be installed; undefined when they are as package-lock.json says. */
export async function whyInstall(root) {
  const [manifest, lock] = await Promise.all(['package.json', 'package-lock.json'].map((f) => readJson(join(root, f))));
  // npm writes this file last, so an installation that was broken off has none.
  const installed = await readJson(join(root, 'node_modules/.package-lock.json')).catch(() => undefined);
  if (!installed) return 'not installed';
  if (!agree(manifest, lock.packages[''])) return 'package.json and package-lock.json differ';
  const stale = findStale(lock.packages, installed.packages);
  return stale.length > 0 ? `${stale.length} not as in package-lock.json (${stale[0]})` : undefined;
}

/** Paths of packages that are missing or of another version. Optional ones depend on the platform: they may be missing. */
function findStale(wanted, installed) {
  return Object.entries(wanted)
    .filter(([path, entry]) => path !== '' && !(entry.optional && !installed[path]))
    .filter(([path, { version, integrity }]) => {
      return installed[path]?.version !== version || installed[path]?.integrity !== integrity;
    })
    .map(([path]) => path);
}

function agree(manifest, root) {
  return ['dependencies', 'devDependencies', 'optionalDependencies'].every((kind) => {
    const [asked, locked] = [manifest[kind] ?? {}, root[kind] ?? {}];
    const names = new Set([...Object.keys(asked), ...Object.keys(locked)]);
    return [...names].every((name) => asked[name] === locked[name]);
  });
}

function npmCi(root, env) {
  // --include=dev: with NODE_ENV=production npm would leave out the compiler and the test runner.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  // stdout belongs to the command's own result: npm's "added 600 packages" goes to stderr.
  const options = { cwd: root, env, stdio: ['ignore', 2, 2] };
  const npm = env.npm_execpath;
  if (npm && basename(npm).startsWith('npm')) return runAttached(process.execPath, [npm, ...args], options);
  return runAttached(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}

async function readJson(file) {
  return JSON.parse(await readFile(file, 'utf8'));
}
