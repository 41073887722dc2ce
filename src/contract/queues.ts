import type { MailboxKey, PlatformKey } from '../domain/model';

/** Workflows and light activities. Never rate-limited. */
export const SESSIONS_QUEUE = 'sessions';

/** Activities that call one Docebo platform: its worker holds the hourly call budget in memory. */
export function doceboQueue(platform: PlatformKey): string {
  return `docebo/${platform}`;
}

/** Activities that call Graph for one mailbox: its worker has 4 slots, as many requests as Graph allows in flight. */
export function graphQueue(mailbox: MailboxKey): string {
  return `graph/${mailbox}`;
}

/** Turns at serving a limited queue, where several worker processes share them. */
export const OWNERS_QUEUE = 'owners';

/** Requests that Graph allows in flight per app and mailbox. */
export const GRAPH_SLOTS = 4;
