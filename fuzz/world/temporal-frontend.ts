import { createServer, type Http2Server, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { temporal } from '@temporalio/proto';

/** `refuses`: a cluster that has lost its database; `hangs`: takes everything and answers nothing; `unreachable`: nobody listens. */
export type FrontendState = 'here' | 'refuses' | 'hangs' | 'unreachable';

const api = temporal.api.workflowservice.v1;
const UNIMPLEMENTED = '12';
const UNAVAILABLE = '14';

/**
 * As much of Temporal's frontend as the ingress calls, in memory: it keeps which workflows were signalled. A real server on a
 * disk would be what is measured.
 */
export class TemporalFrontend {
  signals = 0;
  private readonly told = new Map<string, { count: number; at: number }>();
  private state: FrontendState = 'here';
  private port = 0;
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
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
    return `127.0.0.1:${this.port}`;
  }

  /** Ids of the workflows that were signalled. */
  get signalled(): readonly string[] {
    return [...this.told.keys()];
  }

  signalsTo(workflowId: string): number {
    return this.told.get(workflowId)?.count ?? 0;
  }

  /** Whether the workflow was signalled since then, by the monotonic clock. */
  isSignalled(workflowId: string, since: number): boolean {
    return (this.told.get(workflowId)?.at ?? -1) >= since;
  }

  async become(state: FrontendState): Promise<void> {
    const before = this.state;
    this.state = state;
    if (state === 'unreachable') await this.close();
    else if (before === 'unreachable') await this.listen();
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const session of this.sessions) session.destroy();
    await closed;
  }

  private receive(stream: ServerHttp2Stream, method: string): void {
    const chunks: Buffer[] = [];
    stream.on('error', () => undefined);
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      // Five bytes before the message: whether it is compressed, and its length.
      if (this.state === 'hangs' || stream.destroyed) return;
      const isHere = this.state === 'here';
      const answer = !isHere ? null : this.answer(method, Buffer.concat(chunks).subarray(5));
      stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' }, { waitForTrailers: true });
      const status = answer !== null ? '0' : isHere ? UNIMPLEMENTED : UNAVAILABLE;
      stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': status }));
      stream.end(answer === null ? undefined : frame(answer));
    });
  }

  private keep(workflowId: string): void {
    this.signals++;
    this.told.set(workflowId, { count: this.signalsTo(workflowId) + 1, at: performance.now() });
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
        this.keep(workflowId);
        return api.SignalWithStartWorkflowExecutionResponse.encode({ runId: 'a-run', started: true }).finish();
      }
      case 'SignalWorkflowExecution': {
        const { workflowExecution } = api.SignalWorkflowExecutionRequest.decode(request);
        const workflowId = workflowExecution?.workflowId ?? '';
        // Only what was started is told so, and here nothing ends.
        if (!this.told.has(workflowId)) return null;
        this.keep(workflowId);
        return api.SignalWorkflowExecutionResponse.encode({}).finish();
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
