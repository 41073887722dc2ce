/**
 * Prints what is shipped as CycloneDX: npm's own list of the lock file, less what only development needs. (npm's `--omit dev` also leaves
 * out what is shipped and needed for development as well.)
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const npm = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 256 * 1024 * 1024,
  stdio: ['ignore', 'pipe', 'inherit'],
});
if (npm.status !== 0) process.exit(npm.status ?? 1);

const all = JSON.parse(npm.stdout);
const isShipped = ({ properties = [] }) => !properties.some(({ name }) => name === 'cdx:npm:package:development');
const components = all.components.filter(isShipped);
const refs = new Set([all.metadata.component['bom-ref'], ...components.map((component) => component['bom-ref'])]);
const dependencies = all.dependencies
  .filter(({ ref }) => refs.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((on) => refs.has(on)) }));
process.stdout.write(`${JSON.stringify({ ...all, components, dependencies }, null, 2)}\n`);
