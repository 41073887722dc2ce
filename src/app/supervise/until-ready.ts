const LOOK_EVERY_MS = 100;
const REMIND_EVERY_MS = 30_000;

/**
 * Waits until the readiness address answers 200, however long that takes: what is missing shows in the programs' own lines.
 *
 * @param options.remind called every half minute with the last reason.
 * @throws the reason of `signal` when that is aborted.
 */
export async function untilReady(
  url: string,
  { signal, remind }: { readonly signal: AbortSignal; readonly remind: (why: string) => void },
): Promise<void> {
  let remindAt = Date.now() + REMIND_EVERY_MS;
  for (;;) {
    signal.throwIfAborted();
    const why = await ask(url);
    if (why === null) return;
    if (Date.now() > remindAt) {
      remind(why);
      remindAt = Date.now() + REMIND_EVERY_MS;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** null: ready. */
async function ask(url: string): Promise<string | null> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    const text = await answer.text();
    return answer.status === 200 ? null : `it answers ${answer.status} ${text.slice(0, 200)}`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error ? cause.message : String(cause);
  }
}
