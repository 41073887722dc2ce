import { createHash } from 'node:crypto';
import { GraphError } from '../graph/graph-error';
import type { StoredEvent, Transaction } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';

/** Hash of a create body that does not depend on the order of its properties. */
export function fingerprint(body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(body)))
    .digest('base64url');
}

/**
 * What a transactionId stands for in this mailbox, as long as it is remembered: also after the event was cancelled, deleted
 * or removed for good.
 */
export function rememberedTransaction(
  state: SimulatorState,
  mailboxId: string,
  transactionId: string,
): Transaction | undefined {
  const known = state.data.transactions[`${mailboxId} ${transactionId}`];
  const memoryMs = state.data.knobs.transactionIdMemoryMs;
  if (known === undefined) return undefined;
  const age = state.now().getTime() - Date.parse(known.at);
  return memoryMs !== null && age >= memoryMs ? undefined : known;
}

export function rememberTransaction(state: SimulatorState, event: StoredEvent, hash: string): void {
  if (event.transactionId === null) return;
  const key = `${event.mailboxId} ${event.transactionId}`;
  state.data.transactions[key] = { eventId: event.id, fingerprint: hash, at: state.nowIso() };
}

export function duplicateTransaction(status: number, existingEventId: string): GraphError {
  const message =
    "Your request can't be completed. The TransactionId specified in the request has already been used to create a different event.";
  return new GraphError(status, 'ErrorDuplicateTransactionId', message, {
    extra: { '@event.existingEventId': existingEventId },
  });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([k, v]) => [k, sorted(v)]));
}
