import type { Io } from './io';

const COLOURS = { red: 31, green: 32, yellow: 33, blue: 34, grey: 90, bold: 1 } as const;
export type Colour = keyof typeof COLOURS;

/** A cell, or a cell in a colour. */
export type Cell = string | { readonly text: string; readonly colour: Colour };

export function paint(io: Pick<Io, 'colours'>, text: string, colour: Colour): string {
  return io.colours && text !== '' ? `\u001b[${COLOURS[colour]}m${text}\u001b[0m` : text;
}

/** Lines with aligned columns; no blanks at their ends. */
export function renderTable(
  io: Pick<Io, 'colours'>,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
): string[] {
  const all: (readonly Cell[])[] = [head.map((text) => ({ text, colour: 'bold' as const })), ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => textOf(row[column]).length)));
  return all.map((row) => {
    const last = row.reduce((found, cell, i) => (textOf(cell) === '' ? found : i), -1);
    return row
      .slice(0, last + 1)
      .map((cell, i) => {
        const text = i === last ? textOf(cell) : textOf(cell).padEnd(widths[i] ?? 0);
        return typeof cell === 'string' ? text : paint(io, text, cell.colour);
      })
      .join('  ');
  });
}

function textOf(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  return typeof cell === 'string' ? cell : cell.text;
}
