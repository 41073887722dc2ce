/**
 * In place of Convoke's supervisor below the demo: a Temporal cluster on PostgreSQL, several api and worker processes, and somebody who
 * kills them. Tells of itself in the same file, `supervisor.json`.
 */
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readComposeFile } from './compose-file.mjs';
import { ConvokeProcesses } from './convoke-processes.mjs';
import { disturb } from './disturb.mjs';
import { freePorts } from './free-port.mjs';
import { Postgres } from './postgres.mjs';
import { TemporalCluster } from './temporal-cluster.mjs';

const { VERIFY_CLUSTER_PROGRAMS: programs, VERIFY_CLUSTER_REPORT: report, VERIFY_CLUSTER_EVERY_MS } = process.env;
const cli = process.env.TEMPORAL_CLI_PATH;
const dataFolder = process.env.CONVOKE_DATA_FOLDER;
const log = (line) => console.log(line);
const tell = (line) => {
  log(`cluster: ${line}`);
  appendFileSync(report, `${line}\n`);
};

const compose = readComposeFile();
const folder = mkdtempSync(join(tmpdir(), 'convoke-cluster-'));
const [postgresPort, temporalPort] = await freePorts(2);
const apiPort = Number(process.env.CONVOKE_API_PORT);
const postgres = new Postgres({ folder, port: postgresPort, password: randomBytes(24).toString('hex'), log });
const temporal = new TemporalCluster({ programs, cli, compose, postgres, port: temporalPort, servers: 2, log });
const convoke = new ConvokeProcesses({
  ...{ env: process.env, folder: process.cwd(), compose, cli, apiPort, log },
  ...{ temporalAddress: temporal.address, apis: 2, workers: 2 },
});

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stopping.abort());
process.on('disconnect', () => stopping.abort());

function writeStatus(ready, owner) {
  mkdirSync(dataFolder, { recursive: true });
  const status = {
    pid: process.pid,
    ready,
    apiUrl: `http://127.0.0.1:${apiPort}`,
    temporalAddress: temporal.address,
    namespace: convoke.namespace,
    temporalUiUrl: null,
    programs: { api: convoke.apis[0].pid, worker: owner?.pid ?? null, temporal: temporal.servers[0].pid },
  };
  writeFileSync(join(dataFolder, 'supervisor.new'), JSON.stringify(status));
  renameSync(join(dataFolder, 'supervisor.new'), join(dataFolder, 'supervisor.json'));
}

/** The worker that serves the mailbox is "the worker"; whoever kills it finds the next one here. The dead one comes back. */
async function keepStatus() {
  while (!stopping.signal.aborted) {
    writeStatus(true, await convoke.owner());
    for (const worker of convoke.workers) if (!worker.isRunning() && !disturbing) worker.again();
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

let disturbing = false;
let disturbed = Promise.resolve();
try {
  tell(await postgres.prepare());
  await postgres.start();
  await temporal.start();
  await convoke.start();
  writeStatus(true, await convoke.owner());
  tell('2 Temporal servers, 2 api and 2 worker processes run');
  disturbed = disturb({
    ...{ temporal, convoke, postgres, signal: stopping.signal, tell },
    everyMs: Number(VERIFY_CLUSTER_EVERY_MS),
    begin: () => (disturbing = true),
    end: () => (disturbing = false),
  });
  disturbed.catch((error) => {
    tell(`FAILED: ${error.message}`);
    process.exitCode = 1;
    stopping.abort();
  });
  await keepStatus();
} catch (error) {
  tell(`FAILED: ${error.message}`);
  process.exitCode = 1;
} finally {
  stopping.abort();
  await disturbed.catch(() => undefined);
  const codes = await convoke.stop().catch(() => ['?']);
  tell(`stopped in order: exit status ${codes.join(', ')}`);
  await temporal.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
  process.disconnect?.();
}
