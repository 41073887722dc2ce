import * as calendarKeys from '../../contract/calendar-keys';

/** How Convoke marks its events, for adapters, which may not read the contract. */
export const GRAPH_KEYS = {
  ...calendarKeys,
  sessionPropertyId: calendarKeys.SESSION_PROPERTY_ID,
  eventPropertyId: calendarKeys.EVENT_PROPERTY_ID,
};
