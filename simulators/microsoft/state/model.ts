import type {
  AttendeeType,
  FreeBusyStatus,
  Importance,
  Location,
  ResponseType,
  Sensitivity,
} from '@microsoft/microsoft-graph-types';
import type { Knobs } from './knobs';

/**
 * Everything the simulator knows, as plain JSON: it is saved and restored whole through `GET/PUT /__control/state`.
 * Instants are ISO strings in UTC; ids of events and messages are the immutable ones.
 */
export interface SimulatorData {
  v: 1;
  /** Last number given; numbers changes (delta) and everything that needs an order. */
  sequence: number;
  clockOffsetMs: number;
  knobs: Knobs;
  /** The token that was last used to make an item id; every second id differs from the one before by letter case only. */
  lastIdBase: string | null;
  apps: Record<string, App>;
  tokens: Record<string, Token>;
  /** Sign-ins under way and done; keys are the secrets themselves. */
  authorizationCodes: Record<string, AuthorizationCode>;
  refreshTokens: Record<string, RefreshToken>;
  deviceCodes: Record<string, DeviceCode>;
  /** Scopes that somebody has accepted for an app. Key: `<client id> <mailbox id>`. */
  consents: Record<string, string[]>;
  mailboxes: Record<string, Mailbox>;
  events: Record<string, StoredEvent>;
  messages: Record<string, StoredMessage>;
  /** Items that are gone for good, for delta answers. */
  tombstones: Tombstone[];
  /** Key: `<mailbox id> <transaction id>`. */
  transactions: Record<string, Transaction>;
  snapshots: Record<string, MeetingSnapshot>;
  /** Key: lower-case address. */
  people: Record<string, Person>;
  outbox: OutboxEntry[];
  subscriptions: Record<string, StoredSubscription>;
}

export interface App {
  clientId: string;
  secrets: { value: string; expired: boolean }[];
  /** Certificates uploaded for it, as PEM. */
  certificates: string[];
  /** Federated credentials: whose tokens stand for a secret. */
  federated: FederatedCredential[];
  /** Where a sign-in may lead back to. The port of a loopback address does not count. */
  redirectUris: string[];
  /** "Allow public client flows": it signs people in without a secret of its own, device codes included. */
  publicClient: boolean;
  audience: SignInAudience;
  tenant: { id: string; domains: string[] };
  displayName: string;
  /** Application permissions (`Calendars.ReadWrite`, ...). */
  permissions: string[];
  /** Addresses or ids this app may open; null = every mailbox of the tenant. */
  mailboxes: string[] | null;
  /** When set, this app's tokens speak for that mailbox under `/me` (as after a sign-in); else `/me` is refused. */
  me: string | null;
}

/** Who may sign in to an app; the names are those of its manifest. */
export type SignInAudience =
  'AzureADMyOrg' | 'AzureADMultipleOrgs' | 'AzureADandPersonalMicrosoftAccount' | 'PersonalMicrosoftAccount';

export interface FederatedCredential {
  issuer: string;
  subject: string;
  /** Entra's own is `api://AzureADTokenExchange`. */
  audience: string;
  /** The issuer's public keys; null = fetched from where its discovery document says. */
  jwks: { keys: Record<string, unknown>[] } | null;
}

export interface Token {
  clientId: string;
  expiresAt: string;
  revoked: boolean;
  /** Mailbox (address or id) that `/me` means with this token. */
  me: string | null;
  /** What the person who signed in lets the app do; null = the app acts for itself, with its application permissions. */
  scopes: string[] | null;
}

/** What somebody has agreed to. */
export interface SignInGrant {
  clientId: string;
  mailboxId: string;
  /** Without the resource in front: `Calendars.ReadWrite`, `offline_access`. */
  scopes: string[];
  expiresAt: string;
}

export interface AuthorizationCode extends SignInGrant {
  redirectUri: string;
  /** S256; null = asked for without PKCE. */
  challenge: string | null;
  nonce: string | null;
  redeemed: boolean;
}

export interface RefreshToken extends SignInGrant {
  revoked: boolean;
}

export interface DeviceCode extends Omit<SignInGrant, 'mailboxId'> {
  userCode: string;
  /** Segment of the address that was asked. */
  tenant: string;
  /** null = nobody has signed in yet. */
  mailboxId: string | null;
  declined: boolean;
}

export interface Calendar {
  id: string;
  name: string;
  isDefault: boolean;
}

export interface MailFolder {
  id: string;
  /** `inbox`, `deleteditems`, `sentitems`, `drafts`, `archive`; null for a folder somebody made. */
  wellKnown: string | null;
  displayName: string;
}

export interface Mailbox {
  /** Directory object id, a GUID. */
  id: string;
  address: string;
  userPrincipalName: string;
  displayName: string;
  tenantId: string;
  calendars: Calendar[];
  folders: MailFolder[];
  /** False: meetings get no Teams join link. */
  teamsLicensed: boolean;
  /** False: 404 MailboxNotEnabledForRESTAPI, as for a mailbox on premises or without licence. */
  restEnabled: boolean;
  /** False: answers arrive in the inbox, and nobody notes them on the event (AutomateProcessing off). */
  tallyResponses: boolean;
  /** True: answers without text go to Deleted Items as soon as they are noted (RemoveOldMeetingMessages). */
  removeOldMeetingMessages: boolean;
  /** Addresses of people who may work in this mailbox as in a shared one. */
  delegates: string[];
  /** Delta tokens of an earlier epoch are dead. */
  deltaEpoch: number;
}

export interface StoredAttendee {
  address: string;
  name: string;
  type: AttendeeType;
  response: ResponseType;
  /** null = the wire's 0001-01-01T00:00:00Z. */
  respondedAt: string | null;
  proposedNewTime: { startUtc: string; endUtc: string } | null;
}

export interface OnlineMeeting {
  joinUrl: string;
  conferenceId: string;
  /** When the link and the join text in the body show up. */
  availableAt: string;
  /** Whether the join text has been put into the body. */
  inBody: boolean;
}

export interface ExtendedProperty {
  id: string;
  value: string;
}

/** What events and messages share. */
export interface StoredItem {
  /** The immutable id. */
  id: string;
  /** The default kind of id: another one after each move between folders. */
  restId: string;
  idBase: string;
  moves: number;
  mailboxId: string;
  /** Calendar or folder. */
  container: string;
  changeKey: string;
  changeSequence: number;
  /** When it came to where it is now. */
  arrivedSequence: number;
  createdAt: string;
  modifiedAt: string;
}

export interface StoredEvent extends StoredItem {
  iCalUId: string;
  transactionId: string | null;
  subject: string;
  /** Normalised HTML, join text included. */
  bodyHtml: string;
  startUtc: string;
  endUtc: string;
  /** Times before the last reschedule: a view that held the event then must hear that it left. */
  before: { startUtc: string; endUtc: string } | null;
  startZone: string;
  endZone: string;
  isAllDay: boolean;
  locations: Location[];
  attendees: StoredAttendee[];
  hideAttendees: boolean;
  responseRequested: boolean;
  allowNewTimeProposals: boolean;
  importance: Importance;
  sensitivity: Sensitivity;
  showAs: FreeBusyStatus;
  categories: string[];
  isReminderOn: boolean;
  reminderMinutesBeforeStart: number;
  isOnlineMeeting: boolean;
  online: OnlineMeeting | null;
  isCancelled: boolean;
  organizer: { address: string; name: string };
  /** False on the copy of an invited mailbox. */
  isOrganizer: boolean;
  ownResponse: { response: ResponseType; at: string | null };
  extendedProperties: ExtendedProperty[];
  extensions: Record<string, unknown>[];
}

export interface Tombstone {
  id: string;
  restId: string;
  mailboxId: string;
  kind: 'event' | 'message';
  /** Where it last was. */
  container: string;
  changeSequence: number;
  /** Of an event. */
  times: { startUtc: string; endUtc: string } | null;
}

export interface Transaction {
  eventId: string;
  /** Hash of the create body: the same id with other content is an error. */
  fingerprint: string;
  at: string;
}

export type MailKind = 'invitation' | 'update' | 'cancellation' | 'mail';

/** One recipient of one mail that left a mailbox, and why. */
export interface OutboxEntry {
  index: number;
  at: string;
  /** Address of the mailbox that sent it. */
  mailbox: string;
  to: string;
  kind: MailKind;
  eventId: string | null;
  subject: string;
  because: string;
  /** Start or end changed: the recipient is asked again. */
  significant: boolean;
}

/** What one wave of meeting mail said. */
export interface MeetingSnapshot {
  id: string;
  iCalUId: string;
  organizerEventId: string;
  organizer: { address: string; name: string };
  subject: string;
  bodyHtml: string;
  startUtc: string;
  endUtc: string;
  startZone: string;
  location: string;
  joinUrl: string | null;
  /** Who is seen in the invitation; null when attendees are hidden. */
  attendees: string[] | null;
  responseRequested: boolean;
}

export interface ReceivedMail {
  id: string;
  at: string;
  kind: MailKind;
  from: string;
  subject: string;
  iCalUId: string | null;
  snapshotId: string | null;
  because: string;
  significant: boolean;
  /** Text of a plain mail, or the comment of a cancellation. */
  text: string | null;
}

/** The other side of an invitation: anybody who ever got mail, in this tenant or elsewhere. */
export interface Person {
  address: string;
  name: string;
  received: ReceivedMail[];
  /** By iCalUId. */
  answers: Record<string, { response: ResponseType; at: string; sent: boolean }>;
}

export interface StoredMessage extends StoredItem {
  receivedAt: string;
  subject: string;
  bodyHtml: string;
  from: { address: string; name: string };
  to: { address: string; name: string }[];
  isRead: boolean;
  isDraft: boolean;
  importance: Importance;
  categories: string[];
  internetMessageId: string;
  internetMessageHeaders: { name: string; value: string }[];
  /** Missing in states that were saved before there were any. */
  extendedProperties?: ExtendedProperty[];
  /** Present when the message is about a meeting. */
  meeting: MeetingMessage | null;
}

export interface MeetingMessage {
  kind: 'request' | 'cancellation' | 'response';
  responseType: ResponseType | null;
  eventId: string | null;
  startUtc: string;
  endUtc: string;
  location: string;
  isOutOfDate: boolean;
  proposedNewTime: { startUtc: string; endUtc: string } | null;
}

export interface StoredSubscription {
  id: string;
  clientId: string;
  tenantId: string;
  mailboxId: string;
  resource: string;
  watches: { kind: 'event' } | { kind: 'message'; folderId: string | null };
  changeTypes: string[];
  notificationUrl: string;
  lifecycleNotificationUrl: string | null;
  clientState: string | null;
  expiresAt: string;
  immutableIds: boolean;
}
