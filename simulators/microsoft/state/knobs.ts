/** What can be set while the simulator runs (`PATCH /__control/knobs`). Where Microsoft documents nothing, the knob is the question. */
export interface Knobs {
  /** `expires_in` of an access token, seconds. */
  tokenExpiresInSeconds: number;
  /** Life of a refresh token that is not used, seconds; each use gives a new one, and the old one goes on working. */
  refreshTokenLifetimeSeconds: number;
  /** Life of an authorization code, seconds. */
  authorizationCodeLifetimeSeconds: number;
  /** Life of a device code, and the pause between questions that its answer asks for, seconds. */
  deviceCodeLifetimeSeconds: number;
  deviceCodeIntervalSeconds: number;
  /** How long a transactionId is remembered; null = for ever. Undocumented. */
  transactionIdMemoryMs: number | null;
  /** Status of ErrorDuplicateTransactionId: 400 was seen on Graph, some reports say 409. */
  duplicateTransactionStatus: number;
  /** Every n-th create call with open extensions succeeds and answers ConcurrentItemSave; 0 = never. */
  concurrentItemSaveEvery: number;
  concurrentItemSaveStatus: number;
  /** Requests in flight per app and mailbox. */
  maxConcurrentRequests: number;
  /** Requests per app and mailbox in ten minutes. */
  maxRequestsPerTenMinutes: number;
  /** Retry-After of a quota's 429, seconds; null = header left out. */
  throttleRetryAfterSeconds: number | null;
  /** How long Graph works on each request. */
  serviceTimeMs: number;
  /** `POST cancel` answers 202 (documentation) or 204 (OpenAPI). */
  cancelStatus: number;
  /** Whether an event in Deleted Items still answers to its id; false = 404 ErrorItemNotFound. */
  deletedItemsReadable: boolean;
  /** Whether the join link of a Teams meeting shows up later than the event. */
  teamsJoinUrlDelayMs: number;
  /** Addresses that the directory knows as aliases, in lower case, with the primary address that the event keeps instead. Undocumented. */
  aliases: Record<string, string>;
  /** Whether element ids and classes in a body get the prefix `x_`. */
  renameBodyIds: boolean;
  /** Whether a PATCH of categories, reminder or extended properties alone mails everybody. Undocumented; assumed not. */
  quietFieldsMailEverybody: boolean;
  /** Leaves `transactionId` out of calendarView/delta answers. */
  deltaOmitsTransactionId: boolean;
  /** Empty pages before the first page of a delta round. */
  deltaEmptyPages: number;
  /** Each item of a delta round comes twice. */
  deltaRepeatsItems: boolean;
  /** Events outside the window that were touched come as `@removed`. */
  deltaReportsOutOfWindow: boolean;
  /** Deletions are not reported. */
  deltaLosesDeletions: boolean;
  /** Life of a delta token; null = no limit. */
  deltaTokenLifetimeMs: number | null;
  /** Extra deliveries of each change notification. */
  notificationDuplicates: number;
  /** How many of the next change notifications are never delivered. */
  notificationsToLose: number;
  /** Waits between attempts to deliver a notification. */
  notificationRetryMs: number[];
  /** Origin of nextLink and deltaLink, e.g. `https://graph.microsoft.com`; null = the address that was asked. */
  linkOrigin: string | null;
}

export const defaultKnobs: Knobs = {
  tokenExpiresInSeconds: 3599,
  refreshTokenLifetimeSeconds: 90 * 86_400,
  authorizationCodeLifetimeSeconds: 600,
  deviceCodeLifetimeSeconds: 900,
  deviceCodeIntervalSeconds: 5,
  transactionIdMemoryMs: null,
  duplicateTransactionStatus: 400,
  concurrentItemSaveEvery: 20,
  concurrentItemSaveStatus: 409,
  maxConcurrentRequests: 4,
  maxRequestsPerTenMinutes: 10_000,
  throttleRetryAfterSeconds: 1,
  serviceTimeMs: 0,
  cancelStatus: 202,
  deletedItemsReadable: true,
  teamsJoinUrlDelayMs: 0,
  aliases: {},
  renameBodyIds: true,
  quietFieldsMailEverybody: false,
  deltaOmitsTransactionId: false,
  deltaEmptyPages: 0,
  deltaRepeatsItems: false,
  deltaReportsOutOfWindow: true,
  deltaLosesDeletions: false,
  deltaTokenLifetimeMs: null,
  notificationDuplicates: 0,
  notificationsToLose: 0,
  notificationRetryMs: [1_000, 5_000, 30_000],
  linkOrigin: null,
};

const nullable: ReadonlySet<string> = new Set([
  'transactionIdMemoryMs',
  'throttleRetryAfterSeconds',
  'deltaTokenLifetimeMs',
  'linkOrigin',
]);

/** The knobs with `change` applied. Throws an Error that names an unknown knob or a value of the wrong type. */
export function turnKnobs(knobs: Knobs, change: unknown): Knobs {
  if (typeof change !== 'object' || change === null) throw new Error('expected a JSON object of knobs');
  const names = new Map<string, unknown>(Object.entries(defaultKnobs));
  for (const [name, value] of Object.entries(change)) {
    if (!names.has(name)) throw new Error(`unknown knob '${name}'; there are: ${[...names.keys()].join(', ')}`);
    if (value === null && nullable.has(name)) continue;
    const wanted = nullable.has(name) ? (name === 'linkOrigin' ? 'string' : 'number') : typeOf(names.get(name));
    if (typeOf(value) !== wanted) throw new Error(`knob '${name}' takes a ${wanted}, not ${JSON.stringify(value)}`);
  }
  const { aliases = {} } = change as { readonly aliases?: object };
  if (!Object.values(aliases).every((address) => typeof address === 'string'))
    throw new Error("knob 'aliases' takes an object of addresses");
  return { ...knobs, ...change };
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
