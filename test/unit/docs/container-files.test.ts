import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { STOP_GRACE_MS } from '../../../src/app/limits';
import { RETENTION_DAYS, startDevArgs } from '../../../src/app/supervise/embedded-temporal';
import { SEARCH_ATTRIBUTES } from '../../../src/contract/search-attributes';

const ROOT = join(__dirname, '../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly restart: string;
  readonly stop_grace_period?: string;
  readonly healthcheck?: object;
  readonly container_name?: string;
  readonly scale?: number;
  readonly environment: Readonly<Record<string, string | number>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

/** The schema of the Compose specification, and dclint's own rules (.dclintrc). */
function dclint(file: string) {
  const program = join(ROOT, 'node_modules/dclint/bin/dclint.cjs');
  const args = [program, '--config', join(ROOT, '.dclintrc'), '--max-warnings', '0', file];
  return spawnSync(process.execPath, args, { encoding: 'utf8' });
}

const compose = parse(read('docker-compose.yml'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};
const services = Object.entries(compose.services);
const { version } = JSON.parse(read('package.json')) as { readonly version: string };

describe('docker-compose.yml', () => {
  it.each(services)('pins the image of %s to a version', (_name, { image, build }) => {
    expect(image).toMatch(/^[a-z/-]+:\d+\.\d+(\.\d+)?(-[a-z]+)?$/);
    expect(image).not.toMatch(/auto-setup/);
    if (build !== undefined) expect(image).toBe(`convoke:${version}`);
  });

  it.each(services)('restarts %s, or runs it to its end', (_name, { restart, depends_on = {} }) => {
    expect(restart).toMatch(/^(unless-stopped|on-failure:\d+)$/);
    for (const [needed, { condition }] of Object.entries(depends_on)) {
      const other = compose.services[needed];
      const isJob = other?.restart.startsWith('on-failure');
      expect(condition).toBe(isJob === true ? 'service_completed_successfully' : 'service_healthy');
      if (isJob !== true) expect(other?.healthcheck).toBeDefined();
    }
  });

  it.each(services)('opens %s to this machine alone', (_name, { ports = [] }) => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+(-\d+)?:\d+$/);
  });

  it.each(services)('mounts into %s only what exists or what an operator fills in', (_name, { volumes = [] }) => {
    for (const source of volumes.map((volume) => volume.split(':')[0] as string)) {
      const isThere = source.startsWith('./') ? existsSync(join(ROOT, source)) : source in compose.volumes;
      const ofOperator = existsSync(join(ROOT, source.replace(/\.yaml$/, '.example.yaml')));
      expect(isThere || ofOperator).toBe(true);
    }
  });

  it('gives api and worker more time to stop than they take', () => {
    const [, lastResort] = /LAST_RESORT_MS = ([\d_]+)/.exec(read('src/app/run-process.ts')) ?? [];
    for (const name of ['api', 'worker']) {
      const seconds = Number(/^(\d+)s$/.exec(compose.services[name]?.stop_grace_period ?? '')?.[1]);
      expect(seconds * 1000).toBeGreaterThan(STOP_GRACE_MS);
      expect(seconds * 1000).toBeGreaterThan(Number(lastResort?.replace('_', '')));
    }
  });

  it('runs one worker unless told otherwise, and lets more of them and of the Temporal server run', () => {
    expect(services.filter(([, { command }]) => command?.includes('worker') === true)).toHaveLength(1);
    expect(compose.services.worker?.scale).toBe(1);
    for (const [, { container_name: name }] of services) expect(name).toBeUndefined();
    // A port of this machine can be opened for one of them only.
    for (const port of compose.services.worker?.ports ?? []) expect(port).toMatch(/:\d+-\d+:/);
  });

  it('is valid by the Compose specification', () => {
    const { status, stdout } = dclint(join(ROOT, 'docker-compose.yml'));

    expect({ status, stdout: stdout.trim() }).toEqual({ status: 0, stdout: '' });
  });

  it.each([
    ['an unknown key', 'restart: unless-stopped', 'restrt: unless-stopped'],
    ['a condition that there is not', 'condition: service_healthy', 'condition: service_wealthy'],
    ['a volume that is not declared as one', 'volumes:\n  postgresql:', 'volumes: postgresql'],
    ['a port opened twice', '127.0.0.1:8080:8080', '127.0.0.1:7233:7233'],
  ])('would be refused with %s', (_what, right, wrong) => {
    const file = join(mkdtempSync(join(tmpdir(), 'convoke-compose-')), 'docker-compose.yml');
    writeFileSync(file, read('docker-compose.yml').replace(right, wrong));

    expect(dclint(file).status).toBe(1);
    rmSync(dirname(file), { recursive: true });
  });

  it.each(services.filter(([, { restart }]) => restart === 'unless-stopped'))(
    'knows whether %s works',
    (name, { healthcheck }) => {
      // The Web UI serves people alone, and its image has no tool to ask with.
      if (name !== 'temporal-ui') expect(healthcheck).toBeDefined();
    },
  );

  it('decides on the number of shards itself, since it stays for ever', () => {
    expect(compose.services.temporal?.environment.NUM_HISTORY_SHARDS).toBe(512);
  });

  it('leaves the heap of api and worker below the memory of their containers', () => {
    const megabytes = (text: string): number => Number.parseInt(text) * (text.endsWith('g') ? 1024 : 1);
    for (const name of ['api', 'worker']) {
      const { environment, mem_limit: limit } = compose.services[name] as Service & { readonly mem_limit: string };
      const [, heap] = /--max-old-space-size=(\d+)/.exec(String(environment.NODE_OPTIONS)) ?? [];
      expect(Number(heap)).toBeLessThanOrEqual(megabytes(limit) * 0.8);
    }
  });
});

describe('what Temporal is set up with in containers', () => {
  const script = read('deploy/temporal/set-up-namespace.sh');

  it('has the search attributes of the contract', () => {
    const made = [...script.matchAll(/--name (\w+) --type (\w+)/g)].map(([, name, type]) => [
      name,
      type?.toUpperCase(),
    ]);

    expect(made.sort()).toEqual(
      Object.values(SEARCH_ATTRIBUTES)
        .map(({ name, type }) => [name, type])
        .sort(),
    );
  });

  it('keeps histories as long as the embedded server does', () => {
    expect(script).toContain(`retention=${RETENTION_DAYS}d`);
  });

  it('has the dynamic configuration of the embedded server', () => {
    const args = startDevArgs({ namespace: 'n', port: 1, uiPort: 2, databaseFile: 'f', codecEndpoint: null });
    const embedded = args.filter((_arg, i) => args[i - 1] === '--dynamic-config-value').sort();
    const file = parse(read('deploy/temporal/dynamic-config.yaml')) as Record<string, readonly { value: unknown }[]>;

    expect(Object.entries(file).map(([key, [first]]) => `${key}=${JSON.stringify(first?.value)}`)).toEqual(embedded);
  });
});

describe('Dockerfile', () => {
  const dockerfile = read('Dockerfile');
  const letThrough = read('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));

  it('is built from a folder that lacks simulators, demo, tests and secrets', () => {
    expect(read('.dockerignore').split('\n')).toContain('*');
    for (const path of letThrough) expect(path).not.toMatch(/simulators|demo|test|\.env|convoke\.yaml|^\.$/);
  });

  it('copies what is there and what is let through', () => {
    const copies = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
      ([, paths]) => paths?.split(' ') ?? [],
    );
    expect(copies).toContain('package-lock.json');

    for (const path of copies.filter((p) => p !== '.')) {
      expect(existsSync(join(ROOT, path))).toBe(true);
      expect(letThrough).toContain(path);
    }
  });

  it('runs on glibc, as a user of no rights, on the Node version that is pinned', () => {
    expect(dockerfile).toMatch(/^ARG NODE_IMAGE=node:\d+\.\d+\.\d+-bookworm-slim$/m);
    expect(dockerfile).toMatch(/^USER node$/m);
  });

  it('starts programs that the build makes', () => {
    const entrypoint = read('deploy/entrypoint.sh');
    const programs = [...entrypoint.matchAll(/lib\/(\S+)\.js/g)].map(([, path]) => `${path}.ts`);

    expect(programs).toEqual(['src/api/main.ts', 'src/worker.ts']);
    for (const path of programs) expect(existsSync(join(ROOT, path))).toBe(true);
  });
});
