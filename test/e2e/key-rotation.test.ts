import type { PollRsvpsResult, SweepResult } from '../../src/contract/scheduled';
import {
  A,
  B,
  allSettled,
  answersInDocebo,
  convoke,
  everybodyIsInvitedOnce,
  failedTasks,
  firstRunSince,
  give,
  leftTo,
  open,
  pollsFromScratch,
  restart,
  seed,
  stack,
  traffic,
  WORKERS,
} from '../support/key-house';
import { answerMeeting, type Program } from '../support/stack';

/** The codec key is changed as docs/key-rotation.md says, with compiled processes that restart one after the other while webhooks come in. As it says not to: key-dropped.test.ts. */

afterEach(() => stack.close());

test('a new key comes into use and the old one goes while webhooks come in: nothing stops, is lost or mailed twice, and cursors go along', async () => {
  await open({ replicas: 'several' });
  give(A);
  const all: readonly Program[] = ['api', ...WORKERS];
  await stack.start(...all);
  const sessions = await seed(3);
  for (const { id } of sessions) await stack.control.run('update-session', { sessionId: id, name: 'Published' });
  await allSettled(sessions);
  await answerMeeting(stack, stack.calendar()[0]!.id, stack.calendar()[0]!.attendees[0]!.address, 'accepted');
  await answersInDocebo(1);
  const scratch = await pollsFromScratch();

  const stopTraffic = traffic(sessions);
  await restart(all, A, B);
  await restart(all, B, A);
  const before = await convoke('keys', 'status');
  expect(before.keys).toMatchObject([
    { id: 'b', state: 'encrypts' },
    { id: 'a', state: 'needed', runs: expect.any(Number) as number },
  ]);
  expect(before.keys[1]!.runs).toBeGreaterThan(0);

  const renewed = await convoke('keys', 'renew', '--wait', '2m');
  expect({ exit: renewed.exit, left: renewed.left }).toEqual({ exit: 0, left: [] });
  const after = await convoke('keys', 'status');
  expect(after.keys).toMatchObject([
    { id: 'b', state: 'encrypts' },
    { id: 'a', state: 'free', runs: 0, memories: 0 },
  ]);

  await restart(all, B);
  const restartedAt = new Date();
  expect(await stopTraffic()).toBeGreaterThan(10);
  await allSettled(sessions);
  everybodyIsInvitedOnce(sessions);
  const mails = stack.mailCount();

  const poll = await firstRunSince<PollRsvpsResult>('rsvp-poll/training', restartedAt);
  expect(poll.given).toMatchObject({ cursor: (await leftTo<PollRsvpsResult>(poll, 'rsvp-poll/training')).cursor });
  expect(poll.given).toMatchObject({ cursor: { deltaLink: expect.stringContaining('deltatoken') as string } });
  expect(poll.result.fullResync).toBe(false);
  expect(poll.keys).toEqual(['b']);
  const sweep = await firstRunSince<SweepResult>('sweep/academy', restartedAt);
  expect(sweep.given).toMatchObject({ memory: (await leftTo<SweepResult>(sweep, 'sweep/academy')).memory });
  expect(sweep.keys).toEqual(['b']);

  const [, second] = stack.calendar();
  await answerMeeting(stack, second!.id, second!.attendees[0]!.address, 'declined');
  await answersInDocebo(2);
  expect(await pollsFromScratch()).toBe(scratch);
  expect(stack.mailCount()).toBe(mails);
  expect((await stack.control.truth()).answers).toHaveLength(2);
  expect(await failedTasks()).toEqual([]);
  const health = await convoke('doctor');
  expect(health.findings.filter(({ verdict }) => verdict === 'red')).toEqual([]);
}, 300_000);
