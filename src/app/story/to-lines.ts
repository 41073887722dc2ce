import { POSITIONS } from '../../domain/describe-position';
import { REMEDIES } from '../../domain/failures/remedies';
import type { Line, LineKind, Told } from './timeline';
import { toMailWords } from './mail-words';

type Words = readonly (readonly [kind: LineKind, text: string])[];

/** A journal entry in plain words: one line, or one for each half of it. */
export function toLines(told: Told): Line[] {
  const { at, eventId = null, users = [], details } = told;
  // Older journals name people in the note alone.
  const [, named] = users.length === 0 ? (/\buser (\d+)/.exec(told.note ?? '') ?? []) : [];
  const about = named === undefined ? users : [named];
  // Details belong to the first half; a plan without a change of people is about everybody.
  return wordsOf(told).map(([kind, text], i) => ({
    at,
    kind,
    text,
    eventId,
    users: told.what === 'plan' ? [] : about,
    details: i === 0 ? details : [],
  }));
}

function wordsOf(told: Told): Words {
  const { what, note = '', eventId } = told;
  switch (what) {
    case 'hint':
      return [['hint', hintWords(note, eventId)]];
    case 'plan':
      return planWords(note);
    case 'settle':
      return [['decision', `${note}, for Docebo's API may lag behind its webhook`]];
    case 'drop':
      return [['decision', 'the rest of the plan is dropped: something new came in, or the session was held']];
    case 'create':
    case 'updateContent':
    case 'updateAttendees':
    case 'cancel':
      return stepWords(what, note, eventId);
    case 'adopt':
      return [['Graph', `looked through the calendar for events of the session: ${note}`]];
    case 'removed':
      return [['Graph', `event ${eventId ?? '?'} was deleted in the mailbox by somebody: it is made anew`]];
    case 'answer':
      return [['answer', `${note} event ${eventId ?? '?'}`]];
    case 'accepted':
      return [['answer', note]];
    case 'writeBack':
      return [['Docebo', `told of answers: ${note}`]];
    case 'refused':
      return [['Docebo', `refused the ${note}, of event ${eventId ?? '?'}`]];
    case 'unenrol':
      return [['Docebo', `takes the seat back: ${note}`]];
    case 'failure':
      return [['failure', failureWords(note, eventId)]];
    case 'hold':
      return [['operator', `held ${note}: nothing is written until it is released`]];
    case 'release':
      return [['operator', `released ${note}`]];
    case 'resync':
      return [['operator', `resync ${note}: Docebo and the calendar are read again`]];
    default:
      return [['other', note === '' ? what : `${what}: ${note}`]];
  }
}

const HINTS: Readonly<Record<string, string>> = {
  'session-changed': 'Docebo said that the session changed',
  'event-changed': 'Docebo said that an event changed',
  'course-changed': 'Docebo said that the course changed',
  'learning-plan-left': 'Docebo said that somebody left a learning plan',
  sweep: "the sweep found a difference in Docebo's lists",
  sample: 'its turn in the sample: the calendar is compared too',
  backfill: 'the backfill covers it',
  operator: 'an operator had its workflow started',
};

function hintWords(note: string, eventId: string | undefined): string {
  const [, kind = '', user, times] = /^(\S+)(?: user (\S+))?(?: x(\d+))?$/.exec(note) ?? [];
  const whose = [eventId === undefined ? '' : `event ${eventId}`, user === undefined ? '' : `user ${user}`];
  const about = whose.filter((part) => part !== '').join(', ');
  return `${HINTS[kind] ?? note}${about === '' ? '' : ` (${about})`}${times === undefined ? '' : `, ${times} times`}`;
}

/** `2 steps; on; after 1 hints; 2 events, ...; joined 7`. */
function planWords(note: string): Words {
  const [steps = '', ...rest] = note.replace(/\b1 (hint|step|event|learner|instructor|gap)s\b/g, '1 $1').split('; ');
  const position = rest.find((part) => Object.hasOwn(POSITIONS, part)) as keyof typeof POSITIONS | undefined;
  const facts = rest.filter((part) => part !== position);
  const decision = steps === '0 steps' ? 'nothing to do: the calendar is as it should be' : `${steps} to carry out`;
  const turned = position === undefined ? '' : `; from now on: ${POSITIONS[position]}`;
  const read: Words = facts.length === 0 ? [] : [['facts', `read Docebo, ${facts.join('; ')}`]];
  return [...read, ['decision', decision + turned]];
}

function stepWords(what: string, note: string, eventId: string | undefined): Words {
  const [did = '', mails = '', counts = '', ...detail] = note.split('; ');
  const [, added = '0', removed = '0'] = /^\+(\d+) -(\d+)$/.exec(counts) ?? [];
  const more = [...(added === '0' && removed === '0' ? [] : [`${added} added, ${removed} removed`]), ...detail].join(
    '; ',
  );
  const asked = { create: 'create', updateContent: 'change', updateAttendees: 'attendees', cancel: 'cancel' }[what];
  const mail = toMailWords({
    what,
    did,
    mails: mails.replace(/^mails /, ''),
    added: Number(added),
    removed: Number(removed),
  });
  return [
    ['Graph', `event ${eventId ?? '?'}, ${asked ?? what}: ${did}${more === '' ? '' : ` (${more})`}`],
    ['mail', mail],
  ];
}

function failureWords(note: string, eventId: string | undefined): string {
  const [code = ''] = note.split(' ');
  const title = REMEDIES[code]?.steps[0];
  return `${note}${eventId === undefined ? '' : ` of event ${eventId}`}${title === undefined ? '' : `. ${title}`}`;
}
