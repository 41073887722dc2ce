import type { CalendarStore } from '../../domain/ports';
import type { Metrics } from './metrics';

/**
 * The same store, which counts the people whom Graph mails by what is written. A create that Graph recognises as a repeat is counted
 * although nobody is mailed then: the number is at most too high.
 */
export function observedStore(store: CalendarStore, metrics: Metrics): CalendarStore {
  const { mailbox } = store;
  const mailed = (mail: 'invitation' | 'update' | 'cancellation', people: number): void =>
    metrics.count('peopleMailed', { mailbox, mail }, people);
  return {
    ...store,
    async create(draft) {
      const outcome = await store.create(draft);
      if (outcome.kind === 'created') mailed('invitation', draft.attendees.length);
      return outcome;
    },
    async updateContent(event, changes) {
      const changed = await store.updateContent(event, changes);
      mailed('update', event.attendees.length);
      return changed;
    },
    async replaceAttendees(event, attendees) {
      const changed = await store.replaceAttendees(event, attendees);
      const before = new Set(event.attendees.map(({ address }) => address.toLowerCase()));
      const after = new Set(attendees.map(({ address }) => address.toLowerCase()));
      mailed('invitation', [...after].filter((address) => !before.has(address)).length);
      mailed('cancellation', [...before].filter((address) => !after.has(address)).length);
      return changed;
    },
    async cancel(event, comment) {
      await store.cancel(event, comment);
      mailed('cancellation', event.attendees.length);
    },
  };
}
