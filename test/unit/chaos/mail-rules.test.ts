import { mailViolations, type MailLog } from '../../../chaos/oracle/mail-rules';
import { Readings } from '../../../chaos/oracle/readings';
import { createDoceboSimulator } from '../../../simulators/docebo/server';
import type { MeetingSnapshot, OutboxEntry, Person } from '../../../simulators/microsoft/state/model';
import profile from '../../../profiles/assumed-v1.json';

/** An academy in which Ada (user 13001) has a seat in session 1001, whose event is 5001; Docebo was read for it just now. */
async function readAcademy() {
  const docebo = createDoceboSimulator({ profile: profile as never });
  const readings = new Readings();
  readings.attach(docebo);
  const run = (command: string, args: object) => docebo.academy.run([{ command, args }]);
  run('create-users', {
    users: ['ada', 'bob'].map((n) => ({ firstName: n, lastName: n, email: `${n}@academy.example` })),
  });
  run('create-course', { name: 'Course' });
  const event = { date: '2030-01-07', timeBegin: '09:00', timeEnd: '10:00', timezone: 'UTC' };
  run('create-session', { courseId: 101, name: 'Session', events: [event] });
  run('enrol', { sessionId: 1001, userIds: [13001] });
  const read = (): Promise<unknown> =>
    docebo.app.inject({ method: 'GET', url: '/course/v1/sessions/1001/enrollments?page=1&page_size=200' });
  await read();
  return { readings, run, read, close: () => docebo.close() };
}

let academy: Awaited<ReturnType<typeof readAcademy>>;
beforeEach(async () => (academy = await readAcademy()));
afterEach(() => academy.close());

type Mail = readonly [kind: OutboxEntry['kind'], to: string, eventId?: string];

function log(mails: readonly Mail[], more: Partial<MailLog> = {}): MailLog {
  const at = new Date(Date.now() + 5).toISOString();
  const outbox = mails.map(([kind, to, eventId = 'g1'], index) => {
    const mail = { index, at, mailbox: 'training@academy.example', to: `${to}@academy.example`, kind, eventId };
    return { ...mail, subject: 'Session', because: 'a test', significant: false };
  });
  const rest = { people: {}, snapshots: {}, byHand: new Set<number>(), vanished: [], readings: academy.readings };
  return { outbox, keyOf: () => '1001/5001', ...rest, ...more };
}

const rulesOf = (mails: readonly Mail[], more?: Partial<MailLog>): string[] =>
  mailViolations(log(mails, more)).map(({ rule }) => rule);

test('one invitation, updates, a cancellation, and the same again are as they must be', () => {
  const once: Mail[] = [
    ['invitation', 'ada'],
    ['update', 'ada'],
    ['cancellation', 'ada'],
  ];

  expect(rulesOf([...once, ...once])).toEqual([]);
});

test.each<[string, Mail[], string[]]>([
  [
    'an invitation to the same event twice',
    [
      ['invitation', 'ada'],
      ['invitation', 'ada'],
    ],
    ['invited once'],
  ],
  [
    'an invitation to a second copy',
    [
      ['invitation', 'ada'],
      ['invitation', 'ada', 'g2'],
    ],
    ['invited once'],
  ],
  ['a cancellation without an invitation', [['cancellation', 'ada']], ['cancelled what was there']],
  ['an update without an invitation', [['update', 'ada']], ['updated what was there']],
  ['an invitation to somebody without a seat', [['invitation', 'bob']], ['a seat']],
])('%s is found', (_what, mails, rules) => {
  expect(rulesOf(mails)).toEqual(rules);
});

test('whoever left before Docebo was last read must hear nothing but the cancellation', async () => {
  academy.run('unenrol', { sessionId: 1001, userIds: [13001] });
  await academy.read();

  expect(rulesOf([['invitation', 'ada']])).toEqual(['a seat']);
  expect(
    rulesOf([
      ['invitation', 'ada'],
      ['update', 'ada'],
      ['cancellation', 'ada'],
    ]),
  ).toEqual(['a seat', 'a seat']);
});

test('whoever left after Docebo was last read may still be told', () => {
  academy.run('unenrol', { sessionId: 1001, userIds: [13001] });

  expect(rulesOf([['invitation', 'ada']])).toEqual([]);
});

test('an address of the past is still its user', () => {
  academy.run('update-user', { userId: 13001, email: 'countess@academy.example' });

  expect(rulesOf([['invitation', 'ada']])).toEqual([]);
  expect(rulesOf([['invitation', 'countess']])).toEqual([]);
});

test('an event that vanished without a word may be sent anew', () => {
  const vanished = [{ at: 1, graphEventId: 'g1' }];

  expect(
    rulesOf(
      [
        ['invitation', 'ada'],
        ['invitation', 'ada', 'g2'],
      ],
      { vanished },
    ),
  ).toEqual([]);
});

test('what a person does by hand asks for no seat', () => {
  expect(rulesOf([['invitation', 'bob']], { byHand: new Set([0]) })).toEqual([]);
});

describe('updates', () => {
  const snapshot = (id: string, over: Partial<MeetingSnapshot> = {}): MeetingSnapshot => ({
    ...{ id, iCalUId: 'i1', organizerEventId: 'g1', organizer: { address: 'a', name: 'a' }, subject: 'Session' },
    ...{ bodyHtml: '<p>Text</p>', startUtc: '2030-01-07T09:00:00Z', endUtc: '2030-01-07T10:00:00Z', startZone: 'UTC' },
    ...{ location: 'Room', joinUrl: null, attendees: ['ada@academy.example'], responseRequested: true },
    ...over,
  });
  function updatesOf(second: Partial<MeetingSnapshot>): string[] {
    const snapshots = { s1: snapshot('s1'), s2: snapshot('s2', second) };
    const received = (['invitation', 'update'] as const).map((kind, i) => ({
      ...{ id: `${i}`, at: '', kind, from: '', subject: '', iCalUId: 'i1', snapshotId: `s${i + 1}` },
      ...{ because: '', significant: false, text: null },
    }));
    const ada: Person = { address: 'ada@academy.example', name: 'Ada', received, answers: {} };
    return rulesOf([], { snapshots, people: { ada } });
  }

  test('one that shows a new place tells something', () => {
    expect(updatesOf({ location: 'Hall' })).toEqual([]);
  });

  test('one that differs in who else is on it tells nothing', () => {
    expect(updatesOf({ attendees: ['ada@academy.example', 'bob@academy.example'] })).toEqual([
      'updates tell something',
    ]);
  });
});
