import type { Client } from '@temporalio/client';
import { UpstreamError } from '../domain/errors';

/**
 * A call that has ended when its time is over. The SDK's client pauses between its attempts, seconds in the end, and may wake up long after
 * the deadline only to learn that it has passed: whoever waits for their turn behind it would wait for that as well, though Temporal is back.
 *
 * @throws UpstreamError TEMPORAL_UNAVAILABLE when there is no answer in time; else as the call does
 */
export async function byDeadline<T>(
  client: Pick<Client, 'withDeadline'>,
  ms: number,
  call: () => Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = (): UpstreamError =>
      new UpstreamError('Temporal has not answered in time', { code: 'TEMPORAL_UNAVAILABLE' });
    timer = setTimeout(() => reject(error()), ms);
  });
  try {
    return await Promise.race([client.withDeadline(Date.now() + ms, call), late]);
  } finally {
    clearTimeout(timer);
  }
}
