import type { Io } from './io';

/** Whoever waits longer is told what goes on. */
const FIRST_MS = 2_000;
const ON_TERMINAL_MS = 250;
const ON_PIPE_MS = 5_000;

/** Runs `work`; after two seconds stderr says what it does: one line that changes on a terminal, else a line every five seconds. */
export async function withProgress<T>(
  io: Io,
  doing: string,
  work: (tell: (text: string) => void) => Promise<T>,
): Promise<T> {
  const startedAt = Date.now();
  let text = '';
  let shown = false;
  const show = (): void => {
    const seconds = Math.round((Date.now() - startedAt) / 1_000);
    const line = `${doing}${text === '' ? '' : `: ${text}`} (${seconds} s)`;
    io.err(io.rewrites ? `\r\u001b[2K${line}` : `${line}\n`);
    shown = true;
  };
  let again: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    show();
    again = setInterval(show, io.rewrites ? ON_TERMINAL_MS : ON_PIPE_MS);
  }, FIRST_MS);
  try {
    return await work((progress) => (text = progress));
  } finally {
    clearTimeout(first);
    clearInterval(again);
    if (shown && io.rewrites) io.err('\r\u001b[2K');
  }
}
