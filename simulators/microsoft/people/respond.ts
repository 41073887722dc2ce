import type { ResponseType } from '@microsoft/microsoft-graph-types';
import { frame, normalizeBody } from '../calendar/body-html';
import { appendMessage } from '../mail/append-message';
import type { Mailbox, StoredEvent } from '../state/model';
import { defaultCalendarOf, folderOf, type SimulatorState } from '../state/simulator-state';

export interface Answer {
  readonly event: StoredEvent;
  /** Address that was invited. */
  readonly attendee: string;
  readonly response: 'accepted' | 'tentativelyAccepted' | 'declined';
  /** False = "do not send a response": the organiser never learns of it. Default true. */
  readonly sendResponse?: boolean;
  readonly comment?: string;
  /** The address that the answer comes from, when it is not the invited one: an alias, or an X.500 name. */
  readonly answerAs?: string;
  readonly proposedNewTime?: { readonly startUtc: string; readonly endUtc: string };
  /** The answer is to an earlier version of the meeting: it arrives, and is not counted. */
  readonly outdated?: boolean;
}

const prefixes: Readonly<Record<Answer['response'], string>> = {
  accepted: 'Accepted',
  tentativelyAccepted: 'Tentative',
  declined: 'Declined',
};

/**
 * An invited person answers. What that does on the organiser's side depends on where the event lies and how the mailbox is
 * set up. Throws an Error when that person was never invited, or the meeting was cancelled.
 */
export function respond(state: SimulatorState, answer: Answer): void {
  const { event } = answer;
  const person = state.data.people[answer.attendee.toLowerCase()];
  const invited = person?.received.filter((mail) => mail.iCalUId === event.iCalUId) ?? [];
  const last = invited.at(-1);
  if (person === undefined || last === undefined) throw new Error(`${answer.attendee} has no invitation to this event`);
  if (last.kind === 'cancellation')
    throw new Error('the meeting was cancelled for this attendee: there is nothing to answer');
  const sent = (answer.sendResponse ?? true) && event.responseRequested;
  person.answers[event.iCalUId] = { response: answer.response, at: state.nowIso(), sent };
  noteOnOwnCopy(state, answer);
  if (!sent) return;

  const mailbox = state.mailbox(event.mailboxId);
  const counted = tally(state, mailbox, answer, person.name);
  const message = appendMessage(state, mailbox, {
    folderId: folderOf(mailbox, 'inbox'),
    subject: `${prefixes[answer.response]}: ${event.subject}`,
    bodyHtml:
      answer.comment === undefined
        ? frame('')
        : normalizeBody({ contentType: 'text', content: answer.comment }, { renameIds: false }),
    from: { address: answer.answerAs ?? answer.attendee, name: person.name },
    to: [{ address: mailbox.address, name: mailbox.displayName }],
    meeting: {
      kind: 'response',
      responseType: answer.response,
      eventId: event.id,
      startUtc: event.startUtc,
      endUtc: event.endUtc,
      location: event.locations[0]?.displayName ?? '',
      isOutOfDate: answer.outdated ?? false,
      proposedNewTime: answer.proposedNewTime ?? null,
    },
  });
  if (counted && mailbox.removeOldMeetingMessages && (answer.comment ?? '') === '')
    state.messages.move(message, folderOf(mailbox, 'deleteditems'));
}

/** Notes the answer on the organiser's copy. Only meetings in the primary calendar are tallied. */
function tally(state: SimulatorState, mailbox: Mailbox, answer: Answer, name: string): boolean {
  const { event } = answer;
  const counts = mailbox.tallyResponses && event.container === defaultCalendarOf(mailbox) && !event.isCancelled;
  if (!counts || answer.outdated === true) return false;
  const address = answer.answerAs ?? answer.attendee;
  const noted = {
    response: answer.response as ResponseType,
    respondedAt: state.nowIso(),
    proposedNewTime: answer.proposedNewTime ?? null,
  };
  const row = event.attendees.find((a) => a.address.toLowerCase() === address.toLowerCase());
  // Somebody who is on no row of the list gets one of his own.
  if (row === undefined) event.attendees.push({ address, name, type: 'optional', ...noted });
  else Object.assign(row, noted);
  state.events.touch(event);
  return true;
}

function noteOnOwnCopy(state: SimulatorState, answer: Answer): void {
  const mailbox = state.findMailbox(answer.attendee);
  const copy = mailbox && state.events.of(mailbox.id).find((e) => e.iCalUId === answer.event.iCalUId && !e.isOrganizer);
  if (copy === undefined) return;
  copy.ownResponse = { response: answer.response, at: state.nowIso() };
  copy.showAs = answer.response === 'accepted' ? 'busy' : answer.response === 'declined' ? 'free' : 'tentative';
  state.events.touch(copy);
}
