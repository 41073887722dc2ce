import { COURSE, PLAN } from '../academy/courses';
import { Days } from '../academy/days';
import { instructor, someLearners } from '../academy/people';
import { room } from '../academy/places';
import { seedAcademy } from '../academy/seed';
import { seeded } from '../academy/sessions';
import { PLATFORM } from '../house/settings';
import {
  aheadOfTheApi,
  answerInOutlook,
  breakTemplate,
  eventOf,
  killMidCreate,
  refuseAccess,
  terminate,
  triggerSchedule,
} from './acts';
import type { Step } from './play-step';
import type { Traffic } from './watch';

/** A session that the day itself brings. */
const PARIS = 5501;

const learner = (n: number): number => someLearners(n, 1)[0]!;

/** A day in the academy: what administrators and learners do, and what goes wrong meanwhile. */
export function theDay(today: Date): Step[] {
  const days = new Days(today);
  let firstMessage = '';
  return [
    {
      title: 'the academy is set up: 20 sessions, 300 learners',
      limitMs: 120_000,
      act: ({ docebo }) => seedAcademy(docebo, today),
    },
    {
      title: 'a session of three days is published',
      async act({ docebo }) {
        const day = (n: number) => ({ date: days.working(n), timezone: 'Europe/Paris', timeBegin: '09:00' });
        await docebo.run('create-session', {
          id: PARIS,
          courseId: COURSE.onboarding,
          name: 'Engineers Paris',
          instructorIds: [instructor(3)],
          maxEnroll: 90,
          events: [
            { ...day(16), timeEnd: '17:00', ...room(64) },
            { ...day(17), timeEnd: '17:00', ...room(64) },
            { ...day(18), timeEnd: '12:00', webinarTool: 'teams', webinarUrl: 'https://teams.example/eng-paris' },
          ],
        });
      },
    },
    {
      title: 'a learner enrols',
      async act({ docebo }) {
        const { messageIds } = await docebo.run('enrol', { sessionId: PARIS, userIds: [learner(300)] });
        firstMessage = messageIds[0] ?? '';
      },
    },
    {
      title: 'a class of 60 is imported at once',
      async act({ docebo }) {
        await docebo.run('enrol', { sessionId: PARIS, userIds: someLearners(200, 60), status: 'active' });
      },
    },
    {
      title: 'a day moves: later, and into another room',
      async act({ docebo }) {
        const eventId = await eventOf(docebo, seeded(1));
        await docebo.run('update-event', { eventId, timeBegin: '10:00', timeEnd: '18:00', ...room(62) });
      },
    },
    {
      title: 'another instructor takes over',
      async act({ docebo }) {
        await docebo.run('update-event', { eventId: await eventOf(docebo, seeded(3)), instructorIds: [instructor(7)] });
      },
    },
    {
      title: "a course's description is rewritten",
      async act({ docebo }) {
        const description =
          '<p>Three days now: people, tools, and a first change of <b>your own</b> in production.</p>';
        await docebo.run('update-course', { courseId: COURSE.onboarding, description });
      },
    },
    {
      title: 'a learner gives the seat back',
      async act({ docebo }) {
        await docebo.run('unenrol', { sessionId: seeded(4), userIds: [learner(50)] });
      },
    },
    {
      title: 'a learner is taken off a learning plan',
      async act({ docebo }) {
        await docebo.run('unenrol-from-plan', { planId: PLAN.salesPath, userIds: [learner(200)] });
      },
    },
    {
      title: 'webhooks come twice and in the wrong order',
      async act({ docebo }) {
        await docebo.settings({ webhooks: { held: true, duplicates: 1 } });
        const sessionId = seeded(5);
        const eventId = await eventOf(docebo, sessionId);
        await docebo.run('enrol', { sessionId, userIds: [learner(290)], status: 'active' });
        await docebo.run('update-event', { eventId, timeBegin: '08:30' });
        await docebo.run('unenrol', { sessionId, userIds: [learner(70)] });
        await docebo.run('update-event', { eventId, timeBegin: '09:30', timeEnd: '17:00' });
        await docebo.release('reversed');
        await docebo.settings({ webhooks: { duplicates: 0 } });
      },
    },
    {
      title: 'a message of the morning comes once more',
      changesNothing: true,
      async act({ docebo }) {
        await docebo.redeliver(firstMessage);
      },
      inspect: forbidWrites,
    },
    { title: "a webhook is ahead of Docebo's API", act: ({ docebo }) => aheadOfTheApi(docebo) },
    {
      title: 'the worker is killed between create and answer',
      limitMs: 120_000,
      act: (house) => killMidCreate(house, days),
      // The next attempt comes when Temporal misses the heartbeat of the dead worker.
      awaits: ({ graph }) =>
        graph.some((request) => /[?&](\$|%24)filter=[^&]*ConvokeEvent/.test(request))
          ? null
          : "the next attempt's look-up of the event",
    },
    {
      title: 'a course is switched off: nothing happens yet',
      changesNothing: true,
      async act({ docebo }) {
        await docebo.run('update-course', { courseId: COURSE.safety, rsvp: false });
      },
      awaits: readsOf(seeded(7), seeded(8), seeded(9)),
      inspect: forbidWrites,
    },
    {
      title: '... until one of its sessions changes',
      async act({ docebo }) {
        await docebo.run('update-session', { sessionId: seeded(7), description: '<p>Bitte Helm mitbringen.</p>' });
      },
    },
    {
      title: 'a session is deleted',
      async act({ docebo }) {
        await docebo.run('delete-session', { sessionId: seeded(16) });
      },
    },
    {
      title: "a session's workflow is terminated, then adopted",
      changesNothing: true,
      async act(house) {
        await terminate(house, seeded(2));
        await house.docebo.run('update-session', { sessionId: seeded(2), maxEnroll: 31 });
      },
      awaits: ({ graph }) => (graph.length > 0 ? null : 'a look into the calendar for events of the earlier run'),
      inspect: forbidWrites,
    },
    {
      title: '... and it goes on from there',
      async act({ docebo }) {
        await docebo.run('enrol', { sessionId: seeded(2), userIds: [learner(120)] });
      },
    },
    { title: 'learners answer in Outlook, and Docebo knows', act: (house) => answerInOutlook(house, seeded(2)) },
    {
      title: 'a webhook is lost, and the sweep makes up for it',
      async act(house) {
        await house.docebo.run('unenrol', { sessionId: seeded(2), userIds: [learner(120)] }, { silent: true });
        await triggerSchedule(house, `sweep/${PLATFORM}`);
      },
    },
    {
      title: 'the template breaks: told once, and its end too',
      limitMs: 90_000,
      deskMails: 2,
      act: (house) => breakTemplate(house, seeded(1)),
    },
    {
      title: 'Microsoft refuses access: told once, and its end too',
      limitMs: 90_000,
      deskMails: 2,
      act: (house) => refuseAccess(house, seeded(3)),
    },
  ];
}

/** Each of the sessions has been looked at. */
function readsOf(...sessionIds: readonly number[]): NonNullable<Step['awaits']> {
  return ({ docebo }) => {
    const unread = sessionIds.filter((id) => !docebo.some((request) => request.endsWith(`/sessions/${id}`)));
    return unread.length === 0 ? null : `a look at session ${unread.join(', ')}`;
  };
}

function forbidWrites({ graph }: Traffic): string[] {
  const writes = graph.filter((request) => !request.startsWith('GET '));
  return writes.length === 0 ? [] : [`the calendar was written to: ${writes.join(', ')}`];
}
