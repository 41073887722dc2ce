import { GraphError } from '../graph/graph-error';
import type { Mailbox } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';

/** Where a delta round stands. Frozen into the opaque token: range, selection and filter cannot change on the way. */
export interface DeltaPosition {
  readonly kind: 'events' | 'messages';
  readonly mailboxId: string;
  readonly container: string;
  readonly window: { readonly from: string; readonly to: string } | null;
  /** Changes after this number are news; 0 = the first round, which lists what is there. */
  readonly since: number;
  /** The round ends with this change. */
  readonly until: number;
  /** The last change that was handed out. */
  readonly cursor: number;
  readonly emptyPagesLeft: number;
  /** Query of the first request, for message deltas. */
  readonly query: Readonly<Record<string, string>>;
  readonly epoch: number;
  readonly issuedAt: number;
}

export function writeToken(position: DeltaPosition): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws GraphError 400 for a token that was never given, 410 for one that the service has forgotten. */
export function readToken(
  state: SimulatorState,
  text: string,
  expected: { readonly mailbox: Mailbox; readonly kind: DeltaPosition['kind'] },
): DeltaPosition {
  const position = decode(text);
  if (position?.mailboxId !== expected.mailbox.id || position.kind !== expected.kind)
    throw new GraphError(400, 'SyncStateInvalid', 'The sync state is invalid.');
  const lifetimeMs = state.data.knobs.deltaTokenLifetimeMs;
  const tooOld = lifetimeMs !== null && state.now().getTime() - position.issuedAt > lifetimeMs;
  if (tooOld || position.epoch !== expected.mailbox.deltaEpoch)
    throw new GraphError(410, 'SyncStateNotFound', 'The sync state generation is not found.');
  return position;
}

function decode(text: string): DeltaPosition | undefined {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString()) as DeltaPosition;
  } catch {
    return undefined;
  }
}
