import type { MeetingSnapshot, OutboxEntry, Person } from '../../simulators/microsoft/state/model';
import type { Readings } from './readings';

/** What the rules need to know of the mailbox and of what was done by hand. */
export interface MailLog {
  readonly outbox: readonly OutboxEntry[];
  readonly people: Readonly<Record<string, Person>>;
  readonly snapshots: Readonly<Record<string, MeetingSnapshot>>;
  /** `<session>/<event>` of every event of Graph's that ever was; null: none of Convoke's. */
  readonly keyOf: (graphEventId: string) => string | null;
  /** Indexes of mails that a person in Outlook caused. */
  readonly byHand: ReadonlySet<number>;
  /** Removed without a word, by the number of mails sent before: whoever was on them still believes in them. */
  readonly vanished: readonly { readonly at: number; readonly graphEventId: string }[];
  readonly readings: Readings;
}

export interface Violation {
  readonly rule: string;
  readonly what: string;
}

/**
 * Whether each person's mails can be explained: one invitation until cancelled, no update that shows nothing new, no cancellation of what was
 * not there, and nothing to anybody who had no seat when Docebo was last read for it.
 */
export function mailViolations(log: MailLog): Violation[] {
  const violations: Violation[] = [];
  /** By `<key> <address>`: the events of Graph's to which that person is invited. */
  const invited = new Map<string, Set<string>>();
  let vanished = 0;
  for (const mail of log.outbox) {
    for (; (log.vanished[vanished]?.at ?? Infinity) <= mail.index; vanished++) forget(invited, log.vanished[vanished]!);
    const key = mail.eventId === null ? null : log.keyOf(mail.eventId);
    if (mail.kind === 'mail' || mail.eventId === null || key === null) continue;
    const who = `${key} ${mail.to.toLowerCase()}`;
    const on = invited.get(who) ?? new Set();
    invited.set(who, on);
    const told = `mail ${mail.index} (${mail.kind}, ${mail.because}) of event ${key} to ${mail.to} at ${mail.at}`;
    const add = (rule: string, why: string): number => violations.push({ rule, what: `${told}: ${why}` });
    switch (mail.kind) {
      case 'invitation':
        if (on.size > 0) add('invited once', on.has(mail.eventId) ? 'invited before' : 'invited to another copy');
        on.add(mail.eventId);
        break;
      case 'cancellation':
        if (!on.delete(mail.eventId)) add('cancelled what was there', 'was not invited');
        break;
      case 'update':
        if (!on.has(mail.eventId)) add('updated what was there', 'was not invited');
        break;
    }
    if (log.byHand.has(mail.index)) continue;
    if (mail.kind !== 'cancellation' && !hadSeat(log.readings, key, mail))
      add('a seat', 'had no seat when Docebo was last read');
  }
  return [...violations, ...emptyUpdates(log)];
}

function forget(invited: ReadonlyMap<string, Set<string>>, { graphEventId }: MailLog['vanished'][number]): void {
  for (const events of invited.values()) events.delete(graphEventId);
}

function hadSeat(readings: Readings, key: string, mail: OutboxEntry): boolean {
  const [session = '', event = ''] = key.split('/');
  const users = readings.usersOf(mail.to);
  return readings
    .before(Number(session), Date.parse(mail.at))
    .some(({ seats }) => [...(seats.get(Number(event)) ?? [])].some((id) => users.has(id)));
}

/** Updates that look to their reader like the mail before. */
function emptyUpdates({ people, snapshots, keyOf }: MailLog): Violation[] {
  const violations: Violation[] = [];
  for (const person of Object.values(people)) {
    const last = new Map<string, string>();
    for (const mail of person.received) {
      const snapshot = snapshots[mail.snapshotId ?? ''];
      if (snapshot === undefined) continue;
      const looks = appearance(snapshot);
      const key = keyOf(snapshot.organizerEventId);
      if (mail.kind === 'update' && key !== null && last.get(snapshot.organizerEventId) === looks) {
        const what = `update of event ${key} to ${person.address} at ${mail.at} (${mail.because}) shows nothing new`;
        violations.push({ rule: 'updates tell something', what });
      }
      last.set(snapshot.organizerEventId, looks);
    }
  }
  return violations;
}

/** All that a reader sees; of other people only whether they are hidden. */
function appearance({
  subject,
  bodyHtml,
  startUtc,
  endUtc,
  startZone,
  location,
  joinUrl,
  attendees,
}: MeetingSnapshot): string {
  const visible = bodyHtml.replace(/<!--[^]*?-->/g, '').replace(/\s+/g, ' ');
  return JSON.stringify([subject, visible, startUtc, endUtc, startZone, location, joinUrl, attendees === null]);
}
