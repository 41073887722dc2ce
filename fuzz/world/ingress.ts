import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { Program } from '../../chaos/world/program';
import * as settings from '../../chaos/world/settings';
import { freePorts } from '../../demo/house/free-ports';
import type { Target } from '../fuzz-case';
import { countOpen, readMemory } from './read-memory';
import { TemporalFrontend } from './temporal-frontend';

/** The compiled programs: this file lies in lib/fuzz/world. */
const LIB = join(__dirname, '../..');
const PUBLIC_URL = 'https://convoke.example';
const MAILBOX = 'training';
const QUIET = 'quiet';

/** The compiled api as a process of its own, with its settings in a folder of its own, before a frontend of Temporal's in this process. */
export class Ingress {
  readonly target: Target = {
    platform: settings.PLATFORM,
    authorization: `Basic ${Buffer.from(`${settings.WEBHOOK.username}:${settings.WEBHOOK.password}`).toString('base64')}`,
    domain: settings.DOMAIN,
    mailbox: MAILBOX,
    clientState: secretOf(MAILBOX),
    quietMailbox: QUIET,
  };

  private constructor(
    readonly folder: string,
    readonly port: number,
    readonly frontend: TemporalFrontend,
    private readonly api: Program,
  ) {}

  static async open(): Promise<Ingress> {
    const folder = mkdtempSync(join(tmpdir(), 'convoke-fuzz-'));
    const frontend = new TemporalFrontend();
    const temporalPort = Number((await frontend.listen()).split(':')[1]);
    const [port = 0] = await freePorts(0, 1);
    const nowhere = 'http://127.0.0.1:9';
    const at = { docebo: nowhere, microsoft: nowhere, apiPort: port, temporalPort };
    writeFileSync(join(folder, 'convoke.yaml'), withNotifications(settings.toSettingsFile(at)));
    const shipped = readFileSync(join(LIB, '../profiles/assumed-v1.json'), 'utf8');
    writeFileSync(join(folder, 'profile.json'), settings.toProfile(shipped));
    const api = new Program({
      name: 'api',
      command: process.execPath,
      args: ['--enable-source-maps', join(LIB, 'src/api/main.js')],
      cwd: folder,
      env: settings.toEnvironment(),
      logFile: join(folder, 'api.log'),
      isReady: async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok,
    });
    await api.up();
    return new Ingress(folder, port, frontend, api);
  }

  /** Bytes; 0 where the system does not tell. */
  memory(): number {
    return readMemory(this.api.pid);
  }

  /** Files and sockets that it has open. */
  openFiles(): number {
    return countOpen(this.api.pid);
  }

  /** How often the process ended by itself. */
  get crashes(): number {
    return this.api.ownEnds;
  }

  log(): string {
    return readFileSync(join(this.folder, 'api.log'), 'utf8');
  }

  async close(): Promise<void> {
    await this.api.stop();
    await this.frontend.close();
  }
}

function withNotifications(file: string): string {
  const { platforms, mailboxes, api, ...rest } = parse(file) as Record<'platforms' | 'mailboxes' | 'api', object>;
  const academy = (platforms as Record<string, object>)[settings.PLATFORM];
  return stringify({
    ...rest,
    platforms: { [settings.PLATFORM]: { ...academy, mailbox: MAILBOX } },
    mailboxes: { ...mailboxes, [QUIET]: { user: 'quiet@academy.example' } },
    changeNotifications: { mode: 'on' },
    api: { ...api, publicUrl: PUBLIC_URL },
  });
}

/** As the worker would tell Graph when it subscribes. */
function secretOf(mailbox: string): string {
  const key = Buffer.from(settings.toEnvironment().CONVOKE_ADDRESS_KEY ?? '', 'base64');
  const url = `${PUBLIC_URL}/webhooks/graph/${mailbox}`;
  return createHmac('sha256', key).update(`change notifications to ${url}`).digest('base64url');
}
