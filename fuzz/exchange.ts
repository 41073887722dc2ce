import { connect } from 'node:net';
import type { FuzzCase } from './fuzz-case';

export interface Exchange {
  /** By the monotonic clock, before the connection was opened. */
  readonly startedAt: number;
  readonly received: Buffer;
  /** From the last byte that was sent to the end. */
  readonly ms: number;
  readonly end: 'closed' | 'reset' | 'hung';
}

/** Longer than any limit that the server has for a request that is there whole. */
const HANGS_AFTER_MS = 8_000;

/** Sends a case over a connection of its own and takes what comes until the server closes. */
export function exchange(fuzzCase: FuzzCase, at: { readonly port: number; readonly from: string }): Promise<Exchange> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const startedAt = performance.now();
    let sentAt = startedAt;
    const socket = connect({ port: at.port, host: '127.0.0.1', localAddress: at.from });
    const timer = setTimeout(() => finish('hung'), HANGS_AFTER_MS);
    const finish = (end: Exchange['end']): void => {
      clearTimeout(timer);
      // No port waits for packets that are still on their way: there are not enough of them.
      socket.resetAndDestroy();
      resolve({ startedAt, received: Buffer.concat(chunks), ms: performance.now() - sentAt, end });
    };
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.once('error', () => finish('reset'));
    socket.once('end', () => finish('closed'));
    socket.once('close', () => finish('closed'));
    socket.once('connect', () => {
      socket.setNoDelay(true);
      socket.write(fuzzCase.bytes, () => (sentAt = performance.now()));
      if (fuzzCase.ends) socket.end();
    });
  });
}
