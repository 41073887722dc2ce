import type { Draw } from '../chaos/plan/draw';

/** One thing sent over a connection of its own. */
export interface FuzzCase {
  /** What was done to a good request; counts go by it. */
  readonly kind: string;
  readonly bytes: Buffer;
  /** Answers that may be there at most (pipelining). */
  readonly answers: number;
  /** The sender ends its side after the last byte; the bytes may be no whole request. */
  readonly ends: boolean;
  /** The server may close without an answer: it cannot know what was asked, or has stopped reading. */
  readonly mayClose: boolean;
  /** Workflow ids that must have been told between question and answer when the answer is a success. */
  readonly stored: readonly string[];
  /** The one status that a good message may get; null: the message is none. */
  readonly wanted: 200 | 202 | null;
  /** What a handshake must bring back as plain text; null: nothing of what was sent may come back. */
  readonly echo: string | null;
}

/** How the target is asked properly. */
export interface Target {
  readonly platform: string;
  readonly authorization: string;
  readonly domain: string;
  readonly mailbox: string;
  /** The secret of its subscription. */
  readonly clientState: string;
  /** Another mailbox, whose secret nobody sends: its workflow must never hear anything. */
  readonly quietMailbox: string;
}

/** Where a case goes, and what a good request there looks like. */
export interface Endpoint {
  readonly path: (context: CaseContext) => string;
  readonly authorization: (context: CaseContext) => string | null;
  readonly body: (context: CaseContext) => string;
}

/** Stands in every free text that is sent, and must come back in no answer and no log line. */
export const MARK = 'fzMrk7Anna';

export interface CaseContext {
  readonly draw: Draw;
  readonly target: Target;
  readonly endpoint: Endpoint;
  /** A number of its own for each case. */
  readonly index: number;
}

export type CaseMaker = (context: CaseContext) => FuzzCase;

export interface RequestParts {
  readonly method?: string;
  readonly path?: string;
  readonly version?: string;
  /** Replace those of a good request by lower-case name; null takes one away. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** As they are, after the others. */
  readonly rawHeaders?: readonly string[];
  readonly body?: Buffer | string;
}

/** The bytes of a request, right but for what `parts` says. */
export function toRequest(context: CaseContext, parts: RequestParts = {}): Buffer {
  const { endpoint } = context;
  const body = Buffer.from(parts.body ?? '');
  const headers: Record<string, string | null> = {
    host: '127.0.0.1',
    authorization: endpoint.authorization(context),
    'content-type': 'application/json',
    'content-length': String(body.length),
    connection: 'close',
    ...parts.headers,
  };
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  const path = parts.path ?? endpoint.path(context);
  const start = `${parts.method ?? 'POST'} ${path} ${parts.version ?? 'HTTP/1.1'}`;
  const head = [start, ...lines, ...(parts.rawHeaders ?? [])].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), body]);
}

export function toCase(kind: string, bytes: Buffer, rest: Partial<FuzzCase> = {}): FuzzCase {
  return { kind, bytes, answers: 1, ends: false, mayClose: false, stored: [], wanted: null, echo: null, ...rest };
}
