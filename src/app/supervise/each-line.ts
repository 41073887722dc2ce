import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Calls `tell` for each line of a program's output that is not empty. */
export function eachLine(stream: Readable | null, tell: (line: string) => void): void {
  if (stream === null) return;
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => {
    if (line.trim() !== '') tell(line);
  });
}
