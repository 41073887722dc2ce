import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { MicrosoftControl } from '../../demo/house/microsoft-control';
import { freePorts } from '../../demo/house/free-ports';
import { DoceboControl } from '../../simulators/docebo/control/client';
import { createDoceboSimulator, type DoceboSimulator } from '../../simulators/docebo/server';
import { createMicrosoftSimulator, type MicrosoftSimulator } from '../../simulators/microsoft/server';
import type { Knobs } from '../../simulators/microsoft/state/knobs';
import type { ProgramName } from '../plan/round';
import { Program } from './program';
import * as settings from './settings';

/** The compiled programs: this file lies in lib/chaos/world. */
const LIB = join(__dirname, '../..');
const PROFILE = join(LIB, '../profiles/assumed-v1.json');

export interface WorldOptions {
  /** Gets the simulators while hooks can still be added. */
  readonly beforeListening?: (docebo: DoceboSimulator, microsoft: MicrosoftSimulator) => void;
  readonly pace?: settings.WorldPace;
  /** Where Temporal keeps its data. */
  readonly storage?: 'file' | 'memory';
  /** Instead of a server of its own: one that serves the namespace already. It is stopped with the world. */
  readonly temporal?: TemporalElsewhere;
  /** Of the simulated Microsoft. */
  readonly knobs?: Partial<Knobs>;
  /** For Node, of the api and the worker. */
  readonly nodeArgs?: readonly string[];
}

/** A Temporal server that somebody else has started. */
export interface TemporalElsewhere {
  readonly port: number;
  pid(): number | undefined;
  stop(): Promise<void>;
}

/** What a program can be told. */
export type Runs = Pick<Program, keyof Program>;

/** Docebo and Microsoft in this process, Temporal, api and worker in processes of their own. */
export class World {
  /** When either side was last asked anything. */
  lastRequestAt = 0;

  private constructor(
    readonly folder: string,
    readonly docebo: DoceboSimulator,
    readonly doceboUrl: string,
    readonly microsoft: MicrosoftSimulator,
    readonly microsoftUrl: string,
    readonly programs: Readonly<Record<ProgramName, Runs>>,
    readonly temporalAddress: string,
    readonly apiUrl: string,
  ) {}

  static async open(folder: string, options: WorldOptions = {}): Promise<World> {
    const profile = readFileSync(PROFILE, 'utf8');
    const docebo = createDoceboSimulator({
      profile: JSON.parse(profile) as never,
      platform: settings.PLATFORM,
      domain: settings.DOMAIN,
      account: settings.DOCEBO_ACCOUNT,
    });
    const microsoft = createMicrosoftSimulator({
      mailboxes: [settings.MAILBOX],
      apps: [{ ...settings.APP, tenant: settings.TENANT }],
      knobs: { maxRequestsPerTenMinutes: 1_000_000, ...options.knobs },
    });
    options.beforeListening?.(docebo, microsoft);
    let noteRequests = (): unknown => undefined;
    for (const { app } of [docebo, microsoft])
      app.addHook('onRequest', (request, _reply, done) => {
        if (!request.url.startsWith('/__control/')) noteRequests();
        done();
      });
    const [doceboUrl, microsoftUrl] = [await docebo.listen(), await microsoft.listen()];
    const [apiPort = 0, ownPort = 0] = await freePorts(0, 2);
    const temporalPort = options.temporal?.port ?? ownPort;
    const at = { docebo: doceboUrl, microsoft: microsoftUrl, apiPort, temporalPort };
    writeFileSync(join(folder, 'convoke.yaml'), settings.toSettingsFile(at, options.pace));
    writeFileSync(join(folder, 'profile.json'), settings.toProfile(profile));
    docebo.tenant.changeSettings({
      limits: { callsPerHour: settings.CALLS_PER_HOUR },
      // Redelivery is a matter of moments here; the real waits begin at half a minute.
      webhooks: { backoff: { baseMs: 200, factor: 1.5, capMs: 2_000 } },
    });
    const world = new World(
      folder,
      docebo,
      doceboUrl,
      microsoft,
      microsoftUrl,
      {
        temporal:
          options.temporal === undefined
            ? program(folder, 'temporal', process.env.TEMPORAL_CLI_PATH ?? 'temporal', {
                args: settings.temporalArgs({
                  port: temporalPort,
                  databaseFile: options.storage === 'memory' ? null : join(folder, 'temporal.db'),
                }),
                isReady: () => listens(temporalPort),
              })
            : elsewhere(options.temporal),
        api: program(folder, 'api', process.execPath, {
          args: ['--enable-source-maps', ...(options.nodeArgs ?? []), join(LIB, 'src/api/main.js')],
          isReady: async () => (await fetch(`http://127.0.0.1:${apiPort}/readyz`)).ok,
        }),
        worker: program(folder, 'worker', process.execPath, {
          args: ['--enable-source-maps', ...(options.nodeArgs ?? []), join(LIB, 'src/worker.js')],
          isReady: async (said) => said.includes('worker runs'),
        }),
      },
      `127.0.0.1:${temporalPort}`,
      `http://127.0.0.1:${apiPort}`,
    );
    noteRequests = () => (world.lastRequestAt = Date.now());
    await world.doceboControl.addWebhook({
      name: 'Outlook calendar',
      url: world.webhookUrl,
      credentials: settings.WEBHOOK,
    });
    return world;
  }

  get webhookUrl(): string {
    return `${this.apiUrl}/webhooks/docebo/${settings.PLATFORM}`;
  }

  get doceboControl(): DoceboControl {
    return new DoceboControl(this.doceboUrl);
  }

  get microsoftControl(): MicrosoftControl {
    return new MicrosoftControl(this.microsoftUrl);
  }

  async start(): Promise<void> {
    await this.programs.temporal.up();
    await Promise.all([this.programs.api.up(), this.programs.worker.up()]);
  }

  /** For what needs no payloads: schedules and their runs. Closed by the caller's end. */
  async temporally<T>(act: (client: Client) => Promise<T>): Promise<T> {
    const connection = await Connection.connect({ address: this.temporalAddress, connectTimeout: '10s' });
    try {
      return await act(new Client({ connection, namespace: settings.NAMESPACE }));
    } finally {
      await connection.close();
    }
  }

  async close(): Promise<void> {
    const { api, worker, temporal } = this.programs;
    this.docebo.faults.disarm();
    this.microsoft.faults.disarm();
    await Promise.all([api.stop(), worker.stop()]);
    await temporal.stop();
    await this.docebo.close();
    await this.microsoft.close();
  }
}

function program(
  folder: string,
  name: ProgramName,
  command: string,
  how: { readonly args: readonly string[]; readonly isReady: (said: string) => Promise<boolean> },
): Program {
  const logFile = join(folder, `${name}.log`);
  return new Program({ name, command, cwd: folder, env: settings.toEnvironment(), logFile, ...how });
}

/** It is up as long as it is wanted, and nothing here kills it. */
function elsewhere(server: TemporalElsewhere): Runs {
  const refuse = (): Promise<never> => Promise.reject(new Error('this server is not ours to kill'));
  return {
    up: () => Promise.resolve(),
    isUp: true,
    get pid() {
      return server.pid();
    },
    kill: refuse,
    pause: refuse,
    stop: () => server.stop(),
    ownEnds: 0,
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
