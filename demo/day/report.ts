import type { Outcome } from './play-step';

const TITLE_WIDTH = 52;

export function headline(): string {
  return `    ${'what happens'.padEnd(TITLE_WIDTH)} seconds   mails   Graph  Docebo`;
}

/** One line; what differs follows below it. */
export function toLine(number: number, outcome: Outcome): string {
  const { title, seconds, mails, graphCalls, doceboCalls, differences } = outcome;
  const columns = [
    seconds.toFixed(1).padStart(7),
    ...[mails, graphCalls, doceboCalls].map((n) => String(n).padStart(7)),
  ];
  const verdict = differences.length === 0 ? 'ok' : 'WRONG';
  const line = `${String(number).padStart(2)}  ${title.padEnd(TITLE_WIDTH)} ${columns.join(' ')}  ${verdict}`;
  return [line, ...differences.map((difference) => `      - ${difference}`)].join('\n');
}

/** The last line; `minutes` are those of the whole run. */
export function toSummary(outcomes: readonly Outcome[], total: number, seconds: number): string {
  const sum = (of: (outcome: Outcome) => number): string =>
    outcomes.reduce((all, outcome) => all + of(outcome), 0).toLocaleString('en');
  const calls = `${sum((o) => o.graphCalls)} Graph calls, ${sum((o) => o.doceboCalls)} Docebo calls`;
  const mails = `${sum((o) => o.mails)} mails`;
  const wrong = outcomes.filter(({ differences }) => differences.length > 0).length;
  const whole = Math.round(seconds);
  const time = `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (wrong > 0)
    return `${outcomes.length - wrong} of ${total} steps as they must be, then a difference; ${mails}, ${calls}, ${time}`;
  return `all ${total} steps as they must be: ${mails}, each to the right person once; ${calls}; ${time}`;
}
