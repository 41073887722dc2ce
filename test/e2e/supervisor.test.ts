import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { stringify } from 'yaml';
import { startGuard } from '../../src/app/supervise/guard-client';
import type { SupervisorStatus } from '../../src/app/supervise/status-file';
import { eventually } from '../support/stack';
import { connectTemporal, createNamespace, temporalAddress } from '../support/temporal';

const LIB = join(__dirname, '../../lib/src');
const GUARD = join(LIB, 'app/supervise/guard.js');

/** Nobody listens there: api and worker start all the same, and say so. */
const NOWHERE = 'http://127.0.0.1:9';
const SETTINGS = {
  platforms: { academy: { baseUrl: NOWHERE, profile: 'assumed-v1' } },
  mailboxes: { training: { user: 'training@academy.example' } },
  microsoft: {
    tenant: 'academy.example',
    clientId: '11111111-2222-4333-8444-555555555555',
    tokenEndpoint: `${NOWHERE}/token`,
    graphBaseUrl: NOWHERE,
  },
};
const SECRETS = {
  CONVOKE_ENVIRONMENT: 'development',
  CONVOKE_MICROSOFT_CLIENT_SECRET: 'secret',
  CONVOKE_CODEC_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  CONVOKE_ADDRESS_KEY: randomBytes(32).toString('base64'),
  CONVOKE_DOCEBO_ACADEMY_CLIENT_ID: 'id',
  CONVOKE_DOCEBO_ACADEMY_CLIENT_SECRET: 'secret',
  CONVOKE_WEBHOOK_ACADEMY: 'docebo:password',
};

/** `npm start`'s program in a folder of its own. */
class Supervisor {
  output = '';
  exitCode: number | null = null;
  private readonly child: ChildProcess;
  private readonly ended: Promise<number | null>;

  constructor(
    readonly folder: string,
    env: Record<string, string> = {},
  ) {
    const { PATH, TEMPORAL_CLI_PATH } = process.env;
    this.child = spawn(process.execPath, [join(LIB, 'supervisor.js')], {
      cwd: folder,
      env: { PATH, TEMPORAL_CLI_PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (text: Buffer) => (this.output += text.toString()));
    this.ended = new Promise((resolve) => this.child.once('close', (code) => resolve((this.exitCode = code))));
  }

  kill(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.ended;
  }

  whenEnded(): Promise<number | null> {
    return this.ended;
  }

  /** Reads what it tells of itself until that satisfies. */
  until(wanted: (status: SupervisorStatus) => boolean, what: string): Promise<SupervisorStatus> {
    return eventually(async () => {
      if (this.exitCode !== null) throw new Error(`the supervisor has ended:\n${this.output}`);
      const path = join(this.folder, '.convoke/supervisor.json');
      if (!existsSync(path)) return null;
      const status = JSON.parse(readFileSync(path, 'utf8')) as SupervisorStatus;
      return status.pid === this.child.pid && wanted(status) ? status : null;
    }, what);
  }

  ready(): Promise<SupervisorStatus> {
    return this.until(({ ready }) => ready, 'the supervisor to be ready');
  }
}

const folders: string[] = [];
const listeners: Server[] = [];

function aFolder(settings: unknown = SETTINGS): string {
  const folder = mkdtempSync(join(tmpdir(), 'convoke-supervisor-'));
  folders.push(folder);
  if (settings !== null) writeFileSync(join(folder, 'convoke.yaml'), stringify(settings));
  return folder;
}

async function occupy(): Promise<string> {
  const server = createServer();
  listeners.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return String((server.address() as AddressInfo).port);
}

const ANY_PORTS = { CONVOKE_API_PORT: '0', CONVOKE_TEMPORAL_PORT: '0', CONVOKE_TEMPORAL_UI_PORT: '0' };

function isAlive(pid: number | null | undefined): boolean {
  if (pid == null) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function allGone(pids: readonly (number | null)[]): Promise<void> {
  await eventually(async () => (pids.some(isAlive) ? null : true), `the end of ${pids.join(', ')}`);
}

afterAll(async () => {
  for (const server of listeners) await new Promise((resolve) => server.close(resolve));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('npm start with settings that will not do', () => {
  test('names all of them at once, starts nothing, and ends with 1', async () => {
    const supervisor = new Supervisor(
      aFolder({ ...SETTINGS, mailboxes: { training: { user: 'nobody' } }, pace: { settle: 'soon' } }),
      { CONVOKE_ENVIRONMENT: 'test', CONVOKE_CODEC_KEYS: 'k1:short' },
    );

    expect(await supervisor.whenEnded()).toBe(1);
    for (const wrong of [
      'mailboxes.training.user',
      'pace.settle',
      'CONVOKE_ENVIRONMENT',
      'CONVOKE_CODEC_KEYS',
      'CONVOKE_ADDRESS_KEY',
      'CONVOKE_MICROSOFT_CLIENT_SECRET',
      'CONVOKE_DOCEBO_ACADEMY_CLIENT_ID',
      'CONVOKE_DOCEBO_ACADEMY_CLIENT_SECRET',
      'CONVOKE_WEBHOOK_ACADEMY',
    ]) {
      expect(supervisor.output).toContain(wrong);
    }
    expect(existsSync(join(supervisor.folder, '.convoke'))).toBe(false);
  });

  test('without any settings says what to make, and falls back to nothing', async () => {
    const supervisor = new Supervisor(aFolder(null), SECRETS);

    expect(await supervisor.whenEnded()).toBe(1);
    expect(supervisor.output).toContain('convoke.yaml: cannot be read (there is no such file)');
    expect(supervisor.output).not.toContain('ready');
  });

  test('refuses addresses of this machine in production', async () => {
    const supervisor = new Supervisor(aFolder(), { ...SECRETS, CONVOKE_ENVIRONMENT: 'production' });

    expect(await supervisor.whenEnded()).toBe(1);
    expect(supervisor.output).toContain('platforms.academy.baseUrl');
  });
});

describe('npm start', () => {
  let supervisor: Supervisor;
  let status: SupervisorStatus;
  const wanted = { api: '', temporal: '', ui: '' };

  beforeAll(async () => {
    Object.assign(wanted, { api: await occupy(), temporal: await occupy(), ui: await occupy() });
    supervisor = new Supervisor(aFolder(), {
      ...SECRETS,
      CONVOKE_API_PORT: wanted.api,
      CONVOKE_TEMPORAL_PORT: wanted.temporal,
      CONVOKE_TEMPORAL_UI_PORT: wanted.ui,
    });
    status = await supervisor.ready();
  });
  afterAll(() => supervisor.kill('SIGKILL'));

  test('moves to other ports where the wanted ones are taken, and says so', async () => {
    const [apiPort, temporalPort] = [status.apiUrl, status.temporalAddress].map((at) => at.split(':').at(-1));

    expect(supervisor.output).toContain(`port ${wanted.api} is taken: api moves to ${apiPort}`);
    expect(supervisor.output).toContain(`port ${wanted.temporal} is taken: Temporal moves to ${temporalPort}`);
    expect(supervisor.output).toContain(`port ${wanted.ui} is taken: Temporal's Web UI moves to`);
    expect((await fetch(`${status.apiUrl}/readyz`)).status).toBe(200);
    expect((await fetch(status.temporalUiUrl ?? '')).status).toBe(200);
  });

  test('keeps histories for 30 days, in a file of its own', async () => {
    const connection = await Connection.connect({ address: status.temporalAddress });
    const { config } = await connection.workflowService.describeNamespace({ namespace: 'convoke' });
    await connection.close();

    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(30 * 86_400);
    expect(existsSync(join(supervisor.folder, '.convoke/temporal.db-wal'))).toBe(true);
  });

  test('passes the output of its programs on, with their names', async () => {
    await eventually(async () => supervisor.output.includes('worker runs') || null, 'the worker to run');

    expect(supervisor.output).toMatch(/^worker {3}\| \{.*"worker runs"/m);
    expect(supervisor.output).toMatch(/^api {6}\| \{.*Server listening/m);
    expect(supervisor.output).toMatch(/^temporal \| Temporal CLI/m);
  });

  test.each(['worker', 'api', 'temporal'] as const)('starts %s again when it is killed', async (name) => {
    const killed = status.programs[name]!;

    process.kill(killed, 'SIGKILL');
    status = await supervisor.until(
      ({ programs }) => programs[name] !== null && programs[name] !== killed,
      `another ${name}`,
    );
    await eventually(async () => {
      const answer = await fetch(`${status.apiUrl}/readyz`).catch(() => null);
      return answer?.status === 200 || null;
    }, 'the api to be ready again');

    expect(supervisor.output).toContain(`${name} was ended by SIGKILL; starts again in 0.5 s`);
  });

  test('stops in order and leaves nothing behind', async () => {
    const exitCode = await supervisor.kill('SIGTERM');

    const ends = [...supervisor.output.matchAll(/^(api|worker) +\| \{.*"msg":"stopping"/gm)].map(([, name]) => name);
    expect(exitCode).toBe(0);
    expect(ends).toEqual(['api', 'worker']);
    expect(supervisor.output.trimEnd()).toMatch(/convoke {2}\| stopped$/);
    await allGone(Object.values(status.programs));
    expect(existsSync(join(supervisor.folder, '.convoke/supervisor.json'))).toBe(false);
  });
});

describe('a supervisor that is killed', () => {
  test('leaves no program behind, and its data folder to the next one', async () => {
    const folder = aFolder();
    const killed = new Supervisor(folder, { ...SECRETS, ...ANY_PORTS });
    const { programs } = await killed.ready();
    await killed.kill('SIGKILL');

    await allGone(Object.values(programs));
    const next = new Supervisor(folder, { ...SECRETS, ...ANY_PORTS });
    await next.ready();

    expect(await next.kill('SIGTERM')).toBe(0);
  });

  test('has kept others out of its data folder until its programs were gone', async () => {
    const folder = aFolder(null);
    const options = { script: GUARD, takenLimitMs: 0, onLost: () => undefined, onTaken: () => undefined };
    const guard = await startGuard(folder, options);

    await expect(startGuard(folder, options)).rejects.toThrow(`another Convoke runs on the data folder ${folder}`);
    await guard.close();
    const next = await startGuard(folder, options);
    await next.close();
  });
});

test('a Temporal server that is named is used, and none is started', async () => {
  const connection = await connectTemporal();
  const namespace = await createNamespace(connection, 'supervisor');
  await connection.close();
  const external = { TEMPORAL_ADDRESS: temporalAddress(), TEMPORAL_NAMESPACE: namespace };
  const supervisor = new Supervisor(aFolder(), { ...SECRETS, ...external, CONVOKE_API_PORT: '0' });

  const status = await supervisor.ready();

  expect(Object.keys(status.programs).sort()).toEqual(['api', 'worker']);
  expect(status.temporalAddress).toBe(temporalAddress());
  expect(existsSync(join(supervisor.folder, '.convoke/temporal.db'))).toBe(false);
  expect(await supervisor.kill('SIGTERM')).toBe(0);
});
