import type { AppError } from '../../src/domain/errors';
import type { CalendarEvent } from '../../src/domain/model';
import type { CalendarStore } from '../../src/domain/ports';
import { FakeCalendarStore } from '../fakes/fake-calendar-store';
import { aDraft, ref } from '../support/calendar-inputs';
import { GraphRig } from './graph-rig';

interface Subject {
  readonly store: CalendarStore;
  /** What has left since the last look, as `kind name`. */
  mails(): string[];
  respond(graphEventId: string): Promise<void>;
  deleteByHand(graphEventId: string): Promise<void>;
  close(): Promise<void>;
}

const subjects: readonly [string, () => Promise<Subject>][] = [
  ['the fake', () => Promise.resolve(aFake())],
  ['Microsoft Graph', aGraph],
];

function aFake(): Subject {
  const store = new FakeCalendarStore();
  return {
    store,
    mails: () =>
      store.mails
        .splice(0)
        .map((mail) => `${mail.kind} ${mail.to.split('@')[0]}`)
        .sort(),
    respond: async (id) => store.respond(id, 'ada@academy.example', 'accepted'),
    deleteByHand: async (id) => store.deleteByHand(id),
    close: () => Promise.resolve(),
  };
}

async function aGraph(): Promise<Subject> {
  const rig = await GraphRig.start();
  return {
    store: rig.store,
    mails: () => rig.mails(),
    respond: (id) => rig.respond(id, 'ada', 'accepted'),
    deleteByHand: (id) => rig.control('POST', `/events/${encodeURIComponent(id)}/delete`),
    close: () => rig.close(),
  };
}

describe.each(subjects)('a calendar store: %s', (_name, start) => {
  let subject: Subject;
  let store: CalendarStore;
  beforeEach(async () => {
    subject = await start();
    store = subject.store;
  });
  afterEach(() => subject.close());

  async function created(draft = aDraft()): Promise<CalendarEvent> {
    const outcome = await store.create(draft);
    if (outcome.kind !== 'created') throw new Error(outcome.kind);
    return outcome.event;
  }

  async function failure(promise: Promise<unknown>): Promise<AppError> {
    try {
      await promise;
    } catch (error) {
      return error as AppError;
    }
    throw new Error('nothing was thrown');
  }

  it('is the primary calendar of its mailbox', async () => {
    await expect(store.describeCalendar()).resolves.toMatchObject({
      name: 'Calendar',
      isDefault: true,
      talliesResponses: true,
      onlineMeetingProviders: ['teamsForBusiness'],
    });
    expect([store.mailbox, await store.organiserAddress()]).toEqual(['training', 'training@academy.example']);
  });

  it('creates an event that reads back as drafted, and invites everybody', async () => {
    const event = await created();

    expect(event).toMatchObject({
      transactionId: 'cvk1-acme-54-101-1',
      ref,
      generation: 1,
      invitationHash: 'hash-1',
      subject: 'Forklift safety',
      startsAt: '2030-05-06T07:00:00.000Z',
      endsAt: '2030-05-06T15:00:00.000Z',
      locationName: 'Room 4',
      hideAttendees: false,
      isCancelled: false,
      isOnlineMeeting: false,
      organiserAddress: 'training@academy.example',
    });
    expect(event.attendees).toMatchObject([
      { address: 'ada@academy.example', type: 'required', response: 'none', respondedAt: null },
      { address: 'ben@academy.example' },
    ]);
    await expect(store.get(event.graphEventId)).resolves.toMatchObject({
      ref,
      generation: 1,
      invitationHash: 'hash-1',
    });
    expect(subject.mails()).toEqual(['invitation ada', 'invitation ben']);
  });

  it('takes the same draft twice for one event, and another draft under its id for a duplicate', async () => {
    const event = await created();

    const again = await created();
    const other = await store.create(aDraft({ subject: 'Other' }));

    expect(again.graphEventId).toBe(event.graphEventId);
    expect(other).toEqual({ kind: 'duplicate', existingId: event.graphEventId });
    expect(subject.mails()).toEqual(['invitation ada', 'invitation ben']);
  });

  it('finds by session, by event and by time', async () => {
    const first = await created();
    const second = await created(aDraft({ ref: { ...ref, eventId: '102' }, transactionId: 'cvk1-acme-54-102-1' }));
    await created(aDraft({ ref: { ...ref, sessionId: '55' }, transactionId: 'cvk1-acme-55-101-1' }));
    const ids = async (found: Promise<readonly CalendarEvent[]>) => (await found).map((e) => e.graphEventId).sort();

    expect(await ids(store.findBySession(ref))).toEqual([first.graphEventId, second.graphEventId].sort());
    expect(await ids(store.findByEvent(ref))).toEqual([first.graphEventId]);
    expect(await ids(store.findByEvent({ ...ref, eventId: '999' }))).toEqual([]);
    await expect(
      store.listBetween({ from: '2030-05-06T00:00:00.000Z', to: '2030-05-07T00:00:00.000Z' }),
    ).resolves.toHaveLength(3);
    await expect(
      store.listBetween({ from: '2030-05-07T00:00:00.000Z', to: '2030-05-08T00:00:00.000Z' }),
    ).resolves.toHaveLength(0);
  });

  it('changes content, tells everybody, and keeps what it was not asked to change', async () => {
    const event = await created();
    subject.mails();
    await subject.respond(event.graphEventId);
    const fresh = (await store.get(event.graphEventId))!;

    const changed = await store.updateContent(fresh, {
      invitation: { subject: 'New', html: '<p>New</p>', invitationHash: 'hash-2' },
      locationName: 'Room 5',
    });

    expect(changed).toMatchObject({
      ref,
      generation: 1,
      subject: 'New',
      invitationHash: 'hash-2',
      locationName: 'Room 5',
      startsAt: '2030-05-06T07:00:00.000Z',
    });
    expect(changed.attendees[0]?.response).toBe('accepted');
    expect(changed.etag).not.toBe(fresh.etag);
    expect(subject.mails().filter((mail) => mail.startsWith('update'))).toEqual(['update ada', 'update ben']);
  });

  it('forgets the answers when the time changes, as Exchange does', async () => {
    const event = await created();
    await subject.respond(event.graphEventId);
    const fresh = (await store.get(event.graphEventId))!;
    expect(fresh.attendees[0]).toMatchObject({ response: 'accepted', respondedAt: expect.any(String) as string });

    const moved = await store.updateContent(fresh, {
      schedule: { startsAt: '2030-05-07T07:00:00.000Z', endsAt: '2030-05-07T15:00:00.000Z', timeZone: 'Europe/Rome' },
    });

    expect(moved.startsAt).toBe('2030-05-07T07:00:00.000Z');
    expect(moved.attendees[0]).toMatchObject({ response: 'none', respondedAt: null });
  });

  it('mails only those who changed when the attendees alone are replaced', async () => {
    const event = await created();
    subject.mails();
    const [ada] = event.attendees;
    const cem = {
      address: 'cem@academy.example',
      name: 'Cem',
      type: 'required',
      response: 'none',
      respondedAt: null,
    } as const;

    const changed = await store.replaceAttendees(event, [ada!, cem]);

    expect(changed.attendees.map((a) => a.address)).toEqual(['ada@academy.example', 'cem@academy.example']);
    expect(subject.mails()).toEqual(['cancellation ben', 'invitation cem']);
  });

  it('refuses to write on a stale reading', async () => {
    const event = await created();
    await subject.respond(event.graphEventId);
    subject.mails();

    for (const write of [
      () => store.updateContent(event, { locationName: 'Room 5' }),
      () => store.replaceAttendees(event, []),
      () => store.stamp(event, ref),
      () => store.cancel(event, 'Cancelled'),
    ]) {
      await expect(failure(write())).resolves.toMatchObject({ kind: 'conflict', code: 'GRAPH_CONFLICT' });
    }
    expect(subject.mails()).toEqual([]);
  });

  it('stamps an event without mail', async () => {
    const event = await created();
    subject.mails();

    const stamped = await store.stamp(event, { ...ref, eventId: '777' });

    expect(stamped.ref).toEqual({ ...ref, eventId: '777' });
    await expect(store.findByEvent({ ...ref, eventId: '777' })).resolves.toHaveLength(1);
    expect(subject.mails()).toEqual([]);
  });

  it('cancels: everybody is told, and the event is found no more', async () => {
    const event = await created();
    subject.mails();

    await store.cancel(event, 'Cancelled in Docebo.');

    expect(subject.mails()).toEqual(['cancellation ada', 'cancellation ben']);
    const after = await store.get(event.graphEventId);
    expect(after?.isCancelled ?? true).toBe(true);
    expect((await store.findBySession(ref)).filter((e) => !e.isCancelled)).toEqual([]);
  });

  it('knows no event that was never there, and cannot write one that was deleted', async () => {
    await expect(store.get('AAMkNothing')).resolves.toBeNull();
    const event = await created();
    await subject.deleteByHand(event.graphEventId);

    const error = await failure(store.updateContent(event, { locationName: 'Room 5' }));

    expect(['GRAPH_NOT_FOUND', 'GRAPH_CONFLICT']).toContain(error.code);
  });
});
