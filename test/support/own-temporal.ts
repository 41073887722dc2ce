import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { prepareNamespace, startDevArgs } from '../../src/app/supervise/embedded-temporal';
import { PATIENCE_MS } from './pace';
import { freePort } from './free-port';

/** A Temporal server with a database file of its own, as `npm start` runs it. */
export class OwnTemporal {
  private constructor(
    readonly address: string,
    readonly namespace: string,
    private readonly folder: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(namespace: string): Promise<OwnTemporal> {
    const cli = process.env.TEMPORAL_CLI_PATH;
    if (!cli) throw new Error('No Temporal CLI: give this layer `needsTemporal` in jest.config.js.');
    const folder = mkdtempSync(join(tmpdir(), 'convoke-own-temporal-'));
    const port = await freePort();
    const databaseFile = join(folder, 'temporal.db');
    const args = startDevArgs({ namespace, port, uiPort: await freePort(), databaseFile, codecEndpoint: null });
    const child = spawn(cli, args, { stdio: 'ignore' });
    await prepareNamespace({ port, namespace, limitMs: PATIENCE_MS, signal: new AbortController().signal });
    return new OwnTemporal(`127.0.0.1:${port}`, namespace, folder, child);
  }

  connect(): Promise<Connection> {
    return Connection.connect({ address: this.address });
  }

  /** Everything that it has written: the database, and what has not been moved into it yet (-wal). */
  files(): readonly { readonly name: string; readonly bytes: Buffer }[] {
    return readdirSync(this.folder).map((name) => ({ name, bytes: readFileSync(join(this.folder, name)) }));
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
