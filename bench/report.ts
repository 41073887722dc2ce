import type { Figure } from './figure';

const HEADLINE = ['section', 'figure', 'value', 'aim', '', 'against'] as const;

/** The figures as a table; numbers stand to the right. */
export function toTable(figures: readonly Figure[]): string[] {
  const rows = [HEADLINE, ...figures.map(toRow)];
  const widths = HEADLINE.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 2 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
}

export function toSummary(figures: readonly Figure[]): string {
  const judged = figures.filter(({ ok }) => ok !== null);
  const missed = judged.filter(({ ok }) => ok === false);
  if (missed.length === 0) return `all ${judged.length} aims met`;
  const names = missed.map(({ section, figure }) => `${section}: ${figure}`);
  return `${missed.length} of ${judged.length} aims missed: ${names.join('; ')}`;
}

function toRow({ section, figure, value, unit, aim, against, ok }: Figure): string[] {
  const verdict = ok === null ? '' : ok ? 'ok' : 'MISSED';
  return [section, figure, `${toNumber(value)} ${unit}`.trim(), aim ?? '', verdict, against ?? ''];
}

/** Enough digits to compare by. */
export function toNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}
