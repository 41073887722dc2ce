import { NotFoundError } from './errors';

/** What is read; null where it does not exist. Other errors stay errors. */
export async function unlessMissing<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}
