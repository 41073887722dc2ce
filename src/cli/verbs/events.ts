import type { Command } from 'commander';
import type { SessionView } from '../../app/open-operator';
import { listEvents, type EventRow } from '../../app/story/list-events';
import { AS_FOUND } from '../../domain/ledger-hashes';
import type { Cli } from '../cli';
import { answersInWords } from '../describe-session';
import { platformOption } from '../parse-options';
import { parseEventRef } from '../session-refs';
import { renderTable } from '../table';
import { addVerb, onCall, withOperator } from '../verb';
import { nameOf, plural, showTime } from '../words';

export function addEvents(program: Command, cli: Cli): void {
  const command = addVerb(program, {
    usage: 'events <session-or-transaction-id>',
    summary: "ids of a session's events in Outlook",
    about:
      "Looks up which events Convoke keeps in the calendar for a session: Docebo's event id, Graph's event id, the transaction id, generation, times, seats and answers. It takes a session, or the transaction id of one of its events: Convoke's own or Docebo Connect's.",
    examples: [
      ['convoke events 5401', 'all events of a session'],
      ['convoke events cvk1-academy-5401-101-1', 'the event with this transaction id'],
      ['convoke events 5401-101', "the same by Docebo Connect's transaction id"],
    ],
    next: ['convoke why 5401 --event 101   how the event came to be so'],
  }).addOption(platformOption());
  onCall<{ readonly platform?: string }>(command, cli, async ({ platform }, [text]) => {
    const { view, eventId } = await withOperator(cli, 'asking the session', async ({ operator, platforms }) => {
      const { eventId: only, ...ref } = parseEventRef(text as string, { platforms, platform });
      return { view: await operator.session(ref), eventId: only };
    });
    const rows = listEvents(view, eventId);
    const { mailbox } = view.state.ledger;
    const { learners, instructors } = view.state.counts;
    const seats = { learners, instructors };
    return { json: { session: view.ref, mailbox, seats, events: rows }, text: show(cli, view, rows) };
  });
}

function show({ io }: Cli, { ref, state }: SessionView, rows: readonly EventRow[]): string[] {
  const { counts, ledger } = state;
  const about = `${nameOf(ref)}  mailbox ${ledger.mailbox ?? 'none yet'}; ${plural(counts.learners, 'learner')}, ${plural(counts.instructors, 'instructor')}`;
  if (rows.length === 0) return [about, 'Nothing has been written into a calendar for it.'];
  const head = ['EVENT', 'STARTS (UTC)', 'ENDS (UTC)', 'GEN', 'TRANSACTION ID', 'ANSWERS', 'GRAPH EVENT ID'];
  const table = rows.map((row) => [
    row.eventId,
    showTime(row.startsAt).slice(0, 16),
    showTime(row.endsAt).slice(0, 16),
    String(row.generation),
    row.transactionId,
    answersInWords(row.answers),
    row.graphEventId ?? '(withdrawn)',
  ]);
  return [about, '', ...renderTable(io, head, table), ...remarks(state.ledger.events, state.journal)];
}

/** Docebo Connect's events keep the transaction id that it gave them: Graph never changes one. */
function remarks(events: SessionView['state']['ledger']['events'], journal: SessionView['state']['journal']): string[] {
  const isAdopted = journal.some(({ what }) => what === 'adopt');
  const created = journal.filter(({ what }) => what === 'create').map(({ eventId }) => eventId);
  const foreign = Object.entries(events)
    .filter(([eventId, row]) => row.invitationHash === AS_FOUND || (isAdopted && !created.includes(eventId)))
    .map(([eventId]) => eventId);
  if (foreign.length === 0) return [];
  const which = foreign.join(', ');
  return [
    '',
    `Found in the calendar and adopted: ${which}. What Docebo Connect made carries <session>-<event> as its transaction id.`,
  ];
}
