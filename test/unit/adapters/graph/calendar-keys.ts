import * as contract from '../../../../src/contract/calendar-keys';
import type { CalendarKeys } from '../../../../src/adapters/graph/calendar-keys';

/** The keys as the composition root hands them in. */
export const keys: CalendarKeys = {
  sessionPropertyId: contract.SESSION_PROPERTY_ID,
  eventPropertyId: contract.EVENT_PROPERTY_ID,
  sessionPropertyValue: contract.sessionPropertyValue,
  eventPropertyValue: contract.eventPropertyValue,
  parseEventPropertyValue: contract.parseEventPropertyValue,
  parseTransactionId: contract.parseTransactionId,
  bodyMarker: contract.bodyMarker,
  parseBodyMarker: contract.parseBodyMarker,
};
