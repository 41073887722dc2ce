import { randomUUID } from 'node:crypto';
import type { Clock } from '../../kit/clock';
import { containerId } from './item-ids';
import { ItemStore, type ItemChange } from './item-store';
import { defaultKnobs } from './knobs';
import type { App, Mailbox, MailFolder, Person, SimulatorData, StoredEvent, StoredMessage } from './model';

export interface NewMailbox {
  readonly address: string;
  readonly id?: string;
  readonly userPrincipalName?: string;
  readonly displayName?: string;
  readonly tenantId?: string;
  /** Names of further calendars beside the default one. */
  readonly calendars?: readonly string[];
  readonly defaultCalendarName?: string;
  readonly teamsLicensed?: boolean;
  readonly restEnabled?: boolean;
  readonly tallyResponses?: boolean;
  readonly removeOldMeetingMessages?: boolean;
  readonly delegates?: readonly string[];
}

export interface NewApp {
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly secrets?: App['secrets'];
  readonly certificates?: readonly string[];
  readonly federated?: App['federated'];
  readonly redirectUris?: readonly string[];
  readonly publicClient?: boolean;
  readonly audience?: App['audience'];
  readonly tenant?: { readonly id: string; readonly domains?: readonly string[] };
  readonly displayName?: string;
  readonly permissions?: readonly string[];
  readonly mailboxes?: readonly string[] | null;
  readonly me?: string | null;
}

export const defaultTenant = { id: '6f1c2b5e-0c1d-4c86-9d2a-5d0f3f6f7a10', domains: ['academy.example'] };

const standardFolders: readonly [wellKnown: string, displayName: string][] = [
  ['inbox', 'Inbox'],
  ['drafts', 'Drafts'],
  ['sentitems', 'Sent Items'],
  ['deleteditems', 'Deleted Items'],
  ['archive', 'Archive'],
];

/** The simulator's memory. Everything that lasts is in `data`; the rest are indexes over it. */
export class SimulatorState {
  data: SimulatorData;
  events: ItemStore<StoredEvent>;
  messages: ItemStore<StoredMessage>;
  private listeners: ((change: ItemChange) => void)[] = [];

  constructor(private readonly clock: Clock) {
    this.data = emptyData();
    this.events = new ItemStore(this, 'event', this.data.events);
    this.messages = new ItemStore(this, 'message', this.data.messages);
  }

  /** Replaces everything by a saved state. Throws an Error when it is not one. */
  load(data: SimulatorData): void {
    if (data.v !== 1) throw new Error('this is no state of this simulator: expected an object with "v": 1');
    this.data = completed(data);
    this.clock.setOffset(data.clockOffsetMs);
    this.events = new ItemStore(this, 'event', this.data.events);
    this.messages = new ItemStore(this, 'message', this.data.messages);
  }

  save(): SimulatorData {
    this.data.clockOffsetMs = this.clock.offset();
    return this.data;
  }

  reset(): void {
    this.load(emptyData());
  }

  next(): number {
    return ++this.data.sequence;
  }

  now(): Date {
    return this.clock.now();
  }

  nowIso(): string {
    return this.clock.now().toISOString();
  }

  onChange(listener: (change: ItemChange) => void): void {
    this.listeners.push(listener);
  }

  emit(change: ItemChange): void {
    for (const listener of this.listeners) listener(change);
  }

  addApp(app: NewApp): App {
    const clientId = app.clientId ?? randomUUID();
    const secrets = app.secrets ?? [{ value: app.clientSecret ?? randomUUID(), expired: false }];
    const tenant = app.tenant ?? defaultTenant;
    const made: App = {
      clientId,
      secrets,
      certificates: [...(app.certificates ?? [])],
      federated: [...(app.federated ?? [])],
      redirectUris: [...(app.redirectUris ?? [])],
      publicClient: app.publicClient ?? false,
      audience: app.audience ?? 'AzureADMyOrg',
      tenant: { id: tenant.id, domains: [...(tenant.domains ?? [])] },
      displayName: app.displayName ?? 'Calendar connector',
      permissions: [...(app.permissions ?? ['Calendars.ReadWrite', 'Mail.ReadWrite', 'Mail.Send'])],
      mailboxes: app.mailboxes === undefined || app.mailboxes === null ? null : [...app.mailboxes],
      me: app.me ?? null,
    };
    this.data.apps[clientId] = made;
    return made;
  }

  addMailbox(mailbox: NewMailbox): Mailbox {
    const folders: MailFolder[] = standardFolders.map(([wellKnown, displayName]) => ({
      id: containerId(),
      wellKnown,
      displayName,
    }));
    const names = [mailbox.defaultCalendarName ?? 'Calendar', ...(mailbox.calendars ?? [])];
    const made: Mailbox = {
      id: mailbox.id ?? randomUUID(),
      address: mailbox.address,
      userPrincipalName: mailbox.userPrincipalName ?? mailbox.address,
      displayName: mailbox.displayName ?? mailbox.address,
      tenantId: mailbox.tenantId ?? defaultTenant.id,
      calendars: names.map((name, i) => ({ id: containerId(), name, isDefault: i === 0 })),
      folders,
      teamsLicensed: mailbox.teamsLicensed ?? true,
      restEnabled: mailbox.restEnabled ?? true,
      tallyResponses: mailbox.tallyResponses ?? true,
      removeOldMeetingMessages: mailbox.removeOldMeetingMessages ?? false,
      delegates: [...(mailbox.delegates ?? [])],
      deltaEpoch: 0,
    };
    this.data.mailboxes[made.id] = made;
    return made;
  }

  /** By directory id, user principal name or primary address. */
  findMailbox(name: string): Mailbox | undefined {
    const wanted = name.toLowerCase();
    return Object.values(this.data.mailboxes).find((m) =>
      [m.id, m.userPrincipalName, m.address].some((known) => known.toLowerCase() === wanted),
    );
  }

  mailbox(id: string): Mailbox {
    const found = this.data.mailboxes[id];
    if (found === undefined) throw new Error(`no mailbox ${id}`);
    return found;
  }

  person(address: string, name?: string): Person {
    const key = address.toLowerCase();
    const known = this.data.people[key];
    if (known !== undefined) return known;
    const made: Person = { address, name: name ?? address, received: [], answers: {} };
    this.data.people[key] = made;
    return made;
  }
}

export function defaultCalendarOf(mailbox: Mailbox): string {
  const found = mailbox.calendars.find((c) => c.isDefault);
  if (found === undefined) throw new Error(`mailbox ${mailbox.id} has no default calendar`);
  return found.id;
}

export function folderOf(mailbox: Mailbox, wellKnown: string): string {
  const found = mailbox.folders.find((f) => f.wellKnown === wellKnown);
  if (found === undefined) throw new Error(`mailbox ${mailbox.id} has no folder ${wellKnown}`);
  return found.id;
}

/** Whether an event lies in a calendar, not in Deleted Items. */
export function isInCalendar(mailbox: Mailbox, event: StoredEvent): boolean {
  return mailbox.calendars.some((c) => c.id === event.container);
}

/** A state that was saved before sign-ins were simulated lacks what they need. */
function completed(data: SimulatorData): SimulatorData {
  const ofApps = { certificates: [], federated: [], redirectUris: [], publicClient: false, audience: 'AzureADMyOrg' };
  return {
    ...emptyData(),
    ...data,
    knobs: { ...defaultKnobs, ...data.knobs },
    apps: eachWith(data.apps, ofApps),
    tokens: eachWith(data.tokens, { scopes: null }),
    mailboxes: eachWith(data.mailboxes, { delegates: [] }),
  };
}

function eachWith<T extends object>(entries: Record<string, T>, missing: object): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, { ...missing, ...entry }]));
}

function emptyData(): SimulatorData {
  return {
    v: 1,
    sequence: 0,
    clockOffsetMs: 0,
    knobs: { ...defaultKnobs },
    lastIdBase: null,
    apps: {},
    tokens: {},
    authorizationCodes: {},
    refreshTokens: {},
    deviceCodes: {},
    consents: {},
    mailboxes: {},
    events: {},
    messages: {},
    tombstones: [],
    transactions: {},
    snapshots: {},
    people: {},
    outbox: [],
    subscriptions: {},
  };
}
