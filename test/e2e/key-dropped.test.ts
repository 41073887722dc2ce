import type { PollRsvpsResult } from '../../src/contract/scheduled';
import {
  A,
  B,
  type Taught,
  allSettled,
  convoke,
  enrolOne,
  everybodyIsInvitedOnce,
  firstRunSince,
  give,
  lastRun,
  open,
  pollsFromScratch,
  restart,
  seed,
  stack,
} from '../support/key-house';
import { eventually } from '../support/stack';

/** The codec key is changed as docs/key-rotation.md says not to. */

afterEach(() => stack.close());

test('a key that is dropped too early is told by every means, nothing is lost meanwhile, and with the key back all goes on', async () => {
  await open({ replicas: 'one' });
  give(A);
  await stack.start();
  const sessions = await seed(2);
  const [one, other] = sessions as [Taught, Taught];
  for (const { id } of sessions) await stack.control.run('update-session', { sessionId: id, name: 'Published' });
  await allSettled(sessions);
  const { account } = (await lastRun<PollRsvpsResult>('rsvp-poll/training')).result.cursor;
  const mails = stack.mailCount();
  const scratch = await pollsFromScratch();
  async function isToldAsMissing(): Promise<void> {
    const status = await convoke('keys', 'status');
    const doctor = await convoke('doctor');
    expect(status).toMatchObject({ exit: 1, keys: [{ id: 'b' }, { id: 'a', state: 'missing' }] });
    expect(doctor.exit).toBe(1);
    const red = doctor.findings.find(({ check, subject }) => check === 'keys.codec' && subject === 'a');
    expect(red).toMatchObject({ verdict: 'red' });
    expect(red?.mend.join(' ')).toContain('Put the key "a" back behind the others');
  }

  // Without ever having had both, the worker does not even start; the api goes on storing hints.
  give(B);
  for (const program of ['api', 'worker'] as const) expect(await stack.stop(program)).toBe(0);
  await stack.start('api');
  await expect(stack.start('worker')).rejects.toThrow(/worker ended with 1:[^]*the key "a", which the key ring lacks/);
  await enrolOne(one);
  await stack.control.whenIdle();
  await isToldAsMissing();
  expect(stack.mailCount()).toBe(mails);

  await restart(['api', 'worker'], B, A);
  await allSettled(sessions);
  everybodyIsInvitedOnce(sessions);

  // Before "keys renew": schedules are under the new key already, sessions are not.
  await restart(['api', 'worker'], B);
  const logged = stack.log('worker').length;
  await enrolOne(other);
  await eventually(
    async () => (/CONFIG_CODEC_KEYS|which the key ring lacks/.test(stack.log('worker').slice(logged)) ? true : null),
    'the worker to say so',
  );
  await isToldAsMissing();
  expect(stack.mailCount()).toBe(mails + 1);

  await restart(['api', 'worker'], B, A);
  await allSettled(sessions);
  everybodyIsInvitedOnce(sessions);
  expect(stack.mailCount()).toBe(mails + 2);
  const poll = await firstRunSince<PollRsvpsResult>('rsvp-poll/training', new Date());
  expect(poll.given).toMatchObject({ cursor: { account, deltaLink: expect.stringContaining('deltatoken') as string } });
  expect(await pollsFromScratch()).toBe(scratch);

  expect((await convoke('keys', 'renew', '--wait', '2m')).left).toEqual([]);
  await restart(['api', 'worker'], B);
  await enrolOne(one);
  await allSettled(sessions);
  everybodyIsInvitedOnce(sessions);
  expect((await convoke('doctor')).findings.filter(({ verdict }) => verdict === 'red')).toEqual([]);
}, 300_000);
