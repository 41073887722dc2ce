import { createCalendarActivities, type CalendarActivities } from '../../src/activities/calendar';
import type { AppError } from '../../src/domain/errors';
import type { CalendarSettings } from '../../src/domain/settings';
import { digest, keyOf } from '../support/builders';
import {
  anInvitation,
  attendeesInput,
  calendarSettings,
  cancelInput,
  createInput,
  invitees,
  updateInput,
} from '../support/calendar-inputs';
import { GraphRig, afterNextRead } from './graph-rig';

const CREATE = '^POST /v1.0/users/.+/events$';
const PATCH = '^PATCH ';

describe('calendar activities against Microsoft Graph', () => {
  let rig: GraphRig;
  let attempt: number;
  beforeEach(() => {
    attempt = 1;
  });
  afterEach(() => rig.close());

  async function start(options?: Parameters<typeof GraphRig.start>[0]): Promise<void> {
    rig = await GraphRig.start(options);
  }

  function activities(over: Partial<CalendarSettings> = {}): CalendarActivities {
    return createCalendarActivities({
      storeOf: () => rig.store,
      settingsOf: () => ({ calendar: calendarSettings(over) }),
      keyOf,
      digest,
      clock: { now: () => new Date() },
      attempt: () => attempt,
    });
  }

  /** The id of a created event, with its invitations out of the log. */
  async function existing(over: Parameters<typeof createInput>[0] = {}): Promise<string> {
    const { graphEventId } = await activities().createCalendarEvent(createInput(over));
    rig.mails();
    return graphEventId ?? '';
  }

  async function failure(promise: Promise<unknown>): Promise<AppError> {
    try {
      await promise;
    } catch (error) {
      return error as AppError;
    }
    throw new Error('nothing was thrown');
  }

  function writes(): string[] {
    const { create = 0, update = 0, attendees = 0, cancel = 0, stamp = 0 } = rig.graph.calls();
    return Object.entries({ create, update, attendees, cancel, stamp }).flatMap(([kind, n]) =>
      n > 0 ? [`${kind} ${n}`] : [],
    );
  }

  describe('a create whose answer is lost', () => {
    const losses: [string, object][] = [
      ['a 503 after the commit', { kind: 'commitThenFail', status: 503 }],
      ['a connection reset after the commit', { kind: 'commitThenFail', reset: true }],
      [
        'a 409 ConcurrentItemSave',
        { kind: 'commitThenFail', status: 409, body: { error: { code: 'ConcurrentItemSave' } } },
      ],
    ];

    it.each(losses)('leaves exactly one event and one invitation each after %s', async (_what, fault) => {
      await start();
      rig.fault({ match: CREATE, ...fault } as never);

      const lost = await failure(activities().createCalendarEvent(createInput()));
      expect(lost).toMatchObject({ kind: 'upstream', code: 'GRAPH_UNAVAILABLE' });
      attempt = 2;
      const outcome = await activities().createCalendarEvent(createInput());

      expect(outcome).toMatchObject({ did: 'adopted', generation: 1, mails: 'nobody' });
      expect(rig.stored()).toHaveLength(1);
      expect(rig.mails()).toEqual(['invitation ada', 'invitation ben']);
      expect(writes()).toEqual(['create 1']);
    });

    it.each(losses)(
      'is saved by the look-up by extended property alone when Graph forgot the transaction id: %s',
      async (_what, fault) => {
        await start({ knobs: { transactionIdMemoryMs: 0 } });
        rig.fault({ match: CREATE, ...fault } as never);

        await failure(activities().createCalendarEvent(createInput()));
        // Moved far away meanwhile, so that no look-up by time finds it either.
        const [stored] = rig.live();
        Object.assign(stored!, { startUtc: '2031-01-01T07:00:00.000Z', endUtc: '2031-01-01T15:00:00.000Z' });
        attempt = 2;
        const outcome = await activities().createCalendarEvent(createInput());

        expect(outcome).toMatchObject({ did: 'adopted', graphEventId: stored!.id });
        expect(rig.stored()).toHaveLength(1);
        expect(rig.mails().filter((mail) => mail.startsWith('invitation'))).toEqual([
          'invitation ada',
          'invitation ben',
        ]);
      },
    );

    it('is found in the session’s next try as well, which the session announces', async () => {
      await start({ knobs: { transactionIdMemoryMs: 0 } });
      rig.fault({ match: CREATE, kind: 'commitThenFail', status: 503 });
      await failure(activities().createCalendarEvent(createInput()));

      const outcome = await activities().createCalendarEvent(createInput({ lookFirst: true }));

      expect(outcome.did).toBe('adopted');
      expect(rig.stored()).toHaveLength(1);
    });

    it('is found by its transaction id over the days when the properties were lost, and stamped on request', async () => {
      await start({ knobs: { transactionIdMemoryMs: 0 } });
      const id = await existing();
      rig.stored()[0]!.extendedProperties = [];
      attempt = 2;

      const outcome = await activities({ adoptStamp: true }).createCalendarEvent(createInput());

      expect(outcome).toMatchObject({ did: 'adopted', graphEventId: id, mails: 'nobody' });
      expect(rig.stored()[0]?.extendedProperties.map((p) => p.value)).toEqual(['acme/54', 'acme/54/101']);
      expect(rig.mails()).toEqual([]);
      expect(writes()).toEqual(['create 1', 'stamp 1']);
    });
  });

  describe('adopting', () => {
    it('mails nobody when the event matches', async () => {
      await start();
      const id = await existing();
      attempt = 2;

      const outcome = await activities().createCalendarEvent(createInput());

      expect(outcome).toEqual({
        did: 'adopted',
        graphEventId: id,
        generation: 1,
        mails: 'nobody',
        added: 0,
        removed: 0,
      });
      expect(rig.mails()).toEqual([]);
      expect(writes()).toEqual(['create 1']);
    });

    it('keeps a forwarded guest and every answer', async () => {
      await start();
      const id = await existing();
      await rig.respond(id, 'ada', 'accepted');
      await rig.forward(id, 'ada', 'guest@other.example');
      rig.mails();

      const outcome = await activities().createCalendarEvent(createInput({ attendees: invitees('ada', 'ben', 'cem') }));

      expect(outcome).toMatchObject({ did: 'adopted', graphEventId: id, mails: 'changed', added: 1, removed: 0 });
      expect(rig.live()[0]?.attendees.map((a) => `${a.address.split('@')[0]} ${a.response}`)).toEqual([
        'ada accepted',
        'ben none',
        'guest none',
        'cem none',
      ]);
      expect(rig.mails()).toEqual(['invitation cem']);
    });

    it('goes on to the next generation past an event that was cancelled by hand', async () => {
      await start();
      const id = await existing();
      await rig.control('POST', `/events/${encodeURIComponent(id)}/delete`);
      rig.mails();

      const outcome = await activities().createCalendarEvent(createInput());

      expect(outcome).toMatchObject({ did: 'created', generation: 2 });
      expect(rig.live()).toMatchObject([{ transactionId: 'cvk1-acme-54-101-2' }]);
      expect(rig.live()[0]?.bodyHtml).toContain('[cvk1-acme-54-101-2 hash-1]');
      expect(rig.mails()).toEqual(['invitation ada', 'invitation ben']);
    });

    it.each([
      ['same content, nobody on it', [], {}],
      ['other content, nobody on it', [], { invitationHash: 'hash-2', invitation: anInvitation('Other') }],
      ['same content, deleted without telling anybody', invitees('ada'), {}],
    ])(
      'sees that an event lies in Deleted Items although it is not cancelled (%s)',
      async (_what, attendees, change) => {
        await start();
        const id = await existing({ attendees });
        await rig.control('POST', `/events/${encodeURIComponent(id)}/delete`, { silently: true });
        rig.stored()[0]!.createdAt = '2026-01-01T08:00:00.000Z';

        const outcome = await activities().createCalendarEvent(createInput({ attendees, ...change }));

        expect(outcome).toMatchObject({ did: 'created', generation: 2 });
      },
    );

    it('looks into the calendar only when the answer is an older event', async () => {
      await start();
      await existing({ attendees: [] });
      expect(rig.graph.calls()).toEqual({ create: 1 });

      rig.stored()[0]!.createdAt = '2026-01-01T08:00:00.000Z';
      await expect(activities().createCalendarEvent(createInput({ attendees: [] }))).resolves.toMatchObject({
        generation: 1,
      });

      expect(rig.graph.calls()).toEqual({ create: 2, list: 1 });
    });

    it('goes on to the next generation past an event that is gone for good', async () => {
      await start();
      const id = await existing();
      await rig.control('POST', `/events/${encodeURIComponent(id)}/purge`);

      const outcome = await activities().createCalendarEvent(createInput({ invitationHash: 'hash-2' }));

      expect(outcome).toMatchObject({ did: 'created', generation: 2 });
    });
  });

  describe('writing while others write', () => {
    it('keeps a guest’s answer that came between reading and writing the attendees', async () => {
      await start();
      const id = await existing();
      await rig.forward(id, 'ada', 'guest@other.example');
      const stored = rig.live()[0]!;
      stored.attendees.pop();
      afterNextRead(rig, () =>
        rig.control('POST', '/people/guest@other.example/respond', { event: id, response: 'accepted' }),
      );

      const outcome = await activities().updateAttendees(
        attendeesInput(id, { attendees: invitees('ada', 'ben', 'cem') }),
      );

      expect(outcome).toMatchObject({ did: 'updated', added: 1, removed: 0 });
      expect(stored.attendees.map((a) => `${a.address.split('@')[0]} ${a.response}`)).toEqual([
        'ada none',
        'ben none',
        'guest accepted',
        'cem none',
      ]);
      expect(rig.graph.calls()).toMatchObject({ get: 2, attendees: 2 });
    });

    it('keeps an answer that came between reading and changing the content', async () => {
      await start();
      const id = await existing();
      afterNextRead(rig, () => rig.respond(id, 'ada', 'accepted'));
      const place = { locationName: 'Room 5', hideAttendees: false };

      await expect(activities().updateCalendarEvent(updateInput(id, { place }))).resolves.toMatchObject({
        did: 'updated',
      });

      expect(rig.live()[0]?.attendees[0]).toMatchObject({ response: 'accepted' });
      expect(rig.graph.calls()).toMatchObject({ get: 2, update: 2 });
    });

    it('gives up after three stale readings, and has mailed nobody', async () => {
      await start();
      const id = await existing();
      rig.fault({
        match: PATCH,
        kind: 'status',
        status: 412,
        times: 3,
        body: { error: { code: 'ErrorIrresolvableConflict' } },
      });

      const error = await failure(
        activities().updateAttendees(
          attendeesInput(id, { attendees: invitees('ada'), remove: [keyOf('ben@academy.example')] }),
        ),
      );

      expect(error).toMatchObject({ kind: 'conflict', code: 'GRAPH_CONFLICT' });
      expect(error.message).toMatch(
        /^GRAPH: conflict \(412 ErrorIrresolvableConflict\) at PATCH \/users\/training\/events\//,
      );
      expect(rig.mails()).toEqual([]);
    });

    it('cancels on a fresh reading', async () => {
      await start();
      const id = await existing();
      afterNextRead(rig, () => rig.respond(id, 'ada', 'accepted'));

      await expect(activities().cancelCalendarEvent(cancelInput(id))).resolves.toMatchObject({ did: 'cancelled' });
      expect(rig.mails()).toEqual(['cancellation ada', 'cancellation ben']);
    });
  });

  describe('mail', () => {
    it('of an attendees-only change goes to those who changed, and to nobody else', async () => {
      await start();
      const id = await existing();
      const input = attendeesInput(id, { attendees: invitees('ada', 'cem'), remove: [keyOf('ben@academy.example')] });

      await expect(activities().updateAttendees(input)).resolves.toMatchObject({
        mails: 'changed',
        added: 1,
        removed: 1,
      });

      expect(rig.mails()).toEqual(['cancellation ben', 'invitation cem']);
      await activities().updateAttendees(input);
      expect(rig.mails()).toEqual([]);
    });

    it('of a change of content does not reach those who were taken off before', async () => {
      await start();
      const id = await existing();
      const remove = [keyOf('ben@academy.example')];
      await activities().updateAttendees(attendeesInput(id, { phase: 'remove', attendees: invitees('ada'), remove }));
      expect(rig.mails()).toEqual(['cancellation ben']);

      await activities().updateCalendarEvent(
        updateInput(id, { place: { locationName: 'Room 5', hideAttendees: false } }),
      );

      expect(rig.mails()).toEqual(['update ada']);
    });

    it('of a repeat whose first answer was lost is not sent twice', async () => {
      await start();
      const id = await existing();
      rig.fault({ match: PATCH, kind: 'commitThenFail', status: 503 });
      const input = updateInput(id, { place: { locationName: 'Room 5', hideAttendees: false } });

      await failure(activities().updateCalendarEvent(input));
      await expect(activities().updateCalendarEvent(input)).resolves.toMatchObject({ did: 'unchanged' });

      expect(rig.mails()).toEqual(['update ada', 'update ben']);
    });

    it('of a cancellation whose first answer was lost is not sent twice', async () => {
      await start();
      const id = await existing();
      rig.fault({ match: '/cancel$', kind: 'commitThenFail', reset: true });

      await failure(activities().cancelCalendarEvent(cancelInput(id)));
      await expect(activities().cancelCalendarEvent(cancelInput(id))).resolves.toMatchObject({ did: 'gone' });

      expect(rig.mails()).toEqual(['cancellation ada', 'cancellation ben']);
    });
  });

  describe('somebody whose address is an alias in Exchange', () => {
    const knobs = { aliases: { 'ada@academy.example': 'ada.lovelace@academy.example' } };
    const aliases = { [keyOf('ada.lovelace@academy.example')]: keyOf('ada@academy.example') };

    it('is known by the kept address from the write on: not invited again, and taken off when she leaves', async () => {
      await start({ knobs });
      const created = await activities().createCalendarEvent(createInput());
      expect(created).toMatchObject({ did: 'created', aliases });
      expect(rig.mails()).toEqual(['invitation ada.lovelace', 'invitation ben']);
      const id = created.graphEventId ?? '';

      const joined = { attendees: invitees('ada', 'ben', 'cleo'), aliases };
      expect(await activities().updateAttendees(attendeesInput(id, joined))).toMatchObject({ added: 1, removed: 0 });
      expect(rig.mails()).toEqual(['invitation cleo']);

      const left = { attendees: invitees('ben', 'cleo'), remove: [keyOf('ada@academy.example')], aliases };
      expect(await activities().updateAttendees(attendeesInput(id, left))).toMatchObject({ added: 0, removed: 1 });
      expect(rig.mails()).toEqual(['cancellation ada.lovelace']);
    });

    it('is learnt when she joins later, and found again with nothing to do', async () => {
      await start({ knobs });
      const id = await existing({ attendees: invitees('ben') });

      const joined = await activities().updateAttendees(attendeesInput(id, { attendees: invitees('ben', 'ada') }));
      const found = await activities().findCalendarEvents({
        ...{ platform: 'acme', sessionId: '54', mailbox: 'training', aliases },
        known: [keyOf('ada@academy.example'), keyOf('ben@academy.example')],
      });

      expect(joined).toMatchObject({ did: 'updated', added: 1, aliases });
      expect([...found.present].sort()).toEqual([keyOf('ada@academy.example'), keyOf('ben@academy.example')].sort());
      expect(rig.mails()).toEqual(['invitation ada.lovelace']);
    });
  });

  describe('what has gone', () => {
    it.each([true, false])('is found gone by each step (Deleted Items readable: %p)', async (deletedItemsReadable) => {
      await start({ knobs: { deletedItemsReadable } });
      for (const attendees of [invitees('ada'), []]) {
        const id = await existing({ attendees, eventId: String(200 + attendees.length) });
        await rig.control('POST', `/events/${encodeURIComponent(id)}/delete`);
        const place = { locationName: 'Room 5', hideAttendees: false };

        for (const step of [
          activities().updateCalendarEvent(updateInput(id, { place })),
          activities().updateAttendees(attendeesInput(id, { attendees: invitees('ada', 'cem') })),
          activities().cancelCalendarEvent(cancelInput(id)),
        ]) {
          await expect(step).resolves.toMatchObject({ did: 'gone', graphEventId: null, mails: 'nobody' });
        }
      }
    });

    it('is not believed of an event that the calendar lists: one 404 neither invites anew nor leaves it standing', async () => {
      await start();
      const id = await existing();
      const place = { locationName: 'Room 5', hideAttendees: false };
      const steps = [
        () => activities().updateCalendarEvent(updateInput(id, { place })),
        () => activities().updateAttendees(attendeesInput(id, { attendees: invitees('ada', 'cem') })),
        () => activities().cancelCalendarEvent(cancelInput(id)),
      ];

      const body = {
        error: { code: 'ErrorItemNotFound', message: 'The specified object was not found in the store.' },
      };
      for (const step of steps) {
        rig.fault({ match: '^GET /v1.0/users/[^/]+/events/', kind: 'status', status: 404, body });
        expect(await failure(step())).toMatchObject({ kind: 'upstream', code: 'GRAPH_UNAVAILABLE' });
        expect((await step()).did).not.toBe('gone');
      }
    });

    it('is no event of the session any more', async () => {
      await start();
      const [kept, deleted] = [await existing(), await existing({ eventId: '102' })];
      await rig.control('POST', `/events/${encodeURIComponent(deleted)}/delete`);

      const found = await activities().findCalendarEvents({
        platform: 'acme',
        sessionId: '54',
        mailbox: 'training',
        known: null,
      });

      expect(Object.entries(found.events)).toMatchObject([
        ['101', { graphEventId: kept, generation: 1, invitationHash: 'hash-1' }],
      ]);
      expect(found.present).toEqual([keyOf('ada@academy.example'), keyOf('ben@academy.example')]);
    });
  });

  it('moves a session although its text must not be touched, and then says why it did not change the text', async () => {
    await start();
    const id = await existing({ webinar: true });
    const [stored] = rig.live();
    stored!.bodyHtml = stored!.bodyHtml.replace(
      /<div id="x_convoke-invitation">.*<\/div><\/div>/s,
      '<p>Typed over</p>',
    );
    const schedule = { ...updateInput(id).schedule, startsAt: '2030-05-06T08:00:00.000Z' };
    const input = updateInput(id, { schedule, invitation: anInvitation('New'), invitationHash: 'hash-2' });

    await expect(failure(activities().updateCalendarEvent(input))).resolves.toMatchObject({
      code: 'GRAPH_BODY_MARKER',
    });
    await failure(activities().updateCalendarEvent(input));

    expect(rig.live()[0]).toMatchObject({ startUtc: '2030-05-06T08:00:00.000Z', isOnlineMeeting: true });
    expect(rig.mails()).toEqual(['update ada', 'update ben']);
  });

  it('takes 500 attendees', async () => {
    await start();
    const attendees = invitees(...Array.from({ length: 500 }, (_, n) => `user${n}`));

    await expect(activities().createCalendarEvent(createInput({ attendees }))).resolves.toMatchObject({ added: 500 });
  });
});
