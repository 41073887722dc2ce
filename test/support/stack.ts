import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { parse, stringify } from 'yaml';
import { sessionWorkflowId } from '../../src/contract/ids';
import { QUERIES, type SessionState } from '../../src/contract/messages';
import { createDataConverter } from '../../src/temporal/data-converter';
import type { KeyRing } from '../../src/temporal/payload-codec';
import { DoceboControl } from '../../simulators/docebo/control/client';
import { createDoceboSimulator, defaultAccount, type DoceboSimulator } from '../../simulators/docebo/server';
import { createMicrosoftSimulator, type MicrosoftSimulator } from '../../simulators/microsoft/server';
import { isInCalendar } from '../../simulators/microsoft/state/simulator-state';
import type { Fault } from '../../simulators/kit/faults';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { connectTemporal, createNamespace, temporalAddress } from './temporal';

export { eventually, freePort };

const ROOT = join(__dirname, '../..');
export const ORGANIZER = 'training@academy.example';
const WEBHOOK = { username: 'docebo', password: 'webhook-password' };

export interface StackOptions {
  readonly name: string;
  readonly profile?: 'assumed-v1' | 'assumed-v2';
  /** host:port of a server of the test's own; else the one of the whole run, in a namespace of the test's own. */
  readonly temporal?: { readonly address: string; readonly namespace: string };
  /** Parts of the platform's section in convoke.yaml. */
  readonly platform?: Record<string, unknown>;
  /** The section schedules of convoke.yaml; by default so rare that nothing is scheduled during a test. */
  readonly schedules?: Record<string, unknown>;
  /** The section notifications of convoke.yaml. */
  readonly notifications?: Record<string, unknown>;
  /** The section worker of convoke.yaml. */
  readonly worker?: Record<string, unknown>;
  /** Microsoft tells of changes; the section changeNotifications of convoke.yaml. */
  readonly changeNotifications?: Record<string, unknown>;
  /** More variables, of another platform. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Both processes serve their metrics. */
  readonly metrics?: boolean;
  readonly logLevel?: string;
  /** Parts of the section api of convoke.yaml. */
  readonly api?: Record<string, unknown>;
  /** Docebo is told of answers. */
  readonly writeBack?: boolean;
  /** Keys that the test's own client reads with; processes are given the first alone. */
  readonly codecKeys?: KeyRing;
}

interface Settings {
  readonly platforms: Readonly<Record<string, object>>;
}

/** More than one of a kind are told apart by a number: `worker-2`. */
export type Program = 'api' | 'worker' | `api-${number}` | `worker-${number}`;
const PROGRAMS = { api: 'lib/src/api/main.js', worker: 'lib/src/worker.js' } as const;
const kindOf = (program: Program): keyof typeof PROGRAMS => (program.startsWith('api') ? 'api' : 'worker');

/** Convoke's processes as they run in production, on simulated Docebo and Microsoft servers and the real Temporal server. */
export class Stack {
  private readonly folder = mkdtempSync(join(tmpdir(), 'convoke-stack-'));
  private readonly morePlatform: Record<string, unknown> = {};
  private readonly extraMailboxes: Record<string, { readonly user: string }> = {};
  /** For processes started from now on. */
  readonly moreEnvironment: Record<string, string> = {};
  private readonly children = new Map<Program, ChildProcess>();
  private readonly outputs = new Map<Program, string>();
  private readonly apiPorts = new Map<Program, number>();
  apiPort = 0;
  metricsPorts: { readonly api: number; readonly worker: number } | null = null;

  private constructor(
    readonly docebo: DoceboSimulator,
    readonly control: DoceboControl,
    readonly microsoft: MicrosoftSimulator,
    readonly microsoftUrl: string,
    readonly client: Client,
    readonly temporalServer: { readonly address: string; readonly namespace: string },
    private readonly options: StackOptions,
    private readonly codecKey: KeyRing[number],
  ) {}

  static async open(options: StackOptions): Promise<Stack> {
    const profile = readProfile(options.profile) as never;
    const docebo = createDoceboSimulator({ profile, platform: 'academy' });
    const doceboUrl = await docebo.listen();
    const microsoft = createMicrosoftSimulator({
      mailboxes: [{ address: ORGANIZER, displayName: 'Training' }],
      apps: [{ clientId: CLIENT_ID, clientSecret: 'app-secret', tenant: { id: TENANT_ID } }],
    });
    const microsoftUrl = await microsoft.listen();
    const connection = await connectTemporal().catch(() => null);
    const temporal = options.temporal ?? {
      address: temporalAddress(),
      namespace: await createNamespace(connection!, options.name),
    };
    const stackConnection =
      options.temporal === undefined ? connection! : await connectTemporal(options.temporal.address);
    if (options.temporal !== undefined) await connection?.close();
    const { codecKeys = [{ id: 'k1', key: randomBytes(32) }] } = options;
    const dataConverter = createDataConverter(codecKeys);
    const client = new Client({ connection: stackConnection, namespace: temporal.namespace, dataConverter });
    const control = new DoceboControl(doceboUrl);
    const stack = new Stack(docebo, control, microsoft, microsoftUrl, client, temporal, options, codecKeys[0]!);
    stack.apiPort = await freePort();
    if (options.metrics === true) stack.metricsPorts = { api: await freePort(), worker: await freePort() };
    stack.writeSettings(doceboUrl);
    // Redelivery in tests is a matter of moments; the schedule itself is the simulator's own test.
    await stack.control.settings({ webhooks: { backoff: { baseMs: 200, factor: 1.5, capMs: 2_000 } } });
    await stack.control.addWebhook({ url: stack.webhookUrl(), credentials: WEBHOOK });
    return stack;
  }

  webhookUrl(platform = 'academy'): string {
    return `http://127.0.0.1:${this.apiPort}/webhooks/docebo/${platform}`;
  }

  /** As an operator does: a mailbox more in convoke.yaml, and in Exchange. Processes read it when they start. */
  addMailbox(key: string, user: string, routes: readonly Record<string, unknown>[]): void {
    Object.assign(this.morePlatform, { routes });
    this.microsoft.state.addMailbox({ address: user, displayName: key });
    this.extraMailboxes[key] = { user };
    this.writeSettings(this.control.baseUrl);
  }

  /** Other sections in convoke.yaml, for programs that start from now on. */
  change(to: (before: Settings) => Record<string, unknown>): void {
    const before = parse(readFileSync(join(this.folder, 'convoke.yaml'), 'utf8')) as Settings;
    this.writeFile('convoke.yaml', stringify({ ...before, ...to(before) }));
  }

  /** Beside convoke.yaml. */
  writeFile(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  private writeSettings(doceboUrl: string): void {
    const settings = {
      platforms: {
        academy: {
          baseUrl: doceboUrl,
          profile: './profile.json',
          mailbox: 'training',
          lmsBaseUri: 'academy.example',
          callsPerHour: 100_000,
          callBurst: 10_000,
          ...this.options.platform,
          ...this.morePlatform,
        },
      },
      mailboxes: { training: { user: ORGANIZER }, ...this.extraMailboxes },
      ...(this.options.worker === undefined ? {} : { worker: this.options.worker }),
      microsoft: {
        tenant: TENANT_ID,
        clientId: CLIENT_ID,
        tokenEndpoint: `${this.microsoftUrl}/${TENANT_ID}/oauth2/v2.0/token`,
        graphBaseUrl: this.microsoftUrl,
      },
      ...(this.options.notifications === undefined ? {} : { notifications: this.options.notifications }),
      ...(this.options.changeNotifications === undefined
        ? {}
        : { changeNotifications: this.options.changeNotifications }),
      schedules: { rsvpPoll: '30d', sweep: '30d', failureDigest: '1d', ...this.options.schedules },
      pace: { coalesce: '300ms', settle: '1s', retry: ['1s', '2s', '5s'] },
      temporal: this.temporalServer,
      api: {
        host: '127.0.0.1',
        port: this.apiPort,
        publicUrl: `http://127.0.0.1:${this.apiPort}`,
        ...this.options.api,
      },
      ...(this.metricsPorts === null
        ? {}
        : { metrics: { apiPort: this.metricsPorts.api, workerPort: this.metricsPorts.worker } }),
    };
    writeFileSync(join(this.folder, 'convoke.yaml'), stringify(settings));
    const profile = readProfile(this.options.profile);
    const told = { ...profile, rsvpWriteBack: { ...profile.rsvpWriteBack, enabled: this.options.writeBack ?? false } };
    writeFileSync(join(this.folder, 'profile.json'), JSON.stringify(told));
  }

  private environment(program: Program): NodeJS.ProcessEnv {
    const port = this.apiPorts.get(program);
    return {
      ...(port === undefined ? {} : { CONVOKE_API_PORT: String(port) }),
      PATH: process.env.PATH,
      CONVOKE_ENVIRONMENT: 'development',
      CONVOKE_LOG_LEVEL: this.options.logLevel,
      CONVOKE_CONFIG: join(this.folder, 'convoke.yaml'),
      CONVOKE_DOCEBO_ACADEMY_CLIENT_ID: defaultAccount.clientId,
      CONVOKE_DOCEBO_ACADEMY_CLIENT_SECRET: defaultAccount.clientSecret,
      CONVOKE_WEBHOOK_ACADEMY: `${WEBHOOK.username}:${WEBHOOK.password}`,
      CONVOKE_MICROSOFT_CLIENT_SECRET: 'app-secret',
      CONVOKE_CODEC_KEYS: keyVariable([this.codecKey]),
      CONVOKE_ADDRESS_KEY: Buffer.alloc(32, 7).toString('base64'),
      ...this.options.environment,
    };
  }

  /** All at once, as the supervisor and other platforms do. */
  async start(...programs: Program[]): Promise<void> {
    const wanted: readonly Program[] = programs.length > 0 ? programs : ['api', 'worker'];
    await Promise.all(wanted.map((program) => this.startOne(program)));
  }

  private async startOne(program: Program): Promise<void> {
    if (program !== 'api' && kindOf(program) === 'api') this.apiPorts.set(program, await freePort());
    const child = spawn(process.execPath, [join(ROOT, PROGRAMS[kindOf(program)])], {
      cwd: this.folder,
      env: { ...this.environment(program), ...this.moreEnvironment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const before = this.log(program).length;
    const note = (chunk: Buffer): void => void this.outputs.set(program, this.log(program) + chunk.toString());
    child.stdout.on('data', note);
    child.stderr.on('data', note);
    this.children.set(program, child);
    await this.ready(program, child, before);
  }

  /** The compiled command line, in the folder and the environment of the worker. */
  convoke(...args: readonly string[]): ReturnType<Stack['watchedConvoke']> {
    return this.watchedConvoke(args, () => undefined);
  }

  /** @param onError what it has written to stderr so far, each time that there is more. */
  watchedConvoke(
    args: readonly string[],
    onError: (text: string) => void,
  ): Promise<{ readonly exit: number | null; readonly out: string; readonly err: string }> {
    const child = spawn(process.execPath, [join(ROOT, 'lib/src/cli/main.js'), ...args], {
      cwd: this.folder,
      env: { ...this.environment('worker'), ...this.moreEnvironment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => void (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
      onError(err);
    });
    return new Promise((resolve) => child.once('close', (exit) => resolve({ exit, out, err })));
  }

  /** @param before length of what former processes of the name have written. */
  private async ready(program: Program, child: ChildProcess, before: number): Promise<void> {
    await eventually(async () => {
      const log = this.log(program).slice(before);
      if (child.exitCode !== null) {
        this.children.delete(program);
        throw new Error(`${program} ended with ${child.exitCode}:\n${log.slice(-4_000)}`);
      }
      if (kindOf(program) === 'worker') return log.includes('worker runs') || null;
      const answer = await fetch(`http://127.0.0.1:${this.apiPorts.get(program) ?? this.apiPort}/readyz`).catch(
        () => null,
      );
      return answer?.ok === true || null;
    }, `${program} to be ready`);
  }

  /** kill -9, and the news that it is dead. */
  async kill(program: Program): Promise<void> {
    const child = this.children.get(program);
    if (child === undefined) throw new Error(`${program} does not run`);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    this.children.delete(program);
    this.outputs.delete(program);
  }

  /** SIGTERM; answers the exit code. */
  async stop(program: Program): Promise<number | null> {
    const child = this.children.get(program);
    if (child === undefined || child.exitCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    this.children.delete(program);
    return ended;
  }

  async close(): Promise<void> {
    await Promise.all([...this.children.keys()].map((program) => this.stop(program)));
    await this.client.connection.close();
    await this.docebo.close();
    await this.microsoft.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What a process serves to Prometheus. */
  async metrics(program: 'api' | 'worker'): Promise<string> {
    if (this.metricsPorts === null) throw new Error('this stack serves no metrics');
    return (await fetch(`http://127.0.0.1:${this.metricsPorts[program]}/metrics`)).text();
  }

  /** What a process, or all of them, have written so far. */
  log(program?: Program): string {
    return program === undefined ? [...this.outputs.values()].join('') : (this.outputs.get(program) ?? '');
  }

  pid(program: Program): number {
    const pid = this.children.get(program)?.pid;
    if (pid === undefined) throw new Error(`${program} does not run`);
    return pid;
  }

  armMicrosoft(fault: Fault): string {
    return this.microsoft.faults.arm(fault);
  }

  /** Waits until a request is held by the fault. */
  async held(side: 'microsoft' | 'docebo', faultId: string): Promise<void> {
    const base = side === 'microsoft' ? this.microsoftUrl : this.control.baseUrl;
    await eventually(async () => {
      const holds = (await (await fetch(`${base}/__control/holds?id=${faultId}&wait=2000`)).json()) as unknown[];
      return holds.length > 0 || null;
    }, `a request to be held on the side of ${side}`);
  }

  /** Events that stand in the organiser's calendar now. */
  calendar(organizer = ORGANIZER) {
    const { state } = this.microsoft;
    const mailbox = state.findMailbox(organizer)!;
    return Object.values(state.data.events)
      .filter((e) => e.mailboxId === mailbox.id && isInCalendar(mailbox, e) && !e.isCancelled)
      .sort((a, b) => (a.startUtc < b.startUtc ? -1 : 1));
  }

  /** "invitation ada@...": what was mailed, in order, since `from`. */
  mails(from = 0): string[] {
    return this.microsoft.state.data.outbox.slice(from).map((m) => `${m.kind} ${m.to}`);
  }

  mailCount(): number {
    return this.microsoft.state.data.outbox.length;
  }

  handle(sessionId: number | string) {
    return this.client.workflow.getHandle(sessionWorkflowId({ platform: 'academy', sessionId: String(sessionId) }));
  }

  async state(sessionId: number | string): Promise<SessionState> {
    return this.handle(sessionId).query<SessionState>(QUERIES.state);
  }

  /** Waits until the session rests: webhooks delivered, nothing waits, nothing is wrong, the second look taken. */
  async settled(
    sessionId: number | string,
    satisfied: (state: SessionState) => boolean = () => true,
  ): Promise<SessionState> {
    await this.control.whenIdle();
    return eventually(async () => {
      const state = await this.state(sessionId).catch(() => null);
      const rests =
        state !== null &&
        !state.busy &&
        state.inbox.count === 0 &&
        state.settleAt === null &&
        state.lastPlanAt !== null &&
        state.failures.length === 0;
      return rests && satisfied(state) ? state : null;
    }, `session ${sessionId} to settle`);
  }
}

/** `CONVOKE_CODEC_KEYS` of this ring. */
export function keyVariable(ring: KeyRing): string {
  return ring.map(({ id, key }) => `${id}:${Buffer.from(key).toString('base64')}`).join(',');
}

export function readProfile(name = 'assumed-v1'): { readonly rsvpWriteBack: object } {
  return JSON.parse(readFileSync(join(ROOT, `profiles/${name}.json`), 'utf8')) as { readonly rsvpWriteBack: object };
}

const TENANT_ID = '6f1c2b5e-0c1d-4c86-9d2a-5d0f3f6f7a10';
const CLIENT_ID = '11111111-2222-4333-8444-555555555555';

/** `YYYY-MM-DD` some days from now. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** A course with one session of two events in Rome, learners and an instructor; nothing is announced by webhook. */
export async function seedSession(
  stack: Pick<Stack, 'control'>,
  over: { readonly learners?: number; readonly events?: number; readonly rsvp?: boolean } = {},
) {
  const silent = { silent: true };
  const run = stack.control.run.bind(stack.control);
  const users = Array.from({ length: over.learners ?? 3 }, (_, i) => ({
    firstName: 'Learner',
    lastName: String(i + 1),
    email: `learner${i + 1}@academy.example`,
  }));
  const { result: learners } = await run('create-users', { users }, silent);
  const { result: teacher } = await run(
    'create-user',
    { firstName: 'Tess', lastName: 'Teacher', email: 'tess@academy.example' },
    silent,
  );
  const { result: location } = await run('create-location', { name: 'HQ', address: 'Via Roma 1' }, silent);
  const { result: room } = await run('create-classroom', { name: 'Room 2', locationId: location.id }, silent);
  const { result: course } = await run(
    'create-course',
    { name: 'First aid', rsvp: over.rsvp ?? true, type: 'classroom' },
    silent,
  );
  const events = Array.from({ length: over.events ?? 2 }, (_, i) => ({
    name: `Day ${i + 1}`,
    date: inDays(7 + i),
    timeBegin: '09:00',
    timeEnd: '17:00',
    timezone: 'Europe/Rome',
    locationId: location.id,
    classroomId: room.id,
  }));
  const { result: session } = await run(
    'create-session',
    { courseId: course.id, name: 'Spring', instructorIds: [teacher.id], maxEnroll: 600, events },
    silent,
  );
  const userIds = learners.map((u) => u.id);
  if (userIds.length > 0) await run('enrol', { sessionId: session.id, userIds }, silent);
  const truth = await stack.control.truth();
  return {
    course,
    session,
    location,
    room,
    teacher,
    learners,
    eventIds: truth.events.filter((e) => e.sessionId === session.id).map((e) => e.id),
  };
}

/** Somebody answers an invitation in Outlook. */
export async function answerMeeting(
  stack: Stack,
  event: string,
  address: string,
  response: 'accepted' | 'tentativelyAccepted' | 'declined',
  more: { readonly sendResponse?: boolean } = {},
): Promise<void> {
  const answer = await fetch(`${stack.microsoftUrl}/__control/people/${address}/respond`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ event, response, ...more }),
  });
  if (!answer.ok) throw new Error(`${address} could not answer: ${answer.status} ${await answer.text()}`);
}

/** Another program, or a person, makes a meeting in the organiser's calendar; body as on Graph. */
export async function makeByHand(stack: Stack, event: Record<string, unknown>): Promise<void> {
  const answer = await fetch(`${stack.microsoftUrl}/__control/mailboxes/${ORGANIZER}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });
  if (!answer.ok) throw new Error(`the event was not made: ${answer.status} ${await answer.text()}`);
}
