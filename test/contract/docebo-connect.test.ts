import { createCalendarActivities, type CalendarActivities } from '../../src/activities/calendar';
import { DoceboConnectIndex } from '../../src/activities/calendar/docebo-connect-index';
import { createConnectActivities } from '../../src/activities/index-docebo-connect';
import { createGraphTransactionLister } from '../../src/adapters/graph/transaction-lister';
import type { FoundCalendarEvents } from '../../src/contract/activities';
import type { SessionLedger } from '../../src/domain/plan';
import type { CalendarSettings } from '../../src/domain/settings';
import { aLearner, anEvent, aPerson, digest, emptyLedger, keyOf, planOf, someFacts } from '../support/builders';
import { anInvitation, calendarSettings, updateInput } from '../support/calendar-inputs';
import { GraphRig } from './graph-rig';

const DAY = 86_400_000;
const NOW = new Date().toISOString();

/** The hour so many days from now. */
function at(days: number, hours = 0): string {
  return new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + days * DAY + hours * 3_600_000).toISOString();
}

describe('events of Docebo Connect', () => {
  let rig: GraphRig;
  let index: DoceboConnectIndex;
  beforeEach(async () => {
    rig = await GraphRig.start();
    index = new DoceboConnectIndex({
      lister: createGraphTransactionLister(rig.graph),
      clock: { now: () => new Date() },
    });
  });
  afterEach(() => rig.close());

  function activities(over: Partial<CalendarSettings> = {}, takesOver = true): CalendarActivities {
    return createCalendarActivities({
      storeOf: () => rig.store,
      settingsOf: () => ({ calendar: calendarSettings(over) }),
      keyOf,
      digest,
      clock: { now: () => new Date() },
      attempt: () => 1,
      doceboConnectOf: () => (takesOver ? index : null),
    });
  }

  /** As Docebo Connect would have made it: no key of Convoke's, a body and a place of its own wording. */
  async function made(
    transactionId: string,
    over: { readonly days?: number; readonly people?: readonly string[] } = {},
  ): Promise<string> {
    const { days = 10, people = ['user1', 'user2'] } = over;
    const { json } = await rig.graph.send({
      kind: 'other',
      method: 'POST',
      path: '/events',
      body: {
        subject: 'ILT: Example Session',
        transactionId,
        body: { contentType: 'html', content: '<p>Made by somebody else</p>' },
        start: { dateTime: at(days).slice(0, 19), timeZone: 'UTC' },
        end: { dateTime: at(days, 8).slice(0, 19), timeZone: 'UTC' },
        location: { displayName: 'HQ - Room 4' },
        attendees: people.map((name) => ({ type: 'required', emailAddress: { address: `${name}@example.com`, name } })),
      },
    });
    rig.mails();
    return (json as { id: string }).id;
  }

  function find(over: Partial<Parameters<CalendarActivities['findCalendarEvents']>[0]> = {}, from = activities()) {
    return from.findCalendarEvents({ platform: 'acme', sessionId: '54', mailbox: 'training', known: null, ...over });
  }

  function ledgerOf({ events, present }: FoundCalendarEvents): SessionLedger {
    return { ...emptyLedger, courseId: '190', mailbox: 'training', departed: present, events };
  }

  const facts = (name = 'Example Session') =>
    someFacts({
      session: { name },
      events: [anEvent({ startsAt: at(10), endsAt: at(10, 8) })],
      enrolments: [aLearner('1'), aLearner('2')],
      people: [aPerson('1'), aPerson('2')],
    });

  it('are taken over without a write and without mail', async () => {
    const graphEventId = await made('54-101');

    const found = await find();
    const plan = planOf(facts(), ledgerOf(found), { now: NOW });

    expect(found).toMatchObject({ events: { 101: { graphEventId, generation: 1 } }, surplus: [] });
    expect(plan.steps).toEqual([]);
    expect(plan.baselines).toEqual({
      101: { invitationHash: expect.any(String) as string, placeHash: expect.any(String) as string },
    });
    expect(rig.mails()).toEqual([]);
    expect(rig.graph.calls()).not.toMatchObject({ update: expect.any(Number) as number });
  });

  it('keep their text until an input changes; then one update brings text and place, with Convoke’s marker', async () => {
    const graphEventId = await made('54-101');
    const ledger = ledgerOf(await find());
    const { baselines = {} } = planOf(facts(), ledger, { now: NOW });
    const row = { ...ledger.events['101']!, ...baselines['101']! };
    const settled = { ...ledger, departed: [], events: { 101: row } };

    const [step] = planOf(facts('Other'), settled, { now: NOW }).steps;
    if (step?.kind !== 'updateContent') throw new Error(`the plan begins with ${step?.kind}`);
    const { schedule, place, invitationHash } = step;
    const input = updateInput(graphEventId, { invitation: anInvitation('New'), schedule, place, invitationHash });
    const outcome = await activities().updateCalendarEvent(input);

    expect(planOf(facts(), settled, { now: NOW }).steps).toEqual([]);
    expect(step.render).toBe(true);
    expect(outcome).toMatchObject({ did: 'updated', mails: 'all' });
    expect(rig.mails()).toEqual(['update user1', 'update user2']);
    expect(await rig.store.get(graphEventId)).toMatchObject({
      ref: { platform: 'acme', sessionId: '54', eventId: '101' },
      invitationHash,
      locationName: place.locationName,
    });
  });

  it('move by a change of the time alone, with their text as it was', async () => {
    const graphEventId = await made('54-101');

    await activities().updateCalendarEvent(
      updateInput(graphEventId, {
        schedule: { startsAt: at(11), endsAt: at(11, 8), timeZone: 'UTC' },
        place: { locationName: 'HQ - Room 4', hideAttendees: false },
      }),
    );

    expect((await rig.store.get(graphEventId))?.body).toContain('Made by somebody else');
  });

  it('are told apart by session, whatever else is in the calendar', async () => {
    const [mine, other] = [await made('54-101'), await made('54-102', { days: 700 })];
    await made('55-101');
    await made('made by hand');
    await made('cvk1-acme-54-103-1');

    const found = await find();

    expect(Object.entries(found.events).map(([id, row]) => [id, row.graphEventId])).toEqual([
      ['101', mine],
      ['102', other],
    ]);
  });

  it('cost one walk through the calendar, however many sessions ask', async () => {
    for (let session = 1; session <= 30; session++) await made(`${session}-1${session}`);
    const before = rig.graph.calls()['transactions'] ?? 0;

    await Promise.all(Array.from({ length: 10 }, (_, i) => find({ sessionId: String(i + 1) })));
    for (let session = 11; session <= 30; session++) await find({ sessionId: String(session) });

    // Three years, a page each.
    expect((rig.graph.calls()['transactions'] ?? 0) - before).toBe(3);
  });

  it('are counted before a backfill', async () => {
    await made('54-101');
    await made('54-102');
    await made('55-103');

    const counted = await createConnectActivities({
      doceboConnectIn: () => index,
      isConnectOff: () => true,
      takesOver: () => true,
    }).indexDoceboConnectEvents({
      platform: 'acme',
      mailbox: 'training',
    });

    expect(counted).toEqual({ sessions: 2, events: 3, graphCalls: 3 });
  });

  it('page by page, as many as there are', async () => {
    const numbers = Array.from({ length: 501 }, (_, i) => i + 1);
    await Promise.all(numbers.map((event) => made(`7-${event}`, { people: [] })));

    expect(await index.refresh()).toMatchObject({ events: 501, calls: 4 });
  });

  it('are no longer there once they are cancelled or deleted', async () => {
    const [cancelled, deleted] = [await made('54-101'), await made('54-102')];
    await index.refresh();
    await rig.store.cancel((await rig.store.get(cancelled))!, '');
    await rig.control('POST', `/events/${encodeURIComponent(deleted)}/delete`, { silently: true });

    expect((await find()).events).toEqual({});
  });

  it('stay where Convoke has an event of its own, and are not cancelled', async () => {
    await made('54-101');
    await activities().createCalendarEvent({
      ...updateInput('unused', { schedule: { startsAt: at(10), endsAt: at(10, 8), timeZone: 'UTC' } }),
      invitation: anInvitation(),
      attendees: [],
      webinar: false,
    });
    rig.mails();

    const found = await find();

    expect(found.events['101']?.invitationHash).toBe('hash-1');
    expect(found.surplus).toEqual([]);
  });

  it('are not looked for where the platform does not take over', async () => {
    await made('54-101');

    expect((await find({}, activities({}, false))).events).toEqual({});
    expect(rig.graph.calls()['transactions']).toBeUndefined();
  });

  it('are found again by the ledger, with or without the index', async () => {
    const graphEventId = await made('54-101');

    const found = await find({ held: { 101: graphEventId, 102: null, 103: 'AAMkNothing' } }, activities({}, false));

    expect(Object.keys(found.events)).toEqual(['101']);
  });

  it('get Convoke’s keys where stamping is on, and nobody gets mail', async () => {
    await made('54-101');

    await find({}, activities({ adoptStamp: true }));
    const found = await find({}, activities({}, false));

    expect(Object.keys(found.events)).toEqual(['101']);
    expect(planOf(facts(), ledgerOf(found), { now: NOW }).steps).toEqual([]);
    expect(rig.mails()).toEqual([]);
  });

  it('lose people without a seat and get those that they lack: only these get mail', async () => {
    await made('54-101', { people: ['user1', 'user9'] });

    const plan = planOf(facts(), ledgerOf(await find()), { now: NOW });

    expect(plan.steps).toMatchObject([{ kind: 'updateAttendees', phase: 'all', remove: [keyOf('user9@example.com')] }]);
  });

  it('are refused when there are more than an index may hold', async () => {
    await made('54-101');
    await made('54-102');
    const small = new DoceboConnectIndex({
      lister: createGraphTransactionLister(rig.graph),
      clock: { now: () => new Date() },
      maxEvents: 1,
    });

    await expect(small.eventsOf('54')).rejects.toMatchObject({ code: 'GRAPH_TOO_MANY_CONNECT_EVENTS', kind: 'input' });
  });

  it('are asked for anew after a failed walk', async () => {
    const graphEventId = await made('54-101');
    rig.fault({ match: 'calendarView', kind: 'status', status: 503 });

    await expect(find()).rejects.toMatchObject({ code: 'GRAPH_UNAVAILABLE' });
    expect((await find()).events['101']).toMatchObject({ graphEventId });
  });
});
