import { Client, Connection, type ClientInterceptors } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { NativeConnection } from '@temporalio/worker';
import { UpstreamError } from '../domain/errors';

export interface TemporalSettings {
  /** host:port of the frontend. */
  readonly address: string;
  readonly namespace: string;
  readonly apiKey?: string;
  readonly tls?:
    | boolean
    | {
        readonly serverNameOverride?: string;
        readonly serverRootCACertificate?: Buffer;
        readonly clientCertPair?: { readonly crt: Buffer; readonly key: Buffer };
      };
}

/** Longest pause between attempts to connect again. gRPC's own is two minutes, which all messages after a long outage would wait for. */
const RECONNECT_MS = 5_000;

export interface TemporalClient {
  readonly client: Client;
  readonly close: () => Promise<void>;
}

/** @throws UpstreamError `TEMPORAL_UNAVAILABLE` when nothing answers at the address. */
export async function connectClient(
  settings: TemporalSettings,
  dataConverter: DataConverter,
  interceptors: ClientInterceptors = {},
): Promise<TemporalClient> {
  const connection = await Connection.connect({
    ...link(settings),
    connectTimeout: '10s',
    channelArgs: { 'grpc.max_reconnect_backoff_ms': RECONNECT_MS },
  }).catch(unreachable(settings));
  const client = new Client({ connection, namespace: settings.namespace, dataConverter, interceptors });
  return { client, close: () => connection.close() };
}

/** For workers. @throws UpstreamError `TEMPORAL_UNAVAILABLE`. */
export async function connectWorker(settings: TemporalSettings): Promise<NativeConnection> {
  return NativeConnection.connect(link(settings)).catch(unreachable(settings));
}

function link({ address, apiKey, tls }: TemporalSettings) {
  return { address, ...(apiKey !== undefined && { apiKey }), ...(tls !== undefined && { tls }) };
}

function unreachable({ address }: TemporalSettings): (cause: unknown) => never {
  return (cause) => {
    throw new UpstreamError(`Temporal does not answer at ${address}. Is it running, and is the address right?`, {
      code: 'TEMPORAL_UNAVAILABLE',
      cause,
    });
  };
}
