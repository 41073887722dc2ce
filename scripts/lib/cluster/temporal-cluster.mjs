import { join } from 'node:path';
import { ROOT } from '../project.mjs';
import { createBalancer } from './balancer.mjs';
import { freePorts } from './free-port.mjs';
import { USER } from './postgres.mjs';
import { runProgram } from './run-program.mjs';
import { ServiceProcess } from './service-process.mjs';

/** Ports of one server, as the image's own configuration names them. */
const PORTS = [
  'FRONTEND_GRPC_PORT',
  'FRONTEND_HTTP_PORT',
  'FRONTEND_MEMBERSHIP_PORT',
  'HISTORY_GRPC_PORT',
  'HISTORY_MEMBERSHIP_PORT',
  'MATCHING_GRPC_PORT',
  'MATCHING_MEMBERSHIP_PORT',
  'WORKER_GRPC_PORT',
  'WORKER_MEMBERSHIP_PORT',
];

/** Several real Temporal servers on one database, behind one address, set up by the scripts and settings of the containers. */
export class TemporalCluster {
  constructor({ programs, cli, compose, postgres, port, servers, log }) {
    Object.assign(this, { programs, cli, compose, postgres, port, log });
    this.servers = Array.from({ length: servers }, (_, i) => new ServiceProcess({ name: `temporal-${i + 1}`, log }));
  }

  get address() {
    return `127.0.0.1:${this.port}`;
  }

  async start() {
    const database = { SQL_HOST: '127.0.0.1', SQL_PORT: String(this.postgres.port), SQL_USER: USER };
    await this.script('set-up-database.sh', { ...database, SQL_PASSWORD: this.postgres.password });
    const ports = await freePorts(this.servers.length * PORTS.length);
    const frontends = [];
    this.serving = (port) => this.isServing(`127.0.0.1:${port}`);
    // One after the other: the first one writes down the cluster's metadata.
    for (const server of this.servers) {
      const own = Object.fromEntries(PORTS.map((name) => [name, String(ports.pop())]));
      const frontend = Number(own.FRONTEND_GRPC_PORT);
      frontends.push(frontend);
      server.start(join(this.programs, 'temporal-server'), ['--allow-no-auth', 'start'], {
        env: { ...this.environment(), ...own },
        cwd: this.postgres.folder,
      });
      await server.until(() => this.serving(frontend), 120_000, 'to serve');
    }
    this.frontends = frontends;
    this.balancer = createBalancer(frontends);
    await this.balancer.listen(this.port);
    const { TEMPORAL_NAMESPACE } = this.compose.environmentOf('temporal-namespace');
    await this.script('set-up-namespace.sh', { TEMPORAL_ADDRESS: this.address, TEMPORAL_NAMESPACE });
  }

  /** kill -9, and started anew after a while. */
  async killAndRestart(index, downMs) {
    const server = this.servers[index];
    await server.kill();
    await new Promise((resolve) => setTimeout(resolve, downMs));
    server.again();
    await server.until(() => this.serving(this.frontends[index]), 120_000, 'to serve again');
  }

  async stop() {
    await Promise.all(this.servers.map((server) => server.stop('SIGTERM', 20_000)));
    await this.balancer?.close();
  }

  /** As docker-compose.yml has it, on this machine's addresses. */
  environment() {
    return {
      PATH: process.env.PATH,
      ...this.compose.environmentOf('temporal'),
      POSTGRES_SEEDS: '127.0.0.1',
      DB_PORT: String(this.postgres.port),
      POSTGRES_USER: USER,
      POSTGRES_PWD: this.postgres.password,
      BIND_ON_IP: '127.0.0.1',
      TEMPORAL_BROADCAST_ADDRESS: '127.0.0.1',
      DYNAMIC_CONFIG_FILE_PATH: join(ROOT, 'deploy/temporal/dynamic-config.yaml'),
    };
  }

  /** Not synchronous, as nothing here is: the balancers live in this process. */
  async script(name, env) {
    const path = [this.programs, join(this.cli, '..'), process.env.PATH].join(':');
    const did = await runProgram('sh', [join(ROOT, 'deploy/temporal', name)], {
      ...env,
      PATH: path,
      HOME: process.env.HOME,
    });
    for (const line of `${did.stdout}${did.stderr}`.split('\n').filter(Boolean)) this.log(`${name}: ${line}`);
    if (!did.ok) throw new Error(`${name} failed: ${did.stderr.slice(-1_000)}`);
  }

  async isServing(address) {
    const { stdout } = await runProgram(this.cli, ['operator', 'cluster', 'health', '--address', address]);
    return stdout.includes('SERVING');
  }
}
