import { RsvpRig } from './rsvp-rig';

/** What reading answers costs, in requests to Graph: it grows with what changed, not with the calendar. */
describe('the cost of a poll', () => {
  let rig: RsvpRig;
  afterEach(() => rig.close());

  /** Copies of one event under ids of their own, three to a session. */
  async function calendarOf(events: number): Promise<string[]> {
    const first = await rig.create('1');
    const model = rig.graph.simulator.state.events.get(first)!;
    const ids = [first];
    for (let n = 2; n <= events; n++) {
      const transactionId = `cvk1-acme-${1000 + Math.floor(n / 3)}-${n}-1`;
      const bodyHtml = model.bodyHtml.replace('cvk1-acme-54-1-1', transactionId);
      ids.push(rig.copy(first, { transactionId, bodyHtml }).id);
    }
    return ids;
  }

  async function answer(ids: readonly string[], response: 'accepted' | 'declined'): Promise<void> {
    await rig.advance();
    const { state } = rig.graph.simulator;
    for (const id of ids) {
      const event = state.events.get(id)!;
      Object.assign(event.attendees[0]!, { response, respondedAt: state.nowIso() });
      state.events.touch(event);
    }
  }

  it('is at most three requests for 50 changes among 10,000 events, with or without transaction ids, inbox included', async () => {
    rig = await RsvpRig.start({ inbox: { read: true } });
    const ids = await calendarOf(10_000);
    await expect(rig.poll()).resolves.toMatchObject({ changedEvents: 10_000, fullResync: true, graphCalls: 51 });

    for (const [response, deltaOmitsTransactionId] of [
      ['accepted', false],
      ['declined', true],
    ] as const) {
      await rig.knobs({ deltaOmitsTransactionId });
      await answer(ids.slice(-50), response);

      const result = await rig.poll();

      expect(result).toMatchObject({ changedEvents: 50, fullResync: false, graphCalls: 2 });
      expect(result.signalledSessions).toBe(rig.signals.stored.length);
      expect(rig.signals.stored.splice(0).flatMap(({ signal }) => signal.events)).toHaveLength(50);
    }
  });

  it.each([100, 1_000])(
    'is one request a run among %i events, and one for each 200 events of a full resync',
    async (events) => {
      rig = await RsvpRig.start();
      const ids = await calendarOf(events);

      expect((await rig.poll()).graphCalls).toBe(Math.ceil(events / 200));
      expect((await rig.poll()).graphCalls).toBe(1);
      await answer(ids.slice(-50), 'accepted');
      expect((await rig.poll()).graphCalls).toBe(1);
    },
  );
});
