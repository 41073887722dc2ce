import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { choosePort } from './choose-port';
import { checkCli, prepareNamespace, startDevArgs } from './embedded-temporal';
import { startGuard, type Guard } from './guard-client';
import { StatusFile } from './status-file';
import { SupervisedProgram, type ProgramEvents, type ProgramSpec } from './supervised-program';
import { untilReady } from './until-ready';

export interface SupervisorSettings {
  /** Of the embedded Temporal server, the status file and the lock; made if missing. */
  readonly dataFolder: string;
  readonly namespace: string;
  readonly temporal:
    | { readonly kind: 'external'; readonly address: string }
    /** Wanted ports; 0: any. */
    | { readonly kind: 'embedded'; readonly cli: string; readonly port: number; readonly uiPort: number };
  readonly api: {
    readonly host: string;
    /** Wanted; 0: any. */
    readonly port: number;
    /** Whether the codec endpoint answers, and to pages of which origins. */
    readonly codec: boolean;
    readonly codecOrigins: readonly string[];
  };
  /** Scripts for Node. */
  readonly scripts: { readonly api: string; readonly worker: string; readonly guard: string };
  /** Of the programs, which add to it where the others are. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The supervisor's output: `name` says whose line it is. */
export type Print = (name: string, line: string) => void;

const SELF = 'convoke';
/** From the start of the embedded server to its namespace. */
const TEMPORAL_LIMIT_MS = 60_000;
/** A worker lets activities end for 20 s; the ingress answers what it has taken. */
const GRACE_MS = { api: 15_000, worker: 35_000, temporal: 15_000 };

/**
 * Runs Temporal (unless it runs elsewhere), api and worker as processes of their own until `signal` is aborted, then stops them in order:
 * first who takes messages, then who works, then the store.
 *
 * @throws ConfigError another supervisor holds the data folder, or there is no Temporal CLI. Error the embedded server does not come up.
 *   Everything is stopped by then.
 */
export async function supervise(settings: SupervisorSettings, print: Print, signal: AbortSignal): Promise<void> {
  await mkdir(settings.dataFolder, { recursive: true, mode: 0o700 });
  const dataFolder = await realpath(settings.dataFolder);
  const say = (line: string): void => print(SELF, line);
  const guard = await startGuard(dataFolder, {
    script: settings.scripts.guard,
    onTaken: () => say(`another Convoke runs on ${dataFolder}: waiting for its end`),
    onLost: (error) => say(`the guard against orphans is gone: ${String(error)}`),
  });
  const programs = new Programs({ ...settings, dataFolder }, { print, say, guard, signal });
  try {
    await programs.open();
    await aborted(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await programs.close();
    await guard.close();
  }
}

interface Tools {
  readonly print: Print;
  readonly say: (line: string) => void;
  readonly guard: Guard;
  readonly signal: AbortSignal;
}

/** The programs and where they are. */
class Programs {
  private readonly programs: SupervisedProgram[] = [];
  private readonly status: StatusFile;
  private ready = false;
  private addresses = { apiUrl: '', temporalAddress: '', temporalUiUrl: null as string | null };

  constructor(
    private readonly settings: SupervisorSettings,
    private readonly tools: Tools,
  ) {
    this.status = new StatusFile(settings.dataFolder);
  }

  async open(): Promise<void> {
    const { settings, tools } = this;
    const { api } = settings;
    const apiPort = await this.port('api', api.port, { host: api.host });
    this.addresses.apiUrl = `http://${reachable(api.host)}:${apiPort}`;
    await this.openTemporal(apiPort);
    tools.signal.throwIfAborted();

    const env = {
      ...settings.env,
      TEMPORAL_ADDRESS: this.addresses.temporalAddress,
      CONVOKE_API_PORT: String(apiPort),
    };
    const node = (script: string): Pick<ProgramSpec, 'command' | 'args'> => ({
      command: process.execPath,
      args: ['--enable-source-maps', script],
    });
    this.start({ name: 'worker', ...node(settings.scripts.worker), env, graceMs: GRACE_MS.worker });
    this.start({ name: 'api', ...node(settings.scripts.api), env, graceMs: GRACE_MS.api });
    await untilReady(`${this.addresses.apiUrl}/readyz`, {
      signal: tools.signal,
      remind: (why) => tools.say(`the api is not ready yet: ${why}`),
    });
    this.ready = true;
    this.writeStatus();
    tools.say(`ready: webhooks at ${this.addresses.apiUrl}/webhooks/docebo/<platform>`);
  }

  /** In the reverse order of their start. */
  async close(): Promise<void> {
    const running = [...this.programs].reverse();
    if (running.length > 0) this.tools.say('stopping');
    for (const program of running) await program.stop();
    this.status.remove();
    if (running.length > 0) this.tools.say('stopped');
  }

  private async openTemporal(apiPort: number): Promise<void> {
    const { settings, tools } = this;
    const { temporal, namespace, dataFolder } = settings;
    if (temporal.kind === 'external') {
      this.addresses.temporalAddress = temporal.address;
      tools.say(`Temporal runs at ${temporal.address}: none is started here`);
      return;
    }
    await checkCli(temporal.cli);
    const port = await this.port('Temporal', temporal.port, { avoid: [apiPort] });
    const uiPort = await this.port("Temporal's Web UI", temporal.uiPort, { avoid: [apiPort, port] });
    this.addresses.temporalAddress = `127.0.0.1:${port}`;
    this.addresses.temporalUiUrl = `http://127.0.0.1:${uiPort}`;
    const databaseFile = join(dataFolder, 'temporal.db');
    const codecEndpoint = settings.api.codec ? `${this.addresses.apiUrl}/codec` : null;
    this.start({
      name: 'temporal',
      command: temporal.cli,
      args: startDevArgs({ namespace, port, uiPort, databaseFile, codecEndpoint }),
      env: settings.env,
      graceMs: GRACE_MS.temporal,
      quietAtEnd: true,
    });
    await prepareNamespace({ port, namespace, limitMs: TEMPORAL_LIMIT_MS, signal: tools.signal }).catch((cause) => {
      if (tools.signal.aborted) throw cause;
      const limit = TEMPORAL_LIMIT_MS / 1000;
      throw new Error(`Temporal did not come up on port ${port} within ${limit} s: see its lines above`, { cause });
    });
    tools.say(`Temporal at 127.0.0.1:${port}, namespace ${namespace}, data in ${databaseFile}`);
    tools.say(`Temporal's Web UI at ${this.addresses.temporalUiUrl}`);
    this.adviseCodec();
  }

  private adviseCodec(): void {
    const { codec, codecOrigins } = this.settings.api;
    const ui = this.addresses.temporalUiUrl ?? '';
    if (!codec) this.tools.say('it shows payloads encrypted: api.codec in convoke.yaml opens the codec endpoint to it');
    else if (!codecOrigins.includes(ui)) this.tools.say(`to show payloads it needs ${ui} in api.codec.allowedOrigins`);
  }

  private async port(what: string, wanted: number, options: Parameters<typeof choosePort>[1]): Promise<number> {
    const port = await choosePort(wanted, options);
    if (wanted !== 0 && port !== wanted) this.tools.say(`port ${wanted} is taken: ${what} moves to ${port}`);
    return port;
  }

  private start(spec: ProgramSpec): void {
    const { guard, say, print } = this.tools;
    const rank = this.programs.length;
    const events: ProgramEvents = {
      line: print,
      news: (name, text) => say(`${name} ${text}`),
      started: (_name, pid) => {
        guard.watch(pid, rank);
        this.writeStatus();
      },
      ended: (_name, pid) => {
        guard.forget(pid);
        this.writeStatus();
      },
    };
    const program = new SupervisedProgram(spec, events);
    this.programs.push(program);
    program.start();
  }

  private writeStatus(): void {
    const programs = Object.fromEntries(this.programs.map((program) => [program.spec.name, program.pid]));
    const { namespace } = this.settings;
    this.status.write({ pid: process.pid, ready: this.ready, ...this.addresses, namespace, programs });
  }
}

/** Where this machine finds a server that listens on `host`. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
