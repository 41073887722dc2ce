import { PATIENCE_MS } from './pace';

/** Tries until there is an answer. @throws Error when there is none in time; what an attempt throws ends the wait. */
export async function eventually<T>(attempt: () => Promise<T | null>, what: string, limitMs = PATIENCE_MS): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const found = await attempt();
    if (found !== null) return found;
    if (Date.now() > deadline) throw new Error(`waited ${limitMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
