import { parseDoceboConnectTransactionId } from '../../src/contract/calendar-keys';
import { markAwaiting } from '../../src/domain/rsvp/await-answers';
import { keyOf } from '../support/builders';
import { DAY_MS, RsvpRig } from './rsvp-rig';

const X500 = '/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=ada';

describe('reading answers from the calendar', () => {
  let rig: RsvpRig;
  afterEach(() => rig.close());

  /** A poll has listed what is there: from now on only changes count. */
  async function start(options?: Parameters<typeof RsvpRig.start>[0]): Promise<string> {
    rig = await RsvpRig.start(options);
    const event = await rig.create();
    await rig.poll();
    expect(rig.signals.stored).toEqual([]);
    return event;
  }

  describe('an answer', () => {
    it.each([
      ['accepted', 'accepted'],
      ['tentativelyAccepted', 'tentative'],
      ['declined', 'declined'],
    ])('%s reaches its session as %s, by one request', async (given, read) => {
      const event = await start();
      await rig.respond(event, 'ada', given);

      const result = await rig.poll();

      expect(rig.signals.stored).toMatchObject([
        { platform: 'acme', sessionId: '54', signal: { events: [{ eventId: '101', graphEventId: event }] } },
      ]);
      expect(rig.answers()).toEqual([`ada ${read}`]);
      expect(result).toMatchObject({ changedEvents: 1, signalledSessions: 1, graphCalls: 1, fullResync: false });
    });

    it('that was given again replaces the one before', async () => {
      const event = await start();
      await rig.respond(event, 'ada', 'accepted');
      await rig.poll();
      const before = rig.applied().answers;
      await rig.respond(event, 'ada', 'declined');
      await rig.poll();

      expect(rig.applied(before).answers).toMatchObject({ ada: ['declined', expect.any(String), null, null] });
    });

    it('that was not sent stays unknown: nothing changes, nobody is told', async () => {
      const event = await start();
      await rig.respond(event, 'ada', 'declined', { sendResponse: false });

      await expect(rig.poll()).resolves.toMatchObject({ changedEvents: 0, signalledSessions: 0, graphCalls: 1 });
    });

    it('to an earlier version of the meeting does not count', async () => {
      const event = await start();
      await rig.respond(event, 'ada', 'accepted', { outdated: true });

      await expect(rig.poll()).resolves.toMatchObject({ signalledSessions: 0 });
    });

    it.each([
      ['an alias', 'ada.lovelace@academy.example'],
      ['an X.500 name', X500],
    ])('from %s is told apart by the name of the one who had not answered', async (_what, answerAs) => {
      const event = await start();
      await rig.respond(event, 'ada', 'accepted', { answerAs });
      await rig.poll();
      const first = rig.applied();
      await rig.respond(event, 'ada', 'declined', { answerAs });
      await rig.poll();

      expect(first).toMatchObject({ answers: { ada: ['accepted', expect.any(String), null, null] }, unmatched: [] });
      const second = rig.applied(first.answers);
      expect(second).toMatchObject({ answers: { ada: ['declined', expect.any(String), null, null] }, unmatched: [] });
    });

    it('from somebody who got the invitation forwarded is nobody’s', async () => {
      const event = await start();
      await rig.graph.forward(event, 'ada', 'eve@elsewhere.example');
      await rig.respond(event, 'eve@elsewhere.example', 'accepted');
      await rig.poll();

      const { answers, unmatched } = rig.applied();

      expect(answers).toEqual({});
      expect(unmatched).toMatchObject([{ addressKey: keyOf('eve@elsewhere.example'), response: 'accepted' }]);
    });

    it('waits to be confirmed after a reschedule, and is no decline; a new one confirms', async () => {
      const event = await start();
      await rig.respond(event, 'ada', 'accepted');
      await rig.poll();
      const { answers } = rig.applied();
      await rig.advance();
      const rescheduledAt = rig.now();
      const start1 = new Date(Date.parse(rescheduledAt) + 40 * DAY_MS).toISOString();
      const end1 = new Date(Date.parse(start1) + 3_600_000).toISOString();
      const moved = { startsAt: start1, endsAt: end1, timeZone: 'Europe/Rome' };
      await rig.graph.store.updateContent((await rig.graph.store.get(event))!, { schedule: moved });

      await expect(rig.poll()).resolves.toMatchObject({ changedEvents: 1, signalledSessions: 0 });
      const waiting = markAwaiting(answers, rescheduledAt);
      expect(waiting).toMatchObject({ ada: ['accepted', expect.any(String), expect.any(String), null] });

      await rig.respond(event, 'ada', 'accepted');
      await rig.poll();
      expect(rig.applied(waiting).answers).toMatchObject({ ada: ['accepted', expect.any(String), null, null] });
    });
  });

  describe('pages', () => {
    it('may be empty, short, and say things twice', async () => {
      await start({ knobs: { deltaEmptyPages: 2, deltaRepeatsItems: true }, source: { eventsAPage: 2 } });
      const events = [await rig.create('102'), await rig.create('103'), await rig.create('104')];
      for (const event of events) await rig.respond(event, 'ada', 'accepted');

      const result = await rig.poll();

      expect(result).toMatchObject({ changedEvents: 3, signalledSessions: 1, graphCalls: 4 });
      expect(rig.signals.told()).toEqual(['54: 102 accepted, 103 accepted, 104 accepted']);
    });

    it('are asked for one at a time', async () => {
      await start({ source: { eventsAPage: 1 } });
      for (const id of ['102', '103']) await rig.respond(await rig.create(id), 'ada', 'accepted');

      await rig.poll();

      const seen = await rig.graph.simulator.app.inject('/__control/requests?match=delta');
      expect(seen.json()).toMatchObject({ maxInFlight: 1, requests: { length: 3 } });
    });

    it('that fail leave the cursor where it was: the next run tells everything', async () => {
      await start({ source: { eventsAPage: 1 } });
      for (const id of ['102', '103']) await rig.respond(await rig.create(id), 'ada', 'accepted');
      rig.graph.fault({ match: 'skiptoken', kind: 'status', status: 500 });
      const before = rig.cursor;

      await expect(rig.poll()).rejects.toMatchObject({ code: 'GRAPH_UNAVAILABLE' });
      expect(rig.cursor).toEqual(before);
      await rig.poll();

      expect(rig.signals.told()).toEqual(['54: 102 accepted, 103 accepted']);
    });

    it('at another address are refused', async () => {
      rig = await RsvpRig.start({ knobs: { linkOrigin: 'https://graph.microsoft.com' } });

      await expect(rig.poll()).rejects.toMatchObject({ code: 'GRAPH_CONTRACT' });
    });

    it('lead on by path and query alone, also where only the token names the mailbox', async () => {
      const event = await start({ me: true });
      await rig.respond(event, 'ada', 'accepted');
      expect(rig.cursor?.deltaLink).toMatch(/^\/me\/calendarView\/delta\?/);

      await rig.poll();

      expect(rig.answers()).toEqual(['ada accepted']);
    });
  });

  describe('a forgotten link', () => {
    it.each<[string, () => Promise<void>]>([
      [
        '410 syncStateNotFound',
        () => rig.graph.control('POST', '/delta/expire', { mailbox: 'training@academy.example' }),
      ],
      [
        '400 SyncStateInvalid',
        async () => {
          rig.cursor = { ...rig.cursor!, deltaLink: rig.cursor!.deltaLink!.replace(/deltatoken=.{6}/, 'deltatoken=') };
        },
      ],
      [
        '404 ResyncRequired',
        async () => {
          const body = { error: { code: 'ResyncRequired', message: 'Resync' } };
          rig.graph.fault({ match: 'deltatoken', kind: 'status', status: 404, body });
        },
      ],
    ])('%s leads to a full resync that loses nothing', async (_how, forget) => {
      const event = await start();
      await rig.respond(event, 'ada', 'accepted');
      await forget();

      const result = await rig.poll();

      expect(result).toMatchObject({ fullResync: true, graphCalls: 2 });
      expect(rig.answers()).toEqual(['ada accepted']);
      await expect(rig.poll()).resolves.toMatchObject({ fullResync: false, changedEvents: 0 });
    });

    it('tells old answers, too, and only sessions that have some', async () => {
      const event = await start();
      await rig.create('102');
      await rig.respond(event, 'ada', 'accepted');
      await rig.poll();
      await rig.advance(20 * DAY_MS);
      rig.signals.stored.length = 0;
      await rig.graph.control('POST', '/delta/expire', { mailbox: 'training@academy.example' });

      await rig.poll();

      expect(rig.signals.told()).toEqual(['54: 101 accepted']);
    });
  });

  describe('the window', () => {
    it('rolls before new events lie beyond its end', async () => {
      await start({ settings: { windowDays: 60, rollBelowDays: 50 } });
      const far = await rig.create('109', 65);
      await rig.respond(far, 'ada', 'accepted');
      await rig.advance(9 * DAY_MS);
      const before = await rig.poll();
      rig.signals.stored.length = 0;
      await rig.advance(2 * DAY_MS);

      const after = await rig.poll();

      expect([before.fullResync, after.fullResync]).toEqual([false, true]);
      const end = new Date(Date.parse(rig.now()) + 60 * DAY_MS).toISOString();
      expect(after.cursor.windowEndsAt?.slice(0, 10)).toBe(end.slice(0, 10));
      expect(rig.signals.told()).toEqual(['54: 109 accepted']);
    });

    it('does not hide answers to events beyond it: they are named as removed, and looked after', async () => {
      await start({ settings: { windowDays: 60, rollBelowDays: 30 } });
      const far = await rig.create('109', 65);
      await rig.poll();
      await rig.respond(far, 'ada', 'accepted');

      const result = await rig.poll();

      expect(result).toMatchObject({ removedEvents: 0, fullResync: false, graphCalls: 3 });
      expect(rig.signals.told()).toEqual(['54: 109 accepted']);
    });
  });

  describe('an event that left the calendar', () => {
    it.each<[string, (event: string) => Promise<void>, number]>([
      ['deleted by hand', (event) => rig.on(event, 'delete'), 2],
      ['deleted by hand without a word', (event) => rig.on(event, 'delete', { silently: true }), 3],
      ['moved to another calendar', (event) => rig.on(event, 'move', { to: 'Second' }), 3],
    ])('%s is told to its session', async (_how, leave, graphCalls) => {
      const event = await start();
      await leave(event);

      await expect(rig.poll()).resolves.toMatchObject({ removedEvents: 1, graphCalls });
      expect(rig.signals.told()).toEqual([`54: removed ${event}`]);
    });

    it('for good names no session, and stops nothing', async () => {
      const event = await start();
      const other = await rig.create('102');
      await rig.on(event, 'purge');
      await rig.respond(other, 'ada', 'accepted');

      await expect(rig.poll()).resolves.toMatchObject({ removedEvents: 0, signalledSessions: 1 });
    });
  });

  describe('whose event it is', () => {
    it('is told by the body’s marker when transaction ids are left out, without a further request', async () => {
      const event = await start({ knobs: { deltaOmitsTransactionId: true } });
      await rig.respond(event, 'ada', 'accepted');

      await expect(rig.poll()).resolves.toMatchObject({ signalledSessions: 1, graphCalls: 1 });
    });

    it('is asked for, once for each event with answers, when the body was typed over as well', async () => {
      const event = await start({ knobs: { deltaOmitsTransactionId: true } });
      const silent = await rig.create('102');
      for (const id of [event, silent]) {
        await rig.on(id, 'edit', { body: { contentType: 'html', content: '<p>Typed over</p>' } });
      }
      await rig.respond(event, 'ada', 'accepted');

      await expect(rig.poll()).resolves.toMatchObject({ changedEvents: 2, signalledSessions: 1, graphCalls: 2 });
      expect(rig.signals.told()).toEqual(['54: 101 accepted']);
    });

    it('is told by the transaction id rather than by a marker that was copied', async () => {
      const event = await start();
      const [stored] = rig.graph.live();
      await rig.create('102');
      const copy = rig.graph.live().find((e) => e.transactionId === 'cvk1-acme-54-102-1')!;
      copy.bodyHtml = stored!.bodyHtml;
      await rig.respond(copy.id, 'ada', 'accepted');

      await rig.poll();

      expect(rig.signals.told()).toEqual(['54: 102 accepted']);
      expect(copy.id).not.toBe(event);
    });

    it('is told of events that were adopted from Docebo Connect', async () => {
      await start({
        source: {
          parseAdoptedTransactionId: (text) => {
            const ids = parseDoceboConnectTransactionId(text);
            return ids === null ? null : { platform: 'acme', ...ids };
          },
        },
      });
      const event = await rig.create('102');
      const stored = rig.graph.live().find((e) => e.id === event)!;
      Object.assign(stored, { transactionId: '54-102', extendedProperties: [], bodyHtml: '<p>By Docebo</p>' });
      await rig.respond(event, 'ada', 'accepted');

      await expect(rig.poll()).resolves.toMatchObject({ graphCalls: 1 });
      expect(rig.signals.told()).toEqual(['54: 102 accepted']);
    });

    it('does not matter of meetings that others organise', async () => {
      const event = await start();
      const others = rig.copy(event, { isOrganizer: false, transactionId: null, bodyHtml: '' });
      Object.assign(others.attendees[0]!, { response: 'accepted', respondedAt: rig.now() });

      await expect(rig.poll()).resolves.toMatchObject({ changedEvents: 0, graphCalls: 1 });
    });

    it('does not matter of meetings made by hand', async () => {
      await start();
      await rig.graph.control('POST', '/mailboxes/training@academy.example/events', {
        subject: 'Lunch',
        start: { dateTime: rig.now().slice(0, 19), timeZone: 'UTC' },
        end: { dateTime: new Date(Date.parse(rig.now()) + 3_600_000).toISOString().slice(0, 19), timeZone: 'UTC' },
        attendees: [{ type: 'required', emailAddress: { address: 'ada@academy.example', name: 'Ada' } }],
      });
      const lunch = rig.graph.live().find((e) => e.subject === 'Lunch')!;
      await rig.respond(lunch.id, 'ada', 'accepted');

      await expect(rig.poll()).resolves.toMatchObject({ changedEvents: 1, signalledSessions: 0, graphCalls: 2 });
    });
  });
});
