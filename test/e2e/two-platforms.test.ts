import { DoceboControl } from '../../simulators/docebo/control/client';
import { createDoceboSimulator, defaultAccount, type DoceboSimulator } from '../../simulators/docebo/server';
import { isInCalendar } from '../../simulators/microsoft/state/simulator-state';
import { answerMeeting, eventually, ORGANIZER, readProfile, seedSession, Stack } from '../support/stack';

/** Two Docebo platforms with different profiles and two mailboxes in one installation; routes decide who organises what. */

const MILAN = 'milan@academy.example';
const WEBHOOK = { username: 'campus', password: 'campus-password' };

let stack: Stack;
let campus: { readonly docebo: DoceboSimulator; readonly control: DoceboControl };

beforeEach(async () => {
  stack = await Stack.open({
    name: 'two-platforms',
    writeBack: true,
    schedules: { rsvpPoll: '2s' },
    environment: {
      CONVOKE_DOCEBO_CAMPUS_CLIENT_ID: defaultAccount.clientId,
      CONVOKE_DOCEBO_CAMPUS_CLIENT_SECRET: defaultAccount.clientSecret,
      CONVOKE_WEBHOOK_CAMPUS: `${WEBHOOK.username}:${WEBHOOK.password}`,
    },
  });
  const profile = readProfile('assumed-v2');
  const docebo = createDoceboSimulator({ profile: profile as never, platform: 'campus' });
  const baseUrl = await docebo.listen();
  campus = { docebo, control: new DoceboControl(baseUrl) };
  await campus.control.addWebhook({ url: stack.webhookUrl('campus'), credentials: WEBHOOK });
  await fetch(`${stack.microsoftUrl}/__control/mailboxes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ address: MILAN, displayName: 'Milan' }),
  });
  const told = { ...profile, rsvpWriteBack: { ...profile.rsvpWriteBack, enabled: true } };
  stack.writeFile('campus.json', JSON.stringify(told));
  stack.change(({ platforms }) => ({
    platforms: {
      academy: {
        ...platforms.academy,
        routes: [
          { categories: ['Safety'], locations: ['HQ'], mailbox: 'milan' },
          { categories: ['Safety'], mailbox: 'training' },
        ],
      },
      campus: {
        ...platforms.academy,
        baseUrl,
        profile: './campus.json',
        mailbox: 'milan',
        lmsBaseUri: 'campus.example',
        routes: [{ fields: { 'session:Region': ['Rome'] }, mailbox: 'training' }],
      },
    },
    mailboxes: { training: { user: ORGANIZER }, milan: { user: MILAN } },
  }));
});

afterEach(async () => {
  await stack.close();
  await campus.docebo.close();
});

type Platform = 'academy' | 'campus';

/** `<platform>/<session>` of each event that stands in a mailbox's calendar, with who is on it. */
function calendarOf(address: string): { readonly id: string; readonly ref: string; readonly attendees: number }[] {
  const { state } = stack.microsoft;
  const mailbox = state.findMailbox(address)!;
  return Object.values(state.data.events)
    .filter((e) => e.mailboxId === mailbox.id && isInCalendar(mailbox, e) && !e.isCancelled)
    .map((e) => ({
      id: e.id,
      ref: (e.transactionId ?? '').replace(/^cvk1-([a-z]+)-(\d+)-.*$/, '$1/$2'),
      attendees: e.attendees.length,
    }))
    .sort((a, b) => (a.ref < b.ref ? -1 : 1));
}

test('each session is organised by the mailbox of its route, and each answer goes to its own Docebo', async () => {
  const control: Record<Platform, DoceboControl> = { academy: stack.control, campus: campus.control };
  const seeds: { readonly platform: Platform; readonly seed: Awaited<ReturnType<typeof seedSession>> }[] = [];
  for (const platform of ['academy', 'academy', 'campus', 'campus'] as const) {
    seeds.push({ platform, seed: await seedSession({ control: control[platform] }, { events: 1, learners: 2 }) });
  }
  const [general, safety, plain, rome] = seeds as [
    (typeof seeds)[0],
    (typeof seeds)[0],
    (typeof seeds)[0],
    (typeof seeds)[0],
  ];
  // Both platforms count from the same number on.
  expect([general.seed.session.id, safety.seed.session.id]).toEqual([plain.seed.session.id, rome.seed.session.id]);
  await stack.control.run('update-course', { courseId: safety.seed.course.id, category: 'Safety' }, { silent: true });
  const region = [{ id: 5, name: 'Region', value: 'rome', type: 'text' as const }];
  const romeId = { sessionId: rome.seed.session.id };
  await campus.control.run('update-session', { ...romeId, additionalFields: region }, { silent: true });
  await stack.start();
  const ref = ({ platform, seed }: (typeof seeds)[0]) => `${platform}/${seed.session.id}`;

  for (const { platform, seed } of seeds) {
    await control[platform].run('update-session', { sessionId: seed.session.id, name: 'Published' });
  }

  const calendars = await eventually(async () => {
    const found = [calendarOf(ORGANIZER), calendarOf(MILAN)] as const;
    return found[0].length + found[1].length >= 4 ? found : null;
  }, 'four events');
  const refs = calendars.map((events) => events.map((e) => e.ref));
  expect(refs).toEqual([[ref(general), ref(rome)].sort(), [ref(safety), ref(plain)].sort()]);
  expect(calendars.flat().map(({ attendees }) => attendees)).toEqual([3, 3, 3, 3]);

  const learner = 'learner1@academy.example';
  for (const { id, ref: of } of calendars.flat()) {
    await answerMeeting(stack, id, learner, of.startsWith('academy') ? 'accepted' : 'declined');
  }
  const answers = await eventually(async () => {
    const told = [(await stack.control.truth()).answers, (await campus.control.truth()).answers] as const;
    return told[0].length >= 2 && told[1].length >= 2 ? told : null;
  }, 'four answers');
  expect(answers.map((told) => new Set(told.map(({ answer }) => answer)))).toEqual([
    new Set(['accepted']),
    new Set(['declined']),
  ]);
  expect(answers[0].map((a) => a.sessionId).sort()).toEqual([general, safety].map((s) => s.seed.session.id).sort());
});

test('a session stays where its first event was made when its course moves to another category', async () => {
  const seed = await seedSession(stack, { events: 1, learners: 2 });
  await stack.start();
  await stack.control.run('update-session', { sessionId: seed.session.id, name: 'Published' });
  await stack.settled(seed.session.id, (s) => s.lastChangeAt !== null);
  expect(calendarOf(ORGANIZER)).toHaveLength(1);

  await stack.control.run('update-course', { courseId: seed.course.id, category: 'Safety' });
  await stack.control.run('update-session', { sessionId: seed.session.id, name: 'Moved' });
  await stack.settled(seed.session.id, (s) => s.journal.filter(({ what }) => what === 'updateContent').length > 0);

  expect([calendarOf(ORGANIZER).length, calendarOf(MILAN).length]).toEqual([1, 0]);
});
