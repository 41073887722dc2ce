import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Days } from '../academy/days';
import { COURSE } from '../academy/courses';
import { someLearners } from '../academy/people';
import { seeded } from '../academy/sessions';
import { keyOf } from '../checker/mailbox';
import type { House } from '../house/house';
import { MAILBOX, NAMESPACE, PLATFORM, TRAINING_DESK } from '../house/settings';

/** What happens in a step of the day, where that takes more than a command. */

export async function eventOf(docebo: House['docebo'], sessionId: number): Promise<number> {
  const { events } = await docebo.truth();
  const found = events.find((event) => event.sessionId === sessionId);
  if (found === undefined) throw new Error(`session ${sessionId} has no event`);
  return found.id;
}

/** The API shows the change only after the session has looked for it in vain. */
export async function aheadOfTheApi(docebo: House['docebo']): Promise<void> {
  const sessionId = seeded(6);
  await docebo.settings({ lag: { mode: 'held' } });
  await docebo.run('enrol', { sessionId, userIds: someLearners(240, 1) });
  const read = async (): Promise<number> => {
    const seen = await docebo.call<{ requests: readonly unknown[] }>('GET', `requests?match=/sessions/${sessionId}`);
    return seen.requests.length;
  };
  const giveUpAt = Date.now() + 30_000;
  while ((await read()) === 0) {
    if (Date.now() > giveUpAt) throw new Error('the session was never read');
    await sleep(50);
  }
  // The first look makes several calls in a row; the second one comes after the settle time.
  for (let before = -1, now = await read(); now !== before; now = await read()) {
    before = now;
    await sleep(700);
  }
  await docebo.settings({ lag: { mode: 'none' } });
}

/** A session that only this act brings. */
const KILLED = 5502;

/** The event stands in the calendar, and nobody knows. */
export async function killMidCreate(house: House, days: Days): Promise<void> {
  const { docebo, microsoft } = house;
  const match = '^POST /v1.0/users/.+/events$';
  const fault = await microsoft.arm({ kind: 'hold', where: 'afterCommit', match });
  await docebo.batch([
    {
      command: 'create-session',
      args: {
        id: KILLED,
        courseId: COURSE.projects,
        name: 'Project management · the unlucky one',
        events: [{ date: days.working(9), timeBegin: '09:00', timeEnd: '10:30', timezone: 'Europe/London' }],
      },
    },
    { command: 'enrol', args: { sessionId: KILLED, userIds: someLearners(30, 5) } },
  ]);
  if (!(await microsoft.held(fault, 30_000))) throw new Error('no event was created within 30 s');
  await house.killWorker();
  await microsoft.disarm(fault);
}

const ANSWERS = ['accepted', 'declined', 'tentativelyAccepted'] as const;
/** The same in the words of Docebo's side. */
const TOLD = ['accepted', 'declined', 'tentative'] as const;

/** Three learners answer the first event of a session; what Docebo is told must be just that. */
export async function answerInOutlook(house: House, sessionId: number): Promise<void> {
  const { docebo, microsoft } = house;
  const before = await docebo.truth();
  const seats = before.enrolments.filter((e) => e.sessionId === sessionId && e.status === 'active').slice(0, 3);
  const people = seats.map(({ userId }) => before.users.find((user) => user.id === userId)!);
  const eventId = before.events.find((event) => event.sessionId === sessionId)!.id;
  const invitation = (await microsoft.events(MAILBOX.address)).find(
    (event) => keyOf(event) === `${sessionId}/${eventId}`,
  )!;
  for (const [i, { email }] of people.entries()) {
    await microsoft.call('POST', `people/${email}/respond`, { event: invitation.id, response: ANSWERS[i] });
  }
  await triggerSchedule(house, 'rsvp-poll/training');

  const wanted = people.map(({ id }, i) => `user ${id}: ${TOLD[i]}`).sort();
  const giveUpAt = Date.now() + 30_000;
  for (;;) {
    const { answers } = await docebo.truth();
    const told = answers
      .filter((a) => a.sessionId === sessionId)
      .map((a) => `user ${a.userId}: ${a.answer}`)
      .sort();
    if (told.join() === wanted.join()) return;
    if (Date.now() > giveUpAt)
      throw new Error(`Docebo was told "${told.join('; ')}" instead of "${wanted.join('; ')}"`);
    await sleep(200);
  }
}

/** The calendar cannot be written to for a while. */
export async function refuseAccess(house: House, sessionId: number): Promise<void> {
  const { docebo, microsoft } = house;
  const match = '^PATCH /v1.0/users/.+/events/';
  const fault = await microsoft.arm({ kind: 'status', status: 403, times: 0, match });
  const eventId = await eventOf(docebo, sessionId);
  await docebo.run('update-event', { eventId, timeBegin: '10:30', timeEnd: '17:30' });
  await toldOnceAndItsEnd(house, () => microsoft.disarm(fault));
}

/** Somebody edits the template and forgets to close a section; then a session is described anew. */
export async function breakTemplate(house: House, sessionId: number): Promise<void> {
  house.writeTemplate((text) => `${text}{{#session_description}}\n`);
  await house.docebo.run('update-session', { sessionId, description: '<p>Bring a laptop.</p>' });
  await toldOnceAndItsEnd(house, async () => house.writeTemplate());
}

/** The training desk hears of a failure by one mail, and of its end by another. */
async function toldOnceAndItsEnd(house: House, mend: () => Promise<unknown>): Promise<void> {
  const desk = async (): Promise<number> =>
    (await house.microsoft.outbox()).filter(({ kind, to }) => kind === 'mail' && to === TRAINING_DESK).length;
  const before = await desk();
  const told = async (mails: number): Promise<boolean> => (await desk()) >= before + mails;
  await digestUntil(house, () => told(1), 'the mail that tells of it');
  // It lasts, and is not told again.
  await triggerSchedule(house, 'failure-digest');
  await sleep(2_000);
  await mend();
  await digestUntil(house, () => told(2), 'the mail that tells of its end');
}

/** The digest looks at Temporal's list, which lags a little; and a session tries again at its own pace. */
async function digestUntil(house: House, satisfied: () => Promise<boolean>, what: string): Promise<void> {
  const giveUpAt = Date.now() + 60_000;
  while (!(await satisfied())) {
    if (Date.now() > giveUpAt) throw new Error(`waited 60 s in vain for ${what}`);
    await triggerSchedule(house, 'failure-digest');
    await sleep(1_500);
  }
}

export async function terminate(house: House, sessionId: number): Promise<void> {
  const workflowId = `session/${PLATFORM}/${sessionId}`;
  await temporal(house, ['workflow', 'terminate', '--workflow-id', workflowId, '--reason', 'the scripted day']);
}

export async function triggerSchedule(house: House, scheduleId: string): Promise<void> {
  await temporal(house, ['schedule', 'trigger', '--schedule-id', scheduleId]);
}

async function temporal({ status }: House, verb: readonly string[]): Promise<void> {
  const cli = process.env.TEMPORAL_CLI_PATH ?? 'temporal';
  const server = ['--namespace', NAMESPACE, '--address', status?.temporalAddress ?? ''];
  await promisify(execFile)(cli, [...verb, ...server]);
}
