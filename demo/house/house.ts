import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DoceboControl } from '../../simulators/docebo/control/client';
import { Convoke, type ConvokeStatus } from './convoke';
import type { DataFolder } from './data-folder';
import { freePorts } from './free-ports';
import { LogFile } from './log-file';
import { MicrosoftControl } from './microsoft-control';
import { Program } from './program';
import * as settings from './settings';

/** The compiled programs: this file lies in lib/demo/house. */
const LIB = join(__dirname, '../..');
const ROOT = join(LIB, '..');
const SHIPPED_PROFILE = join(ROOT, 'profiles/assumed-v1.json');
const SHIPPED_TEMPLATE = join(ROOT, 'templates/invitation.html');
const SIMULATOR_STOP_MS = 5_000;
const SAVE_EVERY_MS = 15_000;

export interface HouseOptions {
  readonly folder: DataFolder;
  /** First of five ports; 0: any. */
  readonly portBase: number;
  readonly pace: settings.DemoPace;
  /** What runs Convoke; null: its own supervisor. */
  readonly supervisor: string | null;
  /** The programs' lines on the screen too. */
  readonly verbose: boolean;
  readonly say: (line: string) => void;
}

/** A simulated Docebo, a simulated Microsoft and Convoke between them, each in processes of its own. */
export class House {
  private readonly log: LogFile;
  private readonly programs: Program[] = [];
  private convoke: Convoke | null = null;
  private saving: NodeJS.Timeout | undefined;
  docebo = new DoceboControl('');
  microsoft = new MicrosoftControl('');
  status: ConvokeStatus | null = null;

  constructor(private readonly options: HouseOptions) {
    this.log = new LogFile(options.folder.file('demo.log'), options.verbose);
  }

  get logPath(): string {
    return this.log.path;
  }

  /** The open parts of a house that could not be opened whole are closed by `close`, as ever. */
  async open(signal: AbortSignal): Promise<void> {
    const { folder, portBase, say } = this.options;
    const [docebo = 0, microsoft = 0, apiPort = 0, temporalPort = 0, temporalUiPort = 0] = await freePorts(portBase, 5);
    if (portBase !== 0 && docebo !== portBase) say(`port ${portBase} is taken: the demo moves to ${docebo}`);
    const ui = ['--temporal-ui', `http://127.0.0.1:${temporalUiPort}`, '--temporal-namespace', settings.NAMESPACE];
    this.docebo = new DoceboControl(await this.simulator('docebo', [...this.doceboArgs(docebo), ...ui]));
    this.microsoft = new MicrosoftControl(await this.simulator('microsoft', ['--port', String(microsoft), ...ui]));
    await this.setUpSimulators();

    const at = {
      docebo: this.docebo.baseUrl,
      microsoft: this.microsoft.baseUrl,
      apiPort,
      temporalPort,
      temporalUiPort,
    };
    folder.write('convoke.yaml', settings.toSettingsFile(at, this.options.pace));
    folder.write(settings.PROFILE_FILE, settings.toProfile(readFileSync(SHIPPED_PROFILE, 'utf8')));
    this.writeTemplate();
    const dataFolder = folder.file('convoke');
    const environment = settings.toEnvironment(process.env, at, folder.secrets, dataFolder);
    folder.writeSecret('.env', settings.toEnvFile(environment));
    this.convoke = new Convoke(dataFolder, {
      name: 'convoke',
      script: this.options.supervisor ?? join(LIB, 'src/supervisor.js'),
      // Not the project's folder: a .env there is for real systems.
      cwd: folder.path,
      env: environment,
      onLine: this.log.write,
    });
    this.status = await this.convoke.whenReady(signal);
    await this.registerWebhook(this.status.apiUrl);
  }

  /** Saves the simulators' state now and then, and at the end. */
  keepState(): void {
    this.saving = setInterval(() => void this.saveState().catch(() => undefined), SAVE_EVERY_MS);
  }

  async killWorker(): Promise<void> {
    await this.convoke?.killWorker();
  }

  /** The academy's template as it came with Convoke, or as somebody leaves it. */
  writeTemplate(edit: (text: string) => string = (text) => text): void {
    this.options.folder.write(settings.TEMPLATE_FILE, edit(readFileSync(SHIPPED_TEMPLATE, 'utf8')));
  }

  /** Resolves with the reason when Convoke ends by itself. */
  whenBroken(): Promise<string> {
    return this.convoke?.whenEnded() ?? new Promise(() => undefined);
  }

  /** In order: Convoke first, so that nothing is under way when the simulators are saved and stopped. */
  async close({ save }: { readonly save: boolean }): Promise<void> {
    clearInterval(this.saving);
    await this.convoke?.stop();
    if (save)
      await this.saveState().catch((error) => this.options.say(`the state could not be saved: ${String(error)}`));
    await Promise.all(this.programs.map((program) => program.stop(SIMULATOR_STOP_MS)));
    await this.log.close();
  }

  private doceboArgs(port: number): string[] {
    const { secrets } = this.options.folder;
    return [
      ...['--port', String(port), '--platform', settings.PLATFORM, '--domain', settings.DOMAIN],
      ...['--client-id', settings.DOCEBO_CLIENT, '--client-secret', secrets.doceboSecret],
      ...['--profile', SHIPPED_PROFILE],
    ];
  }

  /** Starts one and answers where it listens. */
  private async simulator(name: 'docebo' | 'microsoft', args: readonly string[]): Promise<string> {
    const script = join(LIB, `simulators/${name}/main.js`);
    const program = new Program({ name, script, args, cwd: ROOT, env: process.env, onLine: this.log.write });
    this.programs.push(program);
    const [, address = ''] = await program.line(/listening on (http:\S+)/);
    return address;
  }

  private async setUpSimulators(): Promise<void> {
    const { folder } = this.options;
    if (folder.isKept) {
      await this.docebo.call('PUT', 'state', folder.readState('docebo'));
      await this.microsoft.call('PUT', 'state', folder.readState('microsoft'));
      return;
    }
    await this.docebo.settings({
      limits: { callsPerHour: settings.CALLS_PER_HOUR },
      webhooks: { backoff: { baseMs: 1_000, factor: 2, capMs: 60_000 } },
    });
    await this.microsoft.addMailbox(settings.MAILBOX);
    const tenant = { id: settings.TENANT };
    const clientSecret = folder.secrets.microsoftSecret;
    await this.microsoft.addApp({ clientId: settings.CLIENT_ID, clientSecret, tenant });
  }

  /** The guide's four events, grouped; a kept one may point to a port of yesterday. */
  private async registerWebhook(apiUrl: string): Promise<void> {
    const url = `${apiUrl}/webhooks/docebo/${settings.PLATFORM}`;
    const [kept] = await this.docebo.webhooks();
    if (kept !== undefined) return void (await this.docebo.changeWebhook(kept.id, { url }));
    const credentials = { username: settings.WEBHOOK_USER, password: this.options.folder.secrets.webhookPassword };
    await this.docebo.addWebhook({ name: 'Outlook calendar', url, credentials, grouping: true });
  }

  private async saveState(): Promise<void> {
    for (const name of ['docebo', 'microsoft'] as const)
      this.options.folder.saveState(name, await this[name].call('GET', 'state'));
  }
}
