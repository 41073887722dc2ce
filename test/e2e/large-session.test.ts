import { eventually, seedSession, Stack } from '../support/stack';

test('500 people and 50 events: one event each, everybody invited once, and the history stays small', async () => {
  const stack = await Stack.open({ name: 'large', platform: { addInstructors: false } });
  try {
    const seed = await seedSession(stack, { learners: 500, events: 50 });
    await stack.start();
    await stack.control.run('update-session', { sessionId: seed.session.id, description: 'x'.repeat(4_000) });
    await eventually(async () => (stack.calendar().length === 50 ? true : null), '50 events', 200_000);
    const state = await stack.settled(seed.session.id);

    expect(Object.keys(state.ledger.people)).toHaveLength(500);
    expect(stack.calendar().every((e) => e.attendees.length === 500)).toBe(true);
    expect(stack.mailCount()).toBe(25_000);
    const { historySize, historyLength } = await stack.handle(seed.session.id).describe();
    expect(historySize).toBeLessThan(4 * 1024 * 1024);
    expect(historyLength).toBeLessThan(1_000);
  } finally {
    await stack.close();
  }
});
