import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { eventually, seedSession, Stack } from '../support/stack';

test('the compiled command finds a session, tells its story, holds and releases it, replays it, and says when no worker runs', async () => {
  const stack = await Stack.open({ name: 'cli' });
  try {
    const seed = await seedSession(stack);
    const id = String(seed.session.id);
    await stack.start();
    const [learner, leaver] = seed.learners;
    await stack.control.run('update-session', { sessionId: seed.session.id, name: 'Autumn' });
    await stack.settled(id, (s) => s.lastChangeAt !== null);
    await stack.control.run('unenrol', { sessionId: seed.session.id, userIds: [leaver!.id] });
    await stack.settled(id, (s) => s.counts.learners === 2);

    const sessions = await eventually(async () => {
      const answer = await stack.convoke('sessions');
      return answer.out.includes('in_sync') ? answer : null;
    }, 'the list to show the session');
    expect(sessions).toMatchObject({ exit: 0, err: '' });
    expect(sessions.out).toContain(`academy/${id}`);

    const why = await stack.convoke('why', id, '--learner', String(leaver!.id));
    expect(why).toMatchObject({ exit: 0, err: '' });
    expect(why.out).toContain(`user ${leaver!.id} has no seat`);
    expect(why.out).toMatch(new RegExp(`facts .*left ${leaver!.id}`));
    expect(why.out).toMatch(/createCalendarEvent took \d+\.\d s, 1 attempt/);
    expect(why.out).toContain('a cancellation to the one removed');
    expect(why.out).not.toMatch(/@academy\.example|Learner/);

    const [live] = stack.calendar();
    const events = await stack.convoke('events', live!.transactionId!, '--json');
    expect(JSON.parse(events.out)).toMatchObject({ v: 1, events: [{ transactionId: live!.transactionId }] });

    const reason = 'an import';
    expect(await stack.convoke('hold', id, '--reason', reason, '--as', 'ada')).toMatchObject({ exit: 0 });
    await stack.control.run('unenrol', { sessionId: seed.session.id, userIds: [learner!.id] });
    await stack.control.whenIdle();
    const mails = stack.mailCount();
    expect((await stack.convoke('session', id)).out).toContain('by ada: an import');
    expect(await stack.convoke('release', id)).toMatchObject({ exit: 0 });
    await stack.settled(id, (s) => s.counts.learners === 1);
    expect(stack.mailCount()).toBeGreaterThan(mails);

    const replayed = await stack.convoke('replay', id, '--all', '--json');
    expect(replayed.exit).toBe(0);
    expect(JSON.parse(replayed.out)).toMatchObject({ fits: true, runs: [{ misfit: null }] });

    expect(await stack.convoke('session', '999999')).toMatchObject({ exit: 4 });
    expect(await stack.convoke('coverage')).toMatchObject({ exit: 1 });
    expect(await stack.convoke('sesion')).toMatchObject({ exit: 2 });

    await stack.stop('worker');
    const silent = await stack.convoke('session', id);
    expect(silent.exit).toBe(3);
    expect(silent.err).toMatch(/^TEMPORAL_NO_(WORKER|ANSWER): /m);
    expect(silent.err).not.toMatch(/^\s+at /m);
    expect(await stack.convoke('terminate', id, '--reason', 'a test')).toMatchObject({ exit: 2 });
    expect(await stack.convoke('terminate', id, '--reason', 'a test', '--yes')).toMatchObject({ exit: 0 });
    expect((await stack.handle(id).describe()).status.name).toBe('TERMINATED');
  } finally {
    await stack.close();
  }
});

test('a history of another code is refused with the event and what to do', async () => {
  const stack = await Stack.open({ name: 'cli-misfit' });
  try {
    const seed = await seedSession(stack, { learners: 1 });
    await stack.start();
    await stack.control.run('update-session', { sessionId: seed.session.id, name: 'Autumn' });
    await stack.settled(seed.session.id, (s) => s.lastChangeAt !== null);
    const history = await stack.handle(seed.session.id).fetchHistory();
    const file = join(tmpdir(), `convoke-misfit-${process.pid}.json`);
    writeFileSync(file, JSON.stringify(withAnotherActivity(history.events)));

    const { exit, out } = await stack.convoke('replay', file);

    expect(exit).toBe(1);
    expect(out).toContain('does not fit');
    expect(out).toContain('patched(');
  } finally {
    await stack.close();
  }
});

type Events = Awaited<ReturnType<ReturnType<Stack['handle']>['fetchHistory']>>['events'];

/** As if an earlier version had begun with another activity. */
function withAnotherActivity(events: Events): unknown {
  return JSON.parse(historyToJSON({ events }).replaceAll(/"name":\s*"planSession"/g, '"name":"readSession"'));
}
