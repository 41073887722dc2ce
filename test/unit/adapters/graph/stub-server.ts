import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StubAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text goes as it is, anything else as JSON; `hang` never answers, `reset` closes the connection. */
  readonly body?: unknown;
  readonly does?: 'hang' | 'reset';
}

export interface StubRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server whose answers are put in line; it remembers what it was asked. Without an answer in line: 500. */
export class StubServer {
  readonly seen: StubRequest[] = [];
  origin = '';
  private readonly answers: StubAnswer[] = [];
  private readonly server: Server = createServer(this.serve());

  static async start(): Promise<StubServer> {
    const stub = new StubServer();
    // A caller that was kept waiting must not find its connection closed.
    stub.server.keepAliveTimeout = 120_000;
    await new Promise<void>((done) => stub.server.listen(0, '127.0.0.1', done));
    stub.origin = `http://127.0.0.1:${(stub.server.address() as AddressInfo).port}`;
    return stub;
  }

  answer(...answers: readonly StubAnswer[]): void {
    this.answers.push(...answers);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private serve(): RequestListener {
    return (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        this.seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
        const answer = this.answers.shift() ?? { status: 500 };
        if (answer.does === 'hang') return;
        if (answer.does === 'reset') return void request.socket.destroy();
        const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {});
        response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
        response.end(text);
      });
    };
  }
}

export class ManualClock {
  constructor(private at = Date.parse('2026-05-01T08:00:00.000Z')) {}

  now(): Date {
    return new Date(this.at);
  }

  advance(ms: number): void {
    this.at += ms;
  }
}

/** The error that a promise is rejected with. */
export async function rejection<T extends Error = Error>(promise: Promise<unknown>): Promise<T> {
  try {
    await promise;
  } catch (error) {
    return error as T;
  }
  throw new Error('nothing was thrown');
}
