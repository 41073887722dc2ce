/**
 * Stands for `node:timers/promises`, whose clock jest's fake timers leave alone: the same sleep by timers that they move.
 * For `jest.mock('node:timers/promises', () => jest.requireActual('<here>'))`.
 */
async function sleep<T>(ms: number, value?: T, { signal }: { readonly signal?: AbortSignal } = {}): Promise<T> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve(value as T);
    }, ms);
    signal?.addEventListener('abort', abort, { once: true });
  });
}

export { sleep as setTimeout };
