import type { PlatformHealthState } from '../../src/contract/messages';
import { answerMeeting, eventually, makeByHand, seedSession, Stack } from '../support/stack';

/** The scheduled half on real processes and real schedules: answers come back, lost webhooks are healed. */

let stack: Stack;
let seed: Awaited<ReturnType<typeof seedSession>>;

afterEach(() => stack.close());

const learner = (n: number) => `learner${n}@academy.example`;

describe.each(['assumed-v1', 'assumed-v2'] as const)('answers, profile %s', (profile) => {
  beforeEach(async () => {
    stack = await Stack.open({ name: 'answers', profile, writeBack: true, schedules: { rsvpPoll: '2s' } });
    seed = await seedSession(stack, { events: 1 });
    await stack.start();
    await stack.control.run('update-session', { sessionId: seed.session.id, name: 'Published' });
    await stack.settled(seed.session.id, (s) => s.lastChangeAt !== null);
  });

  test('what people answer in Outlook stands in Docebo; an instructor’s answer and silence do not', async () => {
    const event = stack.calendar()[0]!;
    await answerMeeting(stack, event.id, learner(1), 'accepted');
    await answerMeeting(stack, event.id, learner(2), 'declined');
    await answerMeeting(stack, event.id, learner(3), 'accepted', { sendResponse: false });
    await answerMeeting(stack, event.id, 'tess@academy.example', 'accepted');

    const answers = await eventually(async () => {
      const truth = await stack.control.truth();
      return truth.answers.length >= 2 ? truth.answers : null;
    }, 'answers in Docebo');

    const [first, second] = seed.learners;
    const told = answers.map((a) => ({ userId: a.userId, answer: a.answer })).sort((a, b) => a.userId - b.userId);
    expect(told).toEqual([
      { userId: first!.id, answer: 'accepted' },
      { userId: second!.id, answer: 'declined' },
    ]);
    const state = await stack.state(seed.session.id);
    expect(Object.keys(state.ledger.events[String(seed.eventIds[0])]!.answers)).toHaveLength(3);
    expect(stack.calendar()[0]!.attendees).toHaveLength(4);
  });
});

test('somebody whom Exchange knows by another address is invited once, answers, and leaves', async () => {
  const kept = 'tina.tutor@academy.example';
  const learnerKept = 'first.learner@academy.example';
  stack = await Stack.open({ name: 'aliases', writeBack: true, schedules: { rsvpPoll: '2s' } });
  stack.microsoft.state.data.knobs.aliases = { [learner(1)]: learnerKept, 'tess@academy.example': kept };
  seed = await seedSession(stack, { events: 1 });
  await stack.start();
  await stack.control.run('update-session', { sessionId: seed.session.id, name: 'Published' });
  await stack.settled(seed.session.id, (s) => s.lastChangeAt !== null);
  expect(stack.mails(0).sort()).toEqual(
    [learnerKept, kept, learner(2), learner(3)].map((a) => `invitation ${a}`).sort(),
  );

  await answerMeeting(stack, stack.calendar()[0]!.id, learnerKept, 'accepted');
  const [answer] = await eventually(async () => {
    const { answers } = await stack.control.truth();
    return answers.length > 0 ? answers : null;
  }, 'her answer in Docebo');
  expect(answer).toMatchObject({ userId: seed.learners[0]!.id, answer: 'accepted' });
  expect((await stack.state(seed.session.id)).unmatched).toEqual([]);

  const before = stack.mailCount();
  await stack.control.run('unenrol', { sessionId: seed.session.id, userIds: [seed.learners[1]!.id] });
  await stack.settled(seed.session.id, (s) => Object.keys(s.ledger.people).length === 3);
  await stack.control.run('unenrol', { sessionId: seed.session.id, userIds: [seed.learners[0]!.id] });
  const state = await stack.settled(seed.session.id, (s) => Object.keys(s.ledger.people).length === 2);

  expect(stack.mails(before)).toEqual([`cancellation ${learner(2)}`, `cancellation ${learnerKept}`]);
  expect(
    stack
      .calendar()[0]!
      .attendees.map((a) => a.address)
      .sort(),
  ).toEqual([learner(3), kept].sort());
  expect(Object.keys(state.ledger.aliases ?? {}).length).toBeGreaterThan(0);
  expect(JSON.stringify(state)).not.toMatch(/academy\.example/);
});

test('a webhook that never came is made up for by the sweep, once', async () => {
  stack = await Stack.open({ name: 'sweep', platform: { doceboConnectIsOff: true }, schedules: { sweep: '3s' } });
  seed = await seedSession(stack, { events: 1 });
  await stack.start();
  await eventually(async () => (stack.calendar().length === 1 ? true : null), 'the session that no webhook named');
  await stack.settled(seed.session.id);
  const before = stack.mailCount();

  await stack.control.run('unenrol', { sessionId: seed.session.id, userIds: [seed.learners[0]!.id] }, { silent: true });
  await stack.settled(seed.session.id, (s) => Object.keys(s.ledger.people).length === 3);

  expect(stack.mails(before)).toEqual([`cancellation ${learner(1)}`]);
  const health = await eventually(async () => {
    const handle = stack.client.workflow.getHandle('platform/academy');
    const found = await handle.query<PlatformHealthState>('health').catch(() => null);
    return found?.coverage?.seats === 2 && found.coverage.covered === 2 ? found : null;
  }, 'two learners covered');
  expect(health.coverage?.oldestGapSince).toBeNull();
});

test('a failure is mailed once, and its recovery too', async () => {
  const failureRecipients = ['training-desk@academy.example', 'partner@elsewhere.example'];
  const notifications = { failureRecipients, temporalUiUrl: 'http://127.0.0.1:8233' };
  stack = await Stack.open({ name: 'failures', notifications, schedules: { failureDigest: '2s' } });
  seed = await seedSession(stack, { events: 1 });
  const fault = stack.armMicrosoft({ match: '^POST .*/events$', kind: 'status', status: 403, times: 0 });
  await stack.start();
  const mailsTo = (address: string) =>
    stack.microsoft.state.data.outbox.filter((m) => m.kind === 'mail' && m.to === address).map((m) => m.subject);

  await stack.control.run('update-session', { sessionId: seed.session.id, name: 'Published' });
  await eventually(async () => (mailsTo(failureRecipients[0]!).length > 0 ? true : null), 'the failure mail');
  // Several digests run while it lasts.
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  expect(mailsTo(failureRecipients[0]!)).toHaveLength(1);
  expect(mailsTo(failureRecipients[1]!)).toHaveLength(1);

  stack.microsoft.faults.disarm(fault);
  await stack.settled(seed.session.id, (s) => s.lastChangeAt !== null);
  await eventually(async () => (mailsTo(failureRecipients[0]!).length === 2 ? true : null), 'the mail of its end');
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  expect(mailsTo(failureRecipients[0]!)).toHaveLength(2);
});

test('events of Docebo Connect are taken over: no mail, no second event, and changes reach them', async () => {
  stack = await Stack.open({ name: 'take-over', platform: { doceboConnectIsOff: true, addInstructors: false } });
  seed = await seedSession(stack, { events: 1 });
  const truth = await stack.control.truth();
  const event = truth.events.find((e) => e.id === seed.eventIds[0])!;
  await makeByHand(stack, {
    subject: 'First aid',
    transactionId: `${seed.session.id}-${event.id}`,
    start: { dateTime: event.startsAtUtc.replace('Z', ''), timeZone: 'UTC' },
    end: { dateTime: event.endsAtUtc.replace('Z', ''), timeZone: 'UTC' },
    attendees: seed.learners.map(({ email }) => ({ type: 'required', emailAddress: { address: email } })),
  });
  const before = stack.mailCount();
  await stack.start();

  await stack.control.run('update-session', { sessionId: seed.session.id, maxEnroll: 700 });
  await stack.settled(seed.session.id, (s) => s.adopted && Object.keys(s.ledger.events).length === 1);
  expect(stack.mails(before)).toEqual([]);
  expect(stack.calendar()).toHaveLength(1);

  await stack.control.run('unenrol', { sessionId: seed.session.id, userIds: [seed.learners[0]!.id] });
  await stack.settled(seed.session.id, (s) => Object.keys(s.ledger.people).length === 2);
  expect(stack.mails(before)).toEqual([`cancellation ${learner(1)}`]);
  expect(stack.calendar()).toHaveLength(1);
});
