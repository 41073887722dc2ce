import { calendarDifferences } from '../../../demo/checker/calendar-differences';
import { expectCalendar, NOTHING, type Expectation } from '../../../demo/checker/expectation';
import { expectMail, mailDifferences } from '../../../demo/checker/mail-differences';
import type { MailboxEvent, SentMail } from '../../../demo/checker/mailbox';
import { aMailboxEvent, anAcademy, aSeat, NOW, RULES } from './an-academy';

const expectation = expectCalendar(anAcademy({}), RULES, NOTHING);
const wanted = expectation.events.get('54/101')!;

function differences(...live: MailboxEvent[]): string[] {
  return calendarDifferences(expectation, live, NOW);
}

describe('the calendar', () => {
  test('that holds what it must has no differences', () => {
    expect(differences(aMailboxEvent(wanted))).toEqual([]);
  });

  test('may spell addresses and escape texts in its own way', () => {
    const course = { name: 'Health & Safety “1”' };
    const [event] = expectCalendar(anAcademy({ course }), RULES, NOTHING).events.values();
    const body = '<b>Health &amp; Safety “1”</b> Spring';
    const attendees = event!.attendees.map((address) => ({ address: address.toUpperCase() }));

    const live = [aMailboxEvent(event!, { subject: '', body, attendees })];

    expect(calendarDifferences({ ...expectation, events: new Map([[event!.key, event!]]) }, live, NOW)).toEqual([]);
  });

  test.each<[string, Partial<MailboxEvent>, string]>([
    ['a wrong start', { startUtc: '2026-06-01T08:00:00.000Z' }, 'startUtc is 2026-06-01T08:00:00.000Z instead of'],
    ['a wrong end', { endUtc: '2026-06-01T16:00:00.000Z' }, 'endUtc is'],
    ['a wrong room', { location: 'Aula 2, Milano' }, 'its place "Aula 2, Milano" lacks "Aula 1"'],
    ['hidden attendees', { hideAttendees: true }, 'its attendees are hidden and must not be'],
    ['a text without the session', { subject: 'First aid' }, 'its text does not say "Spring"'],
    ['nobody on it', { attendees: [] }, 'not invited: person11@academy.example, person12@academy.example'],
  ])('is told about %s', (_what, over, text) => {
    expect(differences(aMailboxEvent(wanted, over))).toEqual([expect.stringContaining(text)]);
  });

  test('is told about a stranger and about somebody who is on the event twice', () => {
    const addresses = [...wanted.attendees, 'stranger@elsewhere.example', wanted.attendees[0]!];

    expect(differences(aMailboxEvent(wanted, { attendees: addresses.map((address) => ({ address })) }))).toEqual([
      'event 54/101: invited without a seat: stranger@elsewhere.example',
      'event 54/101: somebody is on it twice',
    ]);
  });

  test('is told about a missing event and about a second copy', () => {
    expect(differences()).toEqual(['event 54/101: 0 in the calendar instead of one']);
    expect(differences(aMailboxEvent(wanted), aMailboxEvent(wanted, { id: 'second' }))).toEqual([
      'event 54/101: 2 in the calendar instead of one',
    ]);
  });

  test('is told about events that must not be there, but for those that are over', () => {
    const surplus = { ...wanted, key: '54/999' };
    const past = { endUtc: '2026-04-01T10:00:00.000Z' };

    expect(differences(aMailboxEvent(wanted), aMailboxEvent(surplus))).toEqual([
      'event 54/999: must not be in the calendar',
    ]);
    expect(differences(aMailboxEvent(wanted), aMailboxEvent(surplus, past))).toEqual([]);
    expect(differences(aMailboxEvent(wanted), aMailboxEvent(surplus, { extendedProperties: {} }))).toEqual([
      `"${surplus.texts.join(' · ')}" stands in the calendar and is no event of Docebo's`,
    ]);
  });

  test('is told about a place where there is none', () => {
    const nowhere = expectCalendar(anAcademy({ event: { locationId: null, classroomId: null } }), RULES, NOTHING);
    const [event] = nowhere.events.values();

    expect(calendarDifferences(nowhere, [aMailboxEvent(event!, { location: 'Roof' })], NOW)).toEqual([
      'event 54/101: its place is "Roof" instead of none',
    ]);
  });
});

describe('the mails', () => {
  const to = (id: number): string => `person${id}@academy.example`;
  const mails = (before: Expectation, after: Expectation): string[] =>
    expectMail(before, after)
      .map(({ kind, to: who }) => `${kind} ${who}`)
      .sort();
  const after = (academy: ReturnType<typeof anAcademy>): Expectation => expectCalendar(academy, RULES, expectation);

  test('are an invitation to everybody on a new event', () => {
    expect(mails(NOTHING, expectation)).toEqual([11, 12, 90].map((id) => `invitation ${to(id)}`));
  });

  test('are a cancellation to everybody on an event that goes', () => {
    expect(mails(expectation, NOTHING)).toEqual([11, 12, 90].map((id) => `cancellation ${to(id)}`));
  });

  test('are none when nothing that people see has changed', () => {
    expect(mails(expectation, after(anAcademy({ session: { maxEnroll: 31 } })))).toEqual([]);
  });

  test.each([
    ['the time', anAcademy({ event: { startsAtUtc: '2026-06-01T08:00:00.000Z' } })],
    ['the place', anAcademy({ event: { locationId: null, classroomId: null } })],
    ['the course', anAcademy({ course: { description: 'new' } })],
    ['the hiding of attendees', anAcademy({ session: { attendeesHidden: true } })],
  ])('are one update to everybody when somebody changed %s', (_what, academy) => {
    expect(mails(expectation, after(academy))).toEqual([11, 12, 90].map((id) => `update ${to(id)}`));
  });

  test('go only to whoever comes and leaves, and to those once, also when the event changes', () => {
    const enrolments = [aSeat(11), aSeat(13)];

    expect(mails(expectation, after(anAcademy({ enrolments })))).toEqual([
      `cancellation ${to(12)}`,
      `invitation ${to(13)}`,
    ]);
    expect(mails(expectation, after(anAcademy({ enrolments, session: { name: 'Summer' } })))).toEqual([
      `cancellation ${to(12)}`,
      `invitation ${to(13)}`,
      `update ${to(11)}`,
      `update ${to(90)}`,
    ]);
  });
});

describe('the outbox', () => {
  const expected = [
    { key: '54/101', to: 'ada@academy.example', kind: 'invitation' as const },
    { key: '54/101', to: 'bob@academy.example', kind: 'invitation' as const },
  ];
  const sent = (who: string, kind: SentMail['kind'] = 'invitation', eventId: string | null = 'g1'): SentMail => ({
    index: 0,
    to: who,
    kind,
    eventId,
    because: '',
  });
  const keyOf = (id: string): string | null => (id === 'g1' ? '54/101' : null);
  const found = (...mails: SentMail[]): string[] => mailDifferences(expected, mails, keyOf);
  const ada = sent('Ada@academy.example');
  const bob = sent('bob@academy.example');

  test('is right when everybody got their mail once, in any order', () => {
    expect(found(bob, ada)).toEqual([]);
  });

  test('is told about a mail that was not sent', () => {
    expect(found(ada)).toEqual(['invitation of event 54/101: 1 not sent, to bob@academy.example']);
  });

  test('is told about a mail that came twice', () => {
    expect(found(ada, bob, bob)).toEqual(['invitation of event 54/101: 1 too many, to bob@academy.example']);
  });

  test('is told about a mail of the wrong kind', () => {
    expect(found(ada, sent('bob@academy.example', 'update'))).toEqual([
      'invitation of event 54/101: 1 not sent, to bob@academy.example',
      'update of event 54/101: 1 too many, to bob@academy.example',
    ]);
  });

  test('is told about mails to strangers and mails that belong to no event', () => {
    expect(found(ada, bob, sent('eve@elsewhere.example'), sent('ops@academy.example', 'mail', null))).toEqual([
      'invitation of event 54/101: 1 too many, to eve@elsewhere.example',
      'mail of event unknown: 1 too many, to ops@academy.example',
    ]);
  });

  test('names the first few when there are many', () => {
    const many = Array.from({ length: 9 }, (_, i) => sent(`p${i}@academy.example`, 'update'));

    expect(found(ada, bob, ...many)).toEqual([
      'update of event 54/101: 9 too many, to p0@academy.example, p1@academy.example, p2@academy.example, p3@academy.example and 5 more',
    ]);
  });
});
