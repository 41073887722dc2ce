import { createServer, type Http2Server, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { temporal } from '@temporalio/proto';

const api = temporal.api.workflowservice.v1;
const UNIMPLEMENTED = '12';
const UNAVAILABLE = '14';

/**
 * As much of Temporal's frontend as the ingress calls, in memory: it keeps the ids of the workflows that were signalled. A real server on a
 * disk would be what is measured.
 */
export class TemporalFrontend {
  readonly signalled = new Set<string>();
  signals = 0;
  /** Refuses everything, as a cluster that has lost its database. */
  isAway = false;
  private readonly server: Http2Server = createServer();
  private readonly sessions = new Set<ServerHttp2Session>();

  constructor() {
    this.server.on('session', (session) => {
      this.sessions.add(session);
      session.once('close', () => this.sessions.delete(session));
      session.on('error', () => undefined);
    });
    this.server.on('stream', (stream, headers) =>
      this.receive(stream, String(headers[':path']).split('/').at(-1) ?? ''),
    );
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    for (const session of this.sessions) session.destroy();
    this.server.close();
  }

  private receive(stream: ServerHttp2Stream, method: string): void {
    const chunks: Buffer[] = [];
    stream.on('error', () => undefined);
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      // Five bytes before the message: whether it is compressed, and its length.
      const answer = this.isAway ? null : this.answer(method, Buffer.concat(chunks).subarray(5));
      stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' }, { waitForTrailers: true });
      const status = answer !== null ? '0' : this.isAway ? UNAVAILABLE : UNIMPLEMENTED;
      stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': status }));
      stream.end(answer === null ? undefined : frame(answer));
    });
  }

  /** null: nothing that the ingress needs. */
  private answer(method: string, request: Buffer): Uint8Array | null {
    switch (method) {
      case 'GetSystemInfo':
        return api.GetSystemInfoResponse.encode({ serverVersion: '1.29.0', capabilities: {} }).finish();
      case 'DescribeNamespace':
        return api.DescribeNamespaceResponse.encode({}).finish();
      case 'SignalWithStartWorkflowExecution': {
        const { workflowId } = api.SignalWithStartWorkflowExecutionRequest.decode(request);
        // The limit of Temporal's server for an id.
        if (workflowId.length > 1_000) return null;
        this.signals++;
        this.signalled.add(workflowId);
        return api.SignalWithStartWorkflowExecutionResponse.encode({ runId: 'a-run', started: true }).finish();
      }
      default:
        return null;
    }
  }
}

function frame(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}
