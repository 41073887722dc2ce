import type { Event } from '@microsoft/microsoft-graph-types';
import { GraphError } from '../graph/graph-error';
import type { Mailbox, StoredEvent } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';
import { toInstant } from './date-times';
import { checkContent, emptyContent, readContent } from './event-fields';
import { sendMeetingMail } from './meeting-mail';
import { newOnlineMeeting, revealJoinLink } from './online-meeting';
import { duplicateTransaction, fingerprint, rememberedTransaction, rememberTransaction } from './transactions';

export interface CreateRequest {
  readonly mailbox: Mailbox;
  readonly calendarId: string;
  /** Checked against the published type. */
  readonly body: Event;
  /** The id that the caller would see. */
  readonly shownId: (event: StoredEvent) => string;
}

/**
 * Creates an event and invites its attendees, or finds the one that the same transactionId made before.
 * @throws GraphError also after the event was made: ConcurrentItemSave, as open extensions bring it about.
 */
export function createEvent(state: SimulatorState, request: CreateRequest): StoredEvent {
  const { mailbox, body } = request;
  const draft = readDraft(state, body);
  const hash = fingerprint(body);
  const transactionId = body.transactionId ?? null;
  if (transactionId !== null) {
    const known = rememberedTransaction(state, mailbox.id, transactionId);
    const existing = known === undefined ? undefined : state.events.get(known.eventId);
    if (known !== undefined && known.fingerprint !== hash)
      throw duplicateTransaction(
        state.data.knobs.duplicateTransactionStatus,
        existing === undefined ? known.eventId : request.shownId(existing),
      );
    if (existing !== undefined) return existing;
  }
  const online = body.isOnlineMeeting === true ? newOnlineMeeting(state, mailbox) : null;
  const extensions = (body.extensions ?? []) as Record<string, unknown>[];
  const event = state.events.add({
    ...draft,
    mailboxId: mailbox.id,
    container: request.calendarId,
    before: null,
    iCalUId: newICalUId(state),
    transactionId,
    isOnlineMeeting: online !== null,
    online,
    isCancelled: false,
    organizer: { address: mailbox.address, name: mailbox.displayName },
    isOrganizer: true,
    ownResponse: { response: 'organizer', at: null },
    extensions,
  });
  revealJoinLink(state, event);
  rememberTransaction(state, event, hash);
  sendMeetingMail(state, event, { kind: 'invitation', to: event.attendees, because: 'the event was created' });
  if (extensions.length > 0) mayFailAfterSave(state);
  return event;
}

function readDraft(state: SimulatorState, body: Event) {
  const { utc: startUtc, zone: startZone } = toInstant(body.start, 'start');
  const { utc: endUtc, zone: endZone } = toInstant(body.end, 'end');
  const given = readContent(body, { attendees: [], extendedProperties: [] }, state.data.knobs);
  const draft = { ...emptyContent(), startUtc, startZone, endUtc, endZone, ...given };
  checkContent(draft);
  return draft;
}

function newICalUId(state: SimulatorState): string {
  const number = state.next().toString(16).toUpperCase().padStart(16, '0');
  const moment = state.now().getTime().toString(16).toUpperCase().padStart(16, '0');
  return `040000008200E00074C5B7101A82E008${moment}${number}`;
}

/** In a few per cent of such calls the event is there and the caller gets an error. */
function mayFailAfterSave(state: SimulatorState): void {
  const { concurrentItemSaveEvery: every, concurrentItemSaveStatus: status } = state.data.knobs;
  const count = state.events.all().filter((e) => e.extensions.length > 0).length;
  if (every === 0 || count % every !== 0) return;
  throw new GraphError(status, 'ConcurrentItemSave', 'The item was saved by another operation at the same time.');
}
