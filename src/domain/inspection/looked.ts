import { AppError } from '../errors';
import type { Looked } from './facts';

/** Turns a failure of the outside world into an answer; a bug of ours goes on up. */
export async function looked<T>(look: () => Promise<T>): Promise<Looked<T>> {
  try {
    return { ok: true, value: await look() };
  } catch (error) {
    if (!(error instanceof AppError) || error.kind === 'invariant') throw error;
    const { status } = error.context;
    return { ok: false, code: error.code, message: error.message, status: typeof status === 'number' ? status : null };
  }
}
