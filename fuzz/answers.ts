export interface Answer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
  /** All that the head promised is there. */
  readonly isWhole: boolean;
}

/** The answers of HTTP/1.1 in what was received, interim ones left out; null: it is something else. */
export function readAnswers(received: Buffer): readonly Answer[] | null {
  const answers: Answer[] = [];
  let rest = received;
  while (rest.length > 0) {
    const end = rest.indexOf('\r\n\r\n');
    const head = rest.subarray(0, Math.max(end, 0)).toString('latin1');
    const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(head) ?? [];
    if (end < 0 || status === undefined) return null;
    const [, length = '0'] = /\r\ncontent-length: (\d+)/i.exec(head) ?? [];
    const after = rest.subarray(end + 4);
    // After HEAD nothing follows the head, whatever length it tells.
    const size = after.length === 0 || after.subarray(0, 9).toString() === 'HTTP/1.1 ' ? 0 : Number(length);
    const body = after.subarray(0, size).toString('utf8');
    if (Number(status) >= 200) answers.push({ status: Number(status), head, body, isWhole: after.length >= size });
    rest = after.subarray(size);
  }
  return answers;
}

/** The code of an error's reason; undefined when the body gives none. */
export function codeOf(body: string): string | undefined {
  try {
    const { code, message } = JSON.parse(body) as { readonly code?: unknown; readonly message?: unknown };
    return typeof code === 'string' && typeof message === 'string' && message !== '' ? code : undefined;
  } catch {
    return undefined;
  }
}
