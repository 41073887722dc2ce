/** Progress goes to stderr: stdout belongs to the command's own result. */
export function printLine(line) {
  process.stderr.write(`${line}\n`);
}

/** A log whose lines begin with the step they belong to: `[2/4] npm packages: up to date`. */
export function stepLog({ number, of, title, log = printLine }) {
  return (text) => log(`[${number}/${of}] ${title}: ${text}`);
}

/** Says every `everyMs` that `work` still goes on, with the seconds it has taken. Answers what `work` answers. */
export async function withHeartbeat(work, { log, text, everyMs = 15_000 }) {
  const startedAt = Date.now();
  const timer = setInterval(() => log(`${text} (${secondsSince(startedAt)} s)`), everyMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** Whole seconds since `startedAt` (epoch ms). */
export function secondsSince(startedAt) {
  return Math.round((Date.now() - startedAt) / 1000);
}
