import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { ROOT } from '../project.mjs';
import { createBalancer } from './balancer.mjs';
import { freePorts } from './free-port.mjs';
import { runProgram } from './run-program.mjs';
import { ServiceProcess } from './service-process.mjs';

const QUEUE = 'owner/graph/training';
const SETTINGS = 'convoke.cluster.yaml';

/** Several api processes behind one address, and several workers that share the queues; the environment is that of docker-compose.yml. */
export class ConvokeProcesses {
  constructor({ env, folder, compose, cli, temporalAddress, apiPort, apis, workers, log }) {
    Object.assign(this, { env, folder, compose, cli, temporalAddress, apiPort });
    const several = (kind, count) =>
      Array.from({ length: count }, (_, i) => new ServiceProcess({ name: `${kind}-${i + 1}`, log }));
    this.apis = several('api', apis);
    this.workers = several('worker', workers);
  }

  async start() {
    const settings = parse(readFileSync(join(this.folder, 'convoke.yaml'), 'utf8'));
    writeFileSync(join(this.folder, SETTINGS), stringify({ ...settings, worker: { replicas: 'several' } }));
    this.ports = await freePorts(this.apis.length);
    this.balancer = createBalancer(this.ports);
    await this.balancer.listen(this.apiPort);
    for (const [i, api] of this.apis.entries()) this.run(api, 'api', { CONVOKE_API_PORT: String(this.ports[i]) });
    for (const worker of this.workers) this.run(worker, 'worker', {});
    for (const i of this.apis.keys()) await this.apiReady(i);
    for (const worker of this.workers) await worker.line(/"worker runs"/, 120_000);
  }

  async apiReady(i) {
    const ready = () =>
      fetch(`http://127.0.0.1:${this.ports[i]}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      );
    await this.apis[i].until(ready, 120_000, 'to be ready');
  }

  /** The worker that serves the mailbox now; null: none, for the moment. */
  async owner() {
    const args = ['workflow', 'describe', '--workflow-id', QUEUE, '--namespace', this.namespace, '--output', 'json'];
    const { ok, stdout } = await runProgram(this.cli, [...args, '--address', this.temporalAddress]);
    if (!ok) return null;
    const [turn] = JSON.parse(stdout).pendingActivities ?? [];
    if (!/STARTED/i.test(turn?.state ?? '')) return null;
    return this.workers.find(({ pid }) => pid !== null && turn.lastWorkerIdentity.startsWith(`${pid}@`)) ?? null;
  }

  get namespace() {
    return this.compose.environmentOf('worker').TEMPORAL_NAMESPACE;
  }

  async stop() {
    // Webhooks are stored until the last moment; nothing is under way when the workers have stopped.
    const codes = await Promise.all(this.workers.map((worker) => worker.stop('SIGTERM', 50_000)));
    codes.push(...(await Promise.all(this.apis.map((api) => api.stop('SIGTERM', 20_000)))));
    await this.balancer?.close();
    return codes;
  }

  run(service, kind, more) {
    const program = { api: 'lib/src/api/main.js', worker: 'lib/src/worker.js' }[kind];
    service.start(process.execPath, ['--enable-source-maps', join(ROOT, program)], {
      cwd: this.folder,
      env: {
        ...this.env,
        ...this.compose.environmentOf(kind),
        CONVOKE_API_HOST: '127.0.0.1',
        // Several on one machine: any port.
        CONVOKE_METRICS_HOST: '127.0.0.1',
        CONVOKE_METRICS_API_PORT: kind === 'api' ? '0' : '',
        CONVOKE_METRICS_WORKER_PORT: kind === 'worker' ? '0' : '',
        TEMPORAL_ADDRESS: this.temporalAddress,
        CONVOKE_CONFIG: SETTINGS,
        ...more,
      },
    });
  }
}
