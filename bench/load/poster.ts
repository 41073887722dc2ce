import { connect, type Socket } from 'node:net';
import { readHttpAnswer } from './http-answer';

/** Docebo waits no longer for an answer. */
const GIVE_UP_MS = 5_000;

export interface Poster {
  /** The status; null when there was no answer in time. */
  readonly post: (body: string) => Promise<number | null>;
  readonly close: () => void;
}

/**
 * Posts over connections that stay open. It speaks just enough HTTP for that: what the sender itself costs is taken from a machine
 * that it shares with what is measured. More posts than connections wait for a free one.
 */
export function createPoster(url: string, headers: Readonly<Record<string, string>>, connections: number): Poster {
  const { host, hostname, port, pathname } = new URL(url);
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST ${pathname} HTTP/1.1\r\n${lines.join('')}content-length: `;
  const all = Array.from({ length: connections }, () => new Line(hostname, Number(port)));
  const free = [...all];
  const waiting: ((line: Line) => void)[] = [];
  return {
    async post(body) {
      const line = free.pop() ?? (await new Promise<Line>((resolve) => waiting.push(resolve)));
      const status = await line.ask(`${head}${Buffer.byteLength(body)}\r\n\r\n${body}`);
      const next = waiting.shift();
      if (next === undefined) free.push(line);
      else next(line);
      return status;
    },
    close: () => all.forEach((line) => line.close()),
  };
}

/** One connection with one request at a time; a broken one is opened anew for the next request. */
class Line {
  private socket: Socket | null = null;
  private heard: Buffer = Buffer.alloc(0);
  private answer: ((status: number | null) => void) | null = null;

  constructor(
    private readonly host: string,
    private readonly port: number,
  ) {}

  ask(request: string): Promise<number | null> {
    return new Promise((resolve) => {
      const late = setTimeout(() => this.fail(), GIVE_UP_MS);
      this.answer = (status) => {
        clearTimeout(late);
        this.answer = null;
        resolve(status);
      };
      this.socket ??= this.open();
      this.socket.write(request);
    });
  }

  close(): void {
    this.fail();
  }

  private open(): Socket {
    const socket = connect({ host: this.host, port: this.port, noDelay: true });
    const failed = (): void => {
      if (this.socket === socket) this.fail();
    };
    socket.on('error', failed).on('close', failed);
    socket.on('data', (bytes) => {
      if (this.socket === socket) this.hear(bytes);
    });
    return socket;
  }

  private hear(bytes: Buffer): void {
    this.heard = this.heard.length === 0 ? bytes : Buffer.concat([this.heard, bytes]);
    try {
      const answer = readHttpAnswer(this.heard);
      if (answer === null) return;
      this.heard = this.heard.subarray(answer.bytes);
      this.answer?.(answer.status);
    } catch {
      this.fail();
    }
  }

  private fail(): void {
    this.socket?.destroy();
    this.socket = null;
    this.heard = Buffer.alloc(0);
    this.answer?.(null);
  }
}
