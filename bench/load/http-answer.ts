export interface HttpAnswer {
  readonly status: number;
  /** Bytes of head and body together. */
  readonly bytes: number;
}

const HEAD_END = '\r\n\r\n';

/**
 * The answer at the beginning of `bytes`; null while it is not all there. Chunked bodies are none of those that are asked for here.
 *
 * @throws Error when these are not the bytes of an answer with a length.
 */
export function readHttpAnswer(bytes: Buffer): HttpAnswer | null {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return null;
  const head = bytes.toString('latin1', 0, headEnd);
  const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(head) ?? [];
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
  if (status === undefined || length === undefined) throw new Error(`no answer with a length: ${head.slice(0, 80)}`);
  const total = headEnd + HEAD_END.length + Number(length);
  return bytes.length < total ? null : { status: Number(status), bytes: total };
}
