import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The compiled file lies in lib/bench/world; the cluster's parts are not compiled. */
const CLUSTER = join(__dirname, '../../../scripts/lib/cluster');

type Log = (line: string) => void;

export interface Postgres {
  /** Answers its version. */
  prepare(): Promise<string>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface TemporalCluster {
  readonly servers: readonly { readonly pid: number | null }[];
  /** Ports. */
  readonly frontends: readonly number[];
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface ComposeFile {
  readonly temporalVersion: string;
}

/** What scripts/lib/cluster exports, as far as it is used here. */
export interface ClusterParts {
  readonly readComposeFile: () => ComposeFile;
  readonly ensureTemporalServer: (how: { readonly version: string; readonly log: Log }) => Promise<string>;
  readonly freePorts: (count: number) => Promise<readonly number[]>;
  readonly Postgres: new (how: {
    readonly folder: string;
    readonly port: number;
    readonly password: string;
    readonly log: Log;
  }) => Postgres;
  readonly TemporalCluster: new (how: {
    readonly programs: string;
    readonly cli: string;
    readonly compose: ComposeFile;
    readonly postgres: Postgres;
    readonly port: number;
    readonly servers: number;
    readonly log: Log;
  }) => TemporalCluster;
}

export async function loadClusterParts(): Promise<ClusterParts> {
  const names = ['compose-file', 'temporal-server', 'free-port', 'postgres', 'temporal-cluster'];
  const modules = await Promise.all(
    names.map((name) => import(pathToFileURL(join(CLUSTER, `${name}.mjs`)).href) as Promise<object>),
  );
  return Object.assign({}, ...modules) as ClusterParts;
}
