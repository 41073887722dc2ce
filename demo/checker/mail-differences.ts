import { list } from './calendar-differences';
import type { Expectation, ExpectedEvent } from './expectation';
import type { SentMail } from './mailbox';

export interface ExpectedMail {
  readonly key: string;
  readonly to: string;
  readonly kind: SentMail['kind'];
}

/**
 * Who must get mail when the calendar goes from one state to the other, as Outlook sends it: an invitation to whoever joins, a cancellation
 * to whoever leaves, one update to everybody who stays when something that they see has changed, and nothing to anybody else.
 */
export function expectMail(before: Expectation, after: Expectation): ExpectedMail[] {
  const mails: ExpectedMail[] = [];
  for (const key of new Set([...before.events.keys(), ...after.events.keys()])) {
    const old = before.events.get(key);
    const now = after.events.get(key);
    const was = new Set(old?.attendees ?? []);
    const is = new Set(now?.attendees ?? []);
    for (const to of is) if (!was.has(to)) mails.push({ key, to, kind: 'invitation' });
    for (const to of was) if (!is.has(to)) mails.push({ key, to, kind: 'cancellation' });
    if (old === undefined || now === undefined || looksTheSame(old, now)) continue;
    for (const to of is) if (was.has(to)) mails.push({ key, to, kind: 'update' });
  }
  return mails;
}

function looksTheSame(a: ExpectedEvent, b: ExpectedEvent): boolean {
  const seen = ({ startUtc, endUtc, place, hidden, wording }: ExpectedEvent): string =>
    JSON.stringify([startUtc, endUtc, place, hidden, wording]);
  return seen(a) === seen(b);
}

/**
 * What is wrong with the mails that went out, a sentence each: missing ones, ones too many, somebody mailed twice.
 *
 * @param keyOfEvent `<session>/<event>` of an event id of Graph's, also of a cancelled one; null when it is none of Convoke's.
 */
export function mailDifferences(
  expected: readonly ExpectedMail[],
  sent: readonly SentMail[],
  keyOfEvent: (eventId: string) => string | null,
): string[] {
  const open = new Map<string, number>();
  const count = (what: string, by: number): unknown => open.set(what, (open.get(what) ?? 0) + by);
  for (const { key, kind, to } of expected) count(`${kind} of event ${key}|${to}`, 1);
  for (const { eventId, kind, to } of sent) {
    const key = eventId === null ? null : keyOfEvent(eventId);
    count(`${kind} of event ${key ?? 'unknown'}|${to.toLowerCase()}`, -1);
  }
  const missing = new Map<string, string[]>();
  const tooMany = new Map<string, string[]>();
  for (const [what, left] of open) {
    const [mail = '', to = ''] = what.split('|');
    const pile = left > 0 ? missing : tooMany;
    if (left !== 0) pile.set(mail, [...(pile.get(mail) ?? []), ...Array.from({ length: Math.abs(left) }, () => to)]);
  }
  return [
    ...[...missing].map(([mail, who]) => `${mail}: ${who.length} not sent, to ${list(who)}`),
    ...[...tooMany].map(([mail, who]) => `${mail}: ${who.length} too many, to ${list(who)}`),
  ];
}
