import { eventually, seedSession, Stack } from '../support/stack';

/** A worker that is told to stop while a request to Graph is under way. That it finishes in time: kills.test.ts, several-workers.test.ts. */

const LAST_RESORT_MS = 45_000;

test('a request that takes longer than the grace: the worker ends in its time all the same, and nothing is doubled', async () => {
  const stack = await Stack.open({ name: 'graceful' });
  try {
    const seed = await seedSession(stack, { events: 1 });
    await stack.start();
    const fault = stack.armMicrosoft({ match: '^POST /v1.0/users/[^/]+/events$', kind: 'hold', where: 'afterCommit' });
    await stack.control.run('update-session', { sessionId: seed.session.id, name: 'Published' });
    await stack.held('microsoft', fault);

    const from = Date.now();
    const code = await stack.stop('worker');
    const took = Date.now() - from;
    stack.microsoft.faults.disarm(fault);
    expect(code).toBe(0);
    // The grace has passed, the last resort has not been needed.
    expect(took).toBeGreaterThan(15_000);
    expect(took).toBeLessThan(LAST_RESORT_MS);

    expect(stack.log('worker')).not.toMatch(/bundle created|webpack/i);
    await stack.start('worker');
    await eventually(
      async () => ((await stack.state(seed.session.id).catch(() => null))?.lastChangeAt == null ? null : true),
      'the create',
      200_000,
    );
    await stack.settled(seed.session.id);
    expect(stack.calendar()).toHaveLength(1);
    const people = [...seed.learners.map((l) => l.email), 'tess@academy.example'];
    expect(stack.mails().sort()).toEqual(people.map((p) => `invitation ${p}`).sort());
  } finally {
    await stack.close();
  }
});
