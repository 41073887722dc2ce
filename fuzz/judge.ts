import { codeOf, readAnswers } from './answers';
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

/** @param isStored whether the store has a hint for the workflow with this id. */
export function judge(fuzzCase: FuzzCase, exchange: Exchange, isStored: (workflowId: string) => boolean): Verdict {
  const { received, ms, end } = exchange;
  const { kind, mayClose, good, stored } = fuzzCase;
  const faults: string[] = [];
  const answers = readAnswers(received);
  if (end === 'hung') faults.push('no end: neither a whole answer nor a close');
  if (ms > SLOW_MS) faults.push(`slow: ${Math.round(ms)} ms`);
  if (received.includes(MARK)) faults.push('the answer holds what was sent');
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
  if (good && answers[0]?.status !== 200) faults.push(`a good message got ${outcomes[0] ?? end}`);
  if (answers[0]?.status === 200) {
    const lost = stored.filter((id) => !isStored(id));
    if (lost.length > 0) faults.push(`200, but not stored: ${lost.length} of ${stored.length}`);
  }
  return { outcomes: outcomes.length > 0 ? outcomes : ['closed'], faults: faults.map((fault) => `${kind}: ${fault}`) };
}
