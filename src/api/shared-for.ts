/**
 * The same work for all who ask while it runs and for `ms` after: whoever asks often causes no more of it than whoever asks once in a while.
 * What it brings must not depend on who asks; a rejection is not kept.
 */
export function sharedFor<T>(ms: number, work: () => Promise<T>): () => Promise<T> {
  let current: Promise<T> | null = null;
  return () => {
    if (current !== null) return current;
    const started = work();
    current = started;
    const forget = (): void => {
      current = null;
    };
    started.then(() => setTimeout(forget, ms).unref(), forget);
    return started;
  };
}
