import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TemporalElsewhere } from '../../chaos/world/world';
import type { BenchContext } from '../section';
import { loadClusterParts, type Postgres, type TemporalCluster } from './cluster-parts';

/**
 * One real Temporal server of the version in docker-compose.yml on a PostgreSQL of its own, with nothing between it and the api: what
 * `npm run verify:cluster` builds and sets up. null, said why, when Go or PostgreSQL is missing.
 */
export async function openPostgres({ say }: BenchContext): Promise<TemporalElsewhere | null> {
  // Not in the folder of this run: as root, PostgreSQL runs as somebody else, who must get there.
  const folder = mkdtempSync(join(tmpdir(), 'convoke-bench-postgres-'));
  chmodSync(folder, 0o755);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.on('exit', remove);
  const log = (line: string): void => appendFileSync(join(folder, 'cluster.log'), `${line}\n`);
  try {
    const parts = await loadClusterParts();
    const compose = parts.readComposeFile();
    const programs = await parts.ensureTemporalServer({ version: compose.temporalVersion, log: say });
    const [postgresPort = 0, port = 0] = await parts.freePorts(2);
    const password = randomBytes(24).toString('hex');
    const postgres = new parts.Postgres({ folder: join(folder, 'data'), port: postgresPort, password, log });
    say(`  postgres: ${await postgres.prepare()}, Temporal ${compose.temporalVersion}`);
    const cli = process.env.TEMPORAL_CLI_PATH ?? 'temporal';
    const options = { programs, cli, compose, postgres, port, servers: 1, log };
    return await start(postgres, new parts.TemporalCluster(options));
  } catch (error) {
    say(`  postgres: skipped: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

async function start(postgres: Postgres, cluster: TemporalCluster): Promise<TemporalElsewhere> {
  const stop = async (): Promise<void> => {
    await cluster.stop();
    await postgres.stop();
  };
  try {
    await postgres.start();
    await cluster.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return { port: cluster.frontends[0]!, pid: () => cluster.servers[0]?.pid ?? undefined, stop };
}
