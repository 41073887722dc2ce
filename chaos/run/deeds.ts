import { deleteEvent } from '../../simulators/microsoft/calendar/end-event';
import { updateEvent } from '../../simulators/microsoft/calendar/update-event';
import { respond } from '../../simulators/microsoft/people/respond';
import type { StoredEvent } from '../../simulators/microsoft/state/model';
import { defaultCalendarOf, folderOf } from '../../simulators/microsoft/state/simulator-state';
import type { MicrosoftSimulator } from '../../simulators/microsoft/server';
import { keyOf } from '../../demo/checker/mailbox';
import { propertyName } from '../../simulators/microsoft/calendar/extended-properties';
import { Draw } from '../plan/draw';
import type { PlannedDeed } from '../plan/round';
import { MAILBOX } from '../world/settings';
import type { MailLog } from '../oracle/mail-rules';

const ANSWERS = ['accepted', 'tentativelyAccepted', 'declined'] as const;
const HOUR_MS = 3_600_000;

/** What people do in Outlook, and which mails came of it. */
export class Deeds {
  readonly byHand = new Set<number>();
  readonly vanished: MailLog['vanished'][number][] = [];

  constructor(private readonly microsoft: MicrosoftSimulator) {}

  /** The session whose calendar was touched; null: only answered, or there was nothing to touch. */
  do({ kind, salt }: PlannedDeed): { readonly done: boolean; readonly sessionId: string | null } {
    const { state } = this.microsoft;
    const draw = new Draw(salt);
    const mailbox = state.findMailbox(MAILBOX.address)!;
    const calendar = defaultCalendarOf(mailbox);
    const live = state.events.of(mailbox.id).filter((e) => e.container === calendar && !e.isCancelled);
    const event = draw.pick(live.filter((e) => keyOfStored(e) !== null));
    if (event === undefined) return { done: false, sessionId: null };
    const sessionId = keyOfStored(event)?.split('/')[0] ?? null;
    const from = state.data.outbox.length;
    const person = draw.pick(event.attendees);
    switch (kind) {
      case 'answer':
        if (person === undefined) return { done: false, sessionId: null };
        return { done: this.answer(event, person.address, draw.pick(ANSWERS)!), sessionId: null };
      case 'handMove': {
        const move = (utc: string) => ({
          dateTime: new Date(Date.parse(utc) + HOUR_MS).toISOString().slice(0, 19),
          timeZone: 'UTC',
        });
        updateEvent(state, mailbox, event, { start: move(event.startUtc), end: move(event.endUtc) });
        break;
      }
      case 'handPlace':
        // Never the place that it has: that would be an update that tells nothing.
        updateEvent(state, mailbox, event, { location: { displayName: `Somewhere ${salt}` } });
        break;
      case 'handRemovePerson': {
        if (person === undefined) return { done: false, sessionId: null };
        const others = event.attendees.filter((a) => a.address !== person.address);
        const attendees = others.map(({ address, name, type }) => ({ type, emailAddress: { address, name } }));
        updateEvent(state, mailbox, event, { attendees });
        break;
      }
      case 'handDelete':
        deleteEvent(state, mailbox, event);
        break;
      case 'handDeleteSilently':
        this.vanished.push({ at: from, graphEventId: event.id });
        state.events.move(event, folderOf(mailbox, 'deleteditems'));
        break;
    }
    for (let index = from; index < state.data.outbox.length; index++) this.byHand.add(index);
    return { done: true, sessionId };
  }

  private answer(event: StoredEvent, attendee: string, response: (typeof ANSWERS)[number]): boolean {
    try {
      respond(this.microsoft.state, { event, attendee, response });
      return true;
    } catch {
      // Taken off in the meantime.
      return false;
    }
  }
}

export function keyOfStored(event: StoredEvent): string | null {
  const named = event.extendedProperties.map((p) => [propertyName(p.id) ?? p.id, p.value] as const);
  return keyOf({ extendedProperties: Object.fromEntries(named) });
}
