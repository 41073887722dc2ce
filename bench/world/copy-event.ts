import type { GivenByStore } from '../../simulators/microsoft/state/item-store';
import type { StoredEvent } from '../../simulators/microsoft/state/model';
import {
  EVENT_PROPERTY_ID,
  eventPropertyValue,
  SESSION_PROPERTY_ID,
  sessionPropertyValue,
  transactionId,
} from '../../src/contract/calendar-keys';
import type { EventRef } from '../../src/domain/model';

const DAY_MS = 86_400_000;

/** An event of Convoke's as it would stand in the calendar for another event of Docebo's: for filling a mailbox at once, with mail to nobody. */
export function copyEvent(event: StoredEvent, ref: EventRef, daysLater = 0): Omit<StoredEvent, GivenByStore> {
  const { id, restId, idBase, moves, changeKey, changeSequence, arrivedSequence, createdAt, modifiedAt, ...content } =
    structuredClone(event);
  void [id, restId, idBase, moves, changeKey, changeSequence, arrivedSequence, createdAt, modifiedAt];
  const own = transactionId(ref, 1);
  const values: Readonly<Record<string, string>> = {
    [SESSION_PROPERTY_ID]: sessionPropertyValue(ref),
    [EVENT_PROPERTY_ID]: eventPropertyValue(ref),
  };
  return {
    ...content,
    iCalUId: `copy-${own}`,
    transactionId: own,
    startUtc: daysAfter(content.startUtc, daysLater),
    endUtc: daysAfter(content.endUtc, daysLater),
    bodyHtml: content.bodyHtml.replaceAll(content.transactionId ?? own, own),
    extendedProperties: content.extendedProperties.map((property) => ({
      ...property,
      value: values[property.id] ?? property.value,
    })),
  };
}

/** @throws Error when the instant is written otherwise than as UTC with milliseconds. */
export function daysAfter(instant: string, days: number): string {
  if (new Date(instant).toISOString() !== instant) throw new Error(`"${instant}" is no instant to count days from`);
  return new Date(Date.parse(instant) + days * DAY_MS).toISOString();
}
