import { codeOf, readAnswers, type Answer } from './answers';
import type { Exchange } from './exchange';
import { MARK, type FuzzCase } from './fuzz-case';

export interface Verdict {
  /** `200`, `400 INPUT_BODY_NOT_JSON`, `closed`; one for each answer. */
  readonly outcomes: readonly string[];
  /** What must not be. */
  readonly faults: readonly string[];
}

/** Docebo gives up after five seconds. */
const SLOW_MS = 5_000;

/** Whether the store has been told something for the workflow with this id since then, by the monotonic clock. */
export type IsStored = (workflowId: string, since: number) => boolean;

export function judge(fuzzCase: FuzzCase, exchange: Exchange, isStored: IsStored): Verdict {
  const { received, ms, end, startedAt } = exchange;
  const { kind, mayClose, wanted, stored, echo } = fuzzCase;
  const faults: string[] = [];
  const answers = readAnswers(received);
  if (end === 'hung') faults.push('no end: neither a whole answer nor a close');
  if (ms > SLOW_MS) faults.push(`slow: ${Math.round(ms)} ms`);
  const isEcho = answers?.[0]?.status === 200 && echo !== null;
  if (received.includes(MARK) && !isEcho) faults.push('the answer holds what was sent');
  if (answers === null) return { outcomes: ['no HTTP'], faults: [...faults, 'the answer is no HTTP'] };
  if (answers.length === 0 && !mayClose) faults.push(`closed without an answer (${end})`);
  if (answers.length > fuzzCase.answers) faults.push(`${answers.length} answers to ${fuzzCase.answers} requests`);

  const isHead = fuzzCase.bytes.subarray(0, 5).toString() === 'HEAD ';
  const outcomes = answers.map(({ status, body, isWhole }) => {
    const code = codeOf(body);
    if (status >= 500) faults.push(`status ${status} ${code ?? ''}`);
    if (status >= 400 && code === undefined && !isHead) faults.push(`status ${status} without a reason in JSON`);
    if (!isWhole && !isHead) faults.push(`status ${status} is cut off`);
    return status < 400 ? String(status) : `${status} ${code ?? '-'}`;
  });
  const status = answers[0]?.status;
  // Where all cases come from one address, there are too many handshakes.
  const isThrottled = status === 429 && echo !== null;
  if (wanted !== null && status !== wanted && !isThrottled) faults.push(`a good message got ${outcomes[0] ?? end}`);
  if (status === 200 || status === 202) {
    const lost = stored.filter((id) => !isStored(id, startedAt));
    if (lost.length > 0) faults.push(`${status}, but not stored: ${lost.length} of ${stored.length}`);
  }
  faults.push(...judgeText(answers[0], echo));
  return { outcomes: outcomes.length > 0 ? outcomes : ['closed'], faults: faults.map((fault) => `${kind}: ${fault}`) };
}

/** Of plain text, which a handshake gets and nothing else does. */
function judgeText(answer: Answer | undefined, echo: string | null): string[] {
  if (answer === undefined) return [];
  const { status, head, body } = answer;
  const isText = /\r\ncontent-type: text\/plain; charset=utf-8(\r|$)/i.test(head);
  if (echo === null || status !== 200) return isText ? ['plain text that nobody asked for'] : [];
  const faults =
    isText && /\r\nx-content-type-options: nosniff(\r|$)/i.test(head) ? [] : ['a token that a browser may run'];
  return body === echo ? faults : [...faults, 'another token than the one that was sent'];
}
