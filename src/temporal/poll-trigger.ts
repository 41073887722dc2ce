import type { Client } from '@temporalio/client';
import { rsvpPollId } from '../contract/ids';
import type { PollTrigger } from '../domain/rsvp/notifications';
import { toTemporalError } from './to-temporal-error';

const DEADLINE_MS = 10_000;

/** By the poll's own schedule, so that its cursor goes on. While a poll runs, one more waits behind it; an operator's pause is respected. */
export function createPollTrigger(client: Client): PollTrigger {
  return {
    async trigger(mailbox) {
      const handle = client.schedule.getHandle(rsvpPollId(mailbox));
      try {
        return await client.withDeadline(Date.now() + DEADLINE_MS, async () => {
          const { state } = await handle.describe();
          if (state.paused) return 'paused';
          await handle.trigger('BUFFER_ONE');
          return 'triggered';
        });
      } catch (error) {
        throw toTemporalError(error);
      }
    },
  };
}
