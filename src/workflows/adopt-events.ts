import type { FoundCalendarEvents } from '../contract/activities';
import type { SessionState } from '../contract/messages';
import { AS_FOUND, canonical } from '../domain/ledger-hashes';
import type { LedgerEvent } from '../domain/plan';
import { graphActivities } from './activity-proxies';
import { journal, now } from './session-state';

/**
 * Looks through the calendars for events that an earlier run left, and enters them into the ledger. `found`: the plan must be made anew.
 */
export async function adoptEvents(session: SessionState, mailboxes: readonly string[]): Promise<'found' | 'nothing'> {
  const { platform, sessionId, ledger } = session;
  const knowsPeople = Object.keys(ledger.events).length > 0;
  const known = knowsPeople ? [...Object.values(ledger.people).map((p) => p.addressKey), ...ledger.departed] : null;
  const held = Object.fromEntries(Object.entries(ledger.events).map(([eventId, row]) => [eventId, row.graphEventId]));
  for (const mailbox of ledger.mailbox === null ? mailboxes : [ledger.mailbox]) {
    const found = await graphActivities(mailbox).findCalendarEvents.executeWithOptions(
      { summary: 'look for events of an earlier run' },
      [{ platform, sessionId, mailbox, known, ...(ledger.aliases && { aliases: ledger.aliases }), held }],
    );
    for (const { eventId, graphEventId, generation } of found.surplus) {
      const target = {
        platform,
        sessionId,
        mailbox,
        eventId,
        graphEventId,
        generation,
        reason: 'event-removed' as const,
      };
      await graphActivities(mailbox).cancelCalendarEvent.executeWithOptions({ summary: 'cancel a second copy' }, [
        target,
      ]);
    }
    if (Object.keys(found.events).length === 0 && !knowsPeople) continue;
    const before = canonical(session.ledger.events);
    enterFound(session, found, mailbox, known === null);
    const isSame = session.comparing === true && canonical(session.ledger.events) === before;
    delete session.comparing;
    return isSame ? 'nothing' : 'found';
  }
  session.adopted = true;
  delete session.comparing;
  return 'nothing';
}

function enterFound(
  session: SessionState,
  found: Pick<FoundCalendarEvents, 'events' | 'present' | 'answered'>,
  mailbox: string,
  isNewRun: boolean,
): void {
  const events = { ...session.ledger.events };
  for (const [eventId, row] of Object.entries(events)) {
    // Not in the calendar any more: somebody deleted it there. Past events are left alone.
    if (found.events[eventId] === undefined && row.endsAt > now()) events[eventId] = { ...row, graphEventId: null };
  }
  for (const [eventId, row] of Object.entries(found.events)) {
    events[eventId] = { ...row, ...hashesOf(row, events[eventId]), answers: events[eventId]?.answers ?? {} };
  }
  const departed = isNewRun ? [...found.present] : session.ledger.departed;
  session.ledger = { ...session.ledger, mailbox, events, departed };
  session.adopted = true;
  session.answered = found.answered;
  journal(session, now(), { what: 'adopt', note: `${Object.keys(found.events).length} events found in ${mailbox}` });
}

/** An event of somebody else's making does not tell what its text stands for; the ledger may. */
function hashesOf(found: LedgerEvent, known: LedgerEvent | undefined): Partial<LedgerEvent> {
  if (known === undefined || found.invitationHash !== AS_FOUND) return {};
  const { invitationHash, placeHash } = known;
  return { invitationHash, placeHash };
}
