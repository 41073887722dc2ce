import type * as graph from '@microsoft/microsoft-graph-types';
import {
  collection,
  complex,
  edmBoolean,
  edmDateTimeOffset,
  edmDouble,
  edmEnum,
  edmInt32,
  edmString,
  open,
  type EdmType,
} from './edm';

/**
 * Request bodies as Microsoft publishes them: every property and enum member below is checked by the compiler against
 * @microsoft/microsoft-graph-types, in both directions.
 */
export const attendeeType = edmEnum<graph.AttendeeType>('attendeeType', {
  required: true,
  optional: true,
  resource: true,
});

export const responseType = edmEnum<graph.ResponseType>('responseType', {
  none: true,
  organizer: true,
  tentativelyAccepted: true,
  accepted: true,
  declined: true,
  notResponded: true,
});

const importance = edmEnum<graph.Importance>('importance', { low: true, normal: true, high: true });

const sensitivity = edmEnum<graph.Sensitivity>('sensitivity', {
  normal: true,
  personal: true,
  private: true,
  confidential: true,
});

const freeBusyStatus = edmEnum<graph.FreeBusyStatus>('freeBusyStatus', {
  unknown: true,
  free: true,
  tentative: true,
  busy: true,
  oof: true,
  workingElsewhere: true,
});

const onlineMeetingProviderType = edmEnum<graph.OnlineMeetingProviderType>('onlineMeetingProviderType', {
  unknown: true,
  skypeForBusiness: true,
  skypeForConsumer: true,
  teamsForBusiness: true,
});

const eventType = edmEnum<graph.EventType>('eventType', {
  singleInstance: true,
  occurrence: true,
  exception: true,
  seriesMaster: true,
});

const locationType = edmEnum<graph.LocationType>('locationType', {
  default: true,
  conferenceRoom: true,
  homeAddress: true,
  businessAddress: true,
  geoCoordinates: true,
  streetAddress: true,
  hotel: true,
  restaurant: true,
  localBusiness: true,
  postalAddress: true,
});

const locationUniqueIdType = edmEnum<graph.LocationUniqueIdType>('locationUniqueIdType', {
  unknown: true,
  locationStore: true,
  directory: true,
  private: true,
  bing: true,
});

const emailAddress = complex<graph.EmailAddress>('emailAddress', { address: edmString, name: edmString });
export const recipient = complex<graph.Recipient>('recipient', { emailAddress });
const dateTimeTimeZone = complex<graph.DateTimeTimeZone>('dateTimeTimeZone', {
  dateTime: edmString,
  timeZone: edmString,
});
const timeSlot = complex<graph.TimeSlot>('timeSlot', { start: dateTimeTimeZone, end: dateTimeTimeZone });
const responseStatus = complex<graph.ResponseStatus>('responseStatus', {
  response: responseType,
  time: edmDateTimeOffset,
});
const bodyType = edmEnum<graph.BodyType>('bodyType', { text: true, html: true });
const itemBody = complex<graph.ItemBody>('itemBody', { contentType: bodyType, content: edmString });

const attendee = complex<graph.Attendee>('attendee', {
  emailAddress,
  type: attendeeType,
  status: responseStatus,
  proposedNewTime: timeSlot,
});

const location = complex<graph.Location>('location', {
  displayName: edmString,
  locationEmailAddress: edmString,
  locationUri: edmString,
  locationType,
  uniqueId: edmString,
  uniqueIdType: locationUniqueIdType,
  address: complex<graph.PhysicalAddress>('physicalAddress', {
    city: edmString,
    countryOrRegion: edmString,
    postalCode: edmString,
    state: edmString,
    street: edmString,
  }),
  coordinates: complex<graph.OutlookGeoCoordinates>('outlookGeoCoordinates', {
    accuracy: edmDouble,
    altitude: edmDouble,
    altitudeAccuracy: edmDouble,
    latitude: edmDouble,
    longitude: edmDouble,
  }),
});

const singleValueExtendedProperty = complex<graph.SingleValueLegacyExtendedProperty>(
  'singleValueLegacyExtendedProperty',
  { id: edmString, value: edmString },
);

const outlookItem: Readonly<Record<keyof Required<graph.OutlookItem>, EdmType>> = {
  id: edmString,
  categories: collection(edmString),
  changeKey: edmString,
  createdDateTime: edmDateTimeOffset,
  lastModifiedDateTime: edmDateTimeOffset,
};

export const event = complex<graph.Event>('event', {
  ...outlookItem,
  allowNewTimeProposals: edmBoolean,
  attendees: collection(attendee),
  body: itemBody,
  bodyPreview: edmString,
  cancelledOccurrences: collection(edmString),
  end: dateTimeTimeZone,
  hasAttachments: edmBoolean,
  hideAttendees: edmBoolean,
  iCalUId: edmString,
  importance,
  isAllDay: edmBoolean,
  isCancelled: edmBoolean,
  isDraft: edmBoolean,
  isOnlineMeeting: edmBoolean,
  isOrganizer: edmBoolean,
  isReminderOn: edmBoolean,
  location,
  locations: collection(location),
  onlineMeeting: open,
  onlineMeetingProvider: onlineMeetingProviderType,
  onlineMeetingUrl: edmString,
  organizer: recipient,
  originalEndTimeZone: edmString,
  originalStart: edmDateTimeOffset,
  originalStartTimeZone: edmString,
  recurrence: open,
  reminderMinutesBeforeStart: edmInt32,
  responseRequested: edmBoolean,
  responseStatus,
  sensitivity,
  seriesMasterId: edmString,
  showAs: freeBusyStatus,
  start: dateTimeTimeZone,
  subject: edmString,
  transactionId: edmString,
  type: eventType,
  webLink: edmString,
  attachments: open,
  calendar: open,
  exceptionOccurrences: open,
  extensions: collection(open),
  instances: open,
  multiValueExtendedProperties: open,
  singleValueExtendedProperties: collection(singleValueExtendedProperty),
});

export const message = complex<graph.Message>('message', {
  ...outlookItem,
  bccRecipients: collection(recipient),
  body: itemBody,
  bodyPreview: edmString,
  ccRecipients: collection(recipient),
  conversationId: edmString,
  conversationIndex: edmString,
  flag: open,
  from: recipient,
  hasAttachments: edmBoolean,
  importance,
  inferenceClassification: edmEnum<graph.InferenceClassificationType>('inferenceClassificationType', {
    focused: true,
    other: true,
  }),
  internetMessageHeaders: collection(
    complex<graph.InternetMessageHeader>('internetMessageHeader', { name: edmString, value: edmString }),
  ),
  internetMessageId: edmString,
  isDeliveryReceiptRequested: edmBoolean,
  isDraft: edmBoolean,
  isRead: edmBoolean,
  isReadReceiptRequested: edmBoolean,
  parentFolderId: edmString,
  receivedDateTime: edmDateTimeOffset,
  replyTo: collection(recipient),
  sender: recipient,
  sentDateTime: edmDateTimeOffset,
  subject: edmString,
  toRecipients: collection(recipient),
  uniqueBody: itemBody,
  webLink: edmString,
  attachments: open,
  extensions: open,
  multiValueExtendedProperties: open,
  singleValueExtendedProperties: collection(singleValueExtendedProperty),
});

export const subscription = complex<graph.Subscription>('subscription', {
  id: edmString,
  applicationId: edmString,
  changeType: edmString,
  clientState: edmString,
  creatorId: edmString,
  encryptionCertificate: edmString,
  encryptionCertificateId: edmString,
  expirationDateTime: edmDateTimeOffset,
  includeResourceData: edmBoolean,
  latestSupportedTlsVersion: edmString,
  lifecycleNotificationUrl: edmString,
  notificationQueryOptions: edmString,
  notificationUrl: edmString,
  notificationUrlAppId: edmString,
  resource: edmString,
});
