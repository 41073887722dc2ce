import { createCalendarActivities, type CalendarActivities } from '../../../src/activities/calendar';
import { ConflictError, UpstreamError, type AppError } from '../../../src/domain/errors';
import { peopleHash, placeHash } from '../../../src/domain/ledger-hashes';
import type { CalendarSettings } from '../../../src/domain/settings';
import { FakeCalendarStore } from '../../fakes/fake-calendar-store';
import { digest, keyOf } from '../../support/builders';
import {
  anInvitation,
  attendeesInput,
  calendarSettings,
  cancelInput,
  createInput,
  invitees,
  updateInput,
} from '../../support/calendar-inputs';

let store: FakeCalendarStore;
let attempt: number;
beforeEach(() => {
  store = new FakeCalendarStore();
  attempt = 1;
});

function activities(over: Partial<CalendarSettings> = {}): CalendarActivities {
  return createCalendarActivities({
    storeOf: () => store,
    settingsOf: () => ({ calendar: calendarSettings(over) }),
    keyOf,
    digest,
    clock: { now: () => new Date() },
    attempt: () => attempt,
  });
}

/** The id of an event that exists, with its creation out of the logs. */
async function existing(over: Parameters<typeof createInput>[0] = {}): Promise<string> {
  const { graphEventId } = await activities().createCalendarEvent(createInput(over));
  store.mails.length = 0;
  store.calls.length = 0;
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

function mails(): string[] {
  return store.mails.map((mail) => `${mail.kind} ${mail.to.split('@')[0]}`).sort();
}

describe('creating an event', () => {
  it('takes one request and invites each person once', async () => {
    const outcome = await activities().createCalendarEvent(createInput());

    expect(outcome).toMatchObject({ did: 'created', generation: 1, mails: 'all', added: 2 });
    expect(store.calls).toEqual(['create']);
    expect(mails()).toEqual(['invitation ada', 'invitation ben']);
  });

  it('asks for a Teams meeting for a webinar, where the setting says so', async () => {
    await activities().createCalendarEvent(createInput({ webinar: true }));
    await activities({ teamsMeeting: 'never' }).createCalendarEvent(createInput({ webinar: true, eventId: '102' }));

    expect(store.events().map((event) => event.isOnlineMeeting)).toEqual([true, false]);
  });

  it('does not invite the organiser', async () => {
    const [organiser] = invitees('x');
    const attendees = [...invitees('ada'), { ...organiser!, address: 'Training@Academy.example' }];

    await activities().createCalendarEvent(createInput({ attendees }));

    expect(mails()).toEqual(['invitation ada']);
  });

  it.each([
    ['its own retry', 2, undefined],
    ['the session’s next try', 1, true],
  ])('looks first on %s, and adopts what an earlier attempt left', async (_what, number, lookFirst) => {
    store.afterCommit = () => {
      throw new UpstreamError('the answer was lost', { code: 'GRAPH_UNAVAILABLE' });
    };
    await failure(activities().createCalendarEvent(createInput()));
    store.afterCommit = () => undefined;
    attempt = number;

    const outcome = await activities().createCalendarEvent(createInput({ lookFirst }));

    expect(outcome).toMatchObject({ did: 'adopted', mails: 'nobody', generation: 1, added: 0, removed: 0 });
    expect(store.calls.filter((call) => call === 'create')).toHaveLength(1);
    expect(mails()).toEqual(['invitation ada', 'invitation ben']);
  });

  it('finds an event without our properties by its transaction id, and stamps it where the setting says so', async () => {
    const id = await existing();
    attempt = 2;

    store.unstamp(id);
    await expect(activities().createCalendarEvent(createInput())).resolves.toMatchObject({
      did: 'adopted',
      graphEventId: id,
    });
    expect(store.calls).not.toContain('stamp');

    await activities({ adoptStamp: true }).createCalendarEvent(createInput());
    expect(store.calls).toContain('stamp');
    await expect(store.findByEvent({ platform: 'acme', sessionId: '54', eventId: '101' })).resolves.toHaveLength(1);
    expect(mails()).toEqual([]);
  });

  it('brings an adopted event to the wish: content by one write, people by another', async () => {
    const id = await existing();

    const outcome = await activities().createCalendarEvent(
      createInput({
        invitation: anInvitation('New text'),
        invitationHash: 'hash-2',
        attendees: invitees('ada', 'ben', 'cem'),
      }),
    );

    expect(outcome).toMatchObject({ did: 'adopted', graphEventId: id, mails: 'all', added: 1 });
    expect(store.calls.filter((call) => /update|replace/.test(call))).toEqual(['updateContent', 'replaceAttendees']);
    expect(mails()).toEqual(['invitation cem', 'update ada', 'update ben']);
  });

  it('changes what a repeated POST names when it is no longer as drafted', async () => {
    const id = await existing();
    const [event] = store.events();
    await store.updateContent(event!, { hideAttendees: true });

    const outcome = await activities().createCalendarEvent(createInput());

    expect(outcome).toMatchObject({ did: 'adopted', graphEventId: id, mails: 'all' });
    expect(store.events()[0]?.hideAttendees).toBe(false);
  });

  it('raises the generation past cancelled events, whether the content is the same or not', async () => {
    store.deleteByHand(await existing());
    const again = await activities().createCalendarEvent(createInput());
    expect(again).toMatchObject({ did: 'created', generation: 2 });
    store.deleteByHand(again.graphEventId ?? '');

    const third = await activities().createCalendarEvent(createInput({ invitationHash: 'other' }));

    expect(third).toMatchObject({ did: 'created', generation: 3 });
    expect(store.events()).toHaveLength(1);
  });

  it('gives up for now after five cancelled generations, and says from where to count on', async () => {
    for (let n = 1; n <= 5; n++) {
      const { graphEventId } = await activities().createCalendarEvent(createInput({ generation: n }));
      store.deleteByHand(graphEventId ?? '');
    }

    await expect(activities().createCalendarEvent(createInput())).resolves.toMatchObject({
      did: 'gone',
      graphEventId: null,
      generation: 5,
    });
    expect(store.events()).toHaveLength(0);
  });

  it('refuses more than 500 attendees before anything is sent', async () => {
    const attendees = invitees(...Array.from({ length: 501 }, (_, n) => `user${n}`));

    const error = await failure(activities().createCalendarEvent(createInput({ attendees })));

    expect(error).toMatchObject({ kind: 'input', code: 'GRAPH_TOO_MANY_ATTENDEES' });
    expect(error.message).toBe(
      'Event 101 would have 501 attendees, forwarded ones included; Graph allows 500. Split the session in Docebo.',
    );
    expect(store.calls).toEqual([]);
  });
});

describe('updating an event', () => {
  it('writes nothing when nothing differs', async () => {
    const id = await existing();

    const outcome = await activities().updateCalendarEvent(updateInput(id, { invitation: anInvitation() }));

    expect(outcome).toMatchObject({ did: 'unchanged', mails: 'nobody', graphEventId: id });
    expect(store.calls).toEqual(['get']);
  });

  it('writes all that differs at once', async () => {
    const id = await existing();
    const schedule = { ...updateInput(id).schedule, startsAt: '2030-05-06T08:00:00.000Z' };
    const place = { locationName: 'Room 5', hideAttendees: true };

    const outcome = await activities().updateCalendarEvent(updateInput(id, { schedule, place }));

    expect(outcome).toMatchObject({ did: 'updated', mails: 'all' });
    expect(store.calls).toEqual(['get', 'updateContent']);
    expect(store.events()[0]).toMatchObject({ startsAt: schedule.startsAt, ...place });
  });

  it('leaves the text alone when none is given, whatever its hash', async () => {
    const id = await existing();

    await expect(activities().updateCalendarEvent(updateInput(id, { invitationHash: 'other' }))).resolves.toMatchObject(
      {
        did: 'unchanged',
      },
    );
  });

  it('finds the event gone when it was deleted by hand', async () => {
    const id = await existing();
    store.deleteByHand(id);

    await expect(activities().updateCalendarEvent(updateInput(id))).resolves.toMatchObject({
      did: 'gone',
      graphEventId: null,
      generation: 1,
    });
    store.purge(id);
    await expect(activities().updateCalendarEvent(updateInput(id))).resolves.toMatchObject({ did: 'gone' });
  });

  it('reads anew, up to three times, when somebody wrote in between', async () => {
    const id = await existing();
    const update = store.updateContent.bind(store);
    let answers = 2;
    store.updateContent = (event, changes) => {
      if (answers-- > 0) store.respond(id, 'ada@academy.example', 'accepted');
      return update(event, changes);
    };
    const place = { locationName: 'Room 5', hideAttendees: false };

    await expect(activities().updateCalendarEvent(updateInput(id, { place }))).resolves.toMatchObject({
      did: 'updated',
    });
    expect(store.events()[0]?.attendees[0]?.response).toBe('accepted');

    answers = 3;
    const error = await failure(activities().updateCalendarEvent(updateInput(id)));
    expect(error).toBeInstanceOf(ConflictError);
  });

  it('writes the times again in UTC when the calendar reads the zone otherwise', async () => {
    const id = await existing();
    const update = store.updateContent.bind(store);
    store.updateContent = (event, changes) => {
      const { schedule } = changes;
      const misread = schedule?.timeZone === 'Europe/Rome' && { ...schedule, startsAt: '2030-05-06T09:00:00.000Z' };
      return update(event, misread ? { ...changes, schedule: misread } : changes);
    };
    const schedule = { ...updateInput(id).schedule, startsAt: '2030-05-06T08:00:00.000Z' };

    await activities().updateCalendarEvent(updateInput(id, { schedule }));

    expect(store.events()[0]?.startsAt).toBe('2030-05-06T08:00:00.000Z');
  });
});

describe('updating the attendees', () => {
  it('writes the list alone, and mails only those added or taken off', async () => {
    const id = await existing();
    const input = attendeesInput(id, { attendees: invitees('ada', 'cem'), remove: [keyOf('ben@academy.example')] });

    const outcome = await activities().updateAttendees(input);

    expect(outcome).toMatchObject({ did: 'updated', mails: 'changed', added: 1, removed: 1 });
    expect(store.calls).toEqual(['get', 'replaceAttendees']);
    expect(mails()).toEqual(['cancellation ben', 'invitation cem']);
  });

  it('writes nothing when nothing differs', async () => {
    const id = await existing();
    store.forward(id, 'guest@other.example');

    await expect(activities().updateAttendees(attendeesInput(id))).resolves.toMatchObject({
      did: 'unchanged',
      mails: 'nobody',
    });
    expect(store.calls).toEqual(['get']);
  });

  it('refuses to go over 500 with forwarded guests, and lets people go all the same', async () => {
    const attendees = invitees(...Array.from({ length: 500 }, (_, n) => `user${n}`));
    const id = await existing({ attendees: attendees.slice(0, 499) });
    store.forward(id, 'guest@other.example');

    const error = await failure(activities().updateAttendees(attendeesInput(id, { attendees })));
    expect(error.message).toMatch(/would have 501 attendees, forwarded ones included/);

    const remove = [keyOf('user0@academy.example')];
    await expect(
      activities().updateAttendees(attendeesInput(id, { attendees: attendees.slice(1, 499), remove })),
    ).resolves.toMatchObject({ removed: 1 });
  });

  it('finds the event gone', async () => {
    const id = await existing();
    store.deleteByHand(id);

    await expect(activities().updateAttendees(attendeesInput(id))).resolves.toMatchObject({ did: 'gone' });
  });
});

describe('cancelling an event', () => {
  it('tells everybody once, and a repeat finds it gone', async () => {
    const id = await existing();

    await expect(activities().cancelCalendarEvent(cancelInput(id))).resolves.toMatchObject({
      did: 'cancelled',
      mails: 'all',
    });
    await expect(activities().cancelCalendarEvent(cancelInput(id))).resolves.toMatchObject({ did: 'gone' });
    expect(mails()).toEqual(['cancellation ada', 'cancellation ben']);
  });

  it('reads anew when somebody answered in between', async () => {
    const id = await existing();
    const cancel = store.cancel.bind(store);
    let answers = 1;
    store.cancel = (event, comment) => {
      if (answers-- > 0) store.respond(id, 'ada@academy.example', 'accepted');
      return cancel(event, comment);
    };

    await expect(activities().cancelCalendarEvent(cancelInput(id))).resolves.toMatchObject({ did: 'cancelled' });
  });
});

describe('finding a session’s events', () => {
  const session = { platform: 'acme', sessionId: '54', mailbox: 'training', known: null };

  it('gives the rows that the ledger would have', async () => {
    const id = await existing();
    await existing({ sessionId: '55' });

    const found = await activities().findCalendarEvents(session);

    const { place, schedule } = createInput();
    const keys = [keyOf('ada@academy.example'), keyOf('ben@academy.example')];
    expect(found).toEqual({
      events: {
        '101': {
          graphEventId: id,
          generation: 1,
          invitationHash: 'hash-1',
          placeHash: placeHash(digest, place),
          peopleHash: peopleHash(digest, keys),
          startsAt: schedule.startsAt,
          endsAt: schedule.endsAt,
          answers: {},
        },
      },
      present: keys,
      answered: [],
      surplus: [],
    });
  });

  it('does not count forwarded guests as placed, unless they are to be dropped or nothing is known', async () => {
    const id = await existing();
    store.forward(id, 'guest@other.example');
    const known = [keyOf('ada@academy.example'), keyOf('ben@academy.example')];

    const kept = await activities().findCalendarEvents({ ...session, known });
    const dropped = await activities({ forwarded: 'drop' }).findCalendarEvents({ ...session, known });
    const unknown = await activities().findCalendarEvents(session);

    expect(kept.present).toEqual(known);
    expect(kept.events['101']?.peopleHash).toBe(peopleHash(digest, known));
    expect(dropped.present).toEqual([...known, keyOf('guest@other.example')]);
    expect(unknown.present).toEqual(dropped.present);
  });

  it('leaves cancelled events out', async () => {
    store.deleteByHand(await existing());

    await expect(activities().findCalendarEvents(session)).resolves.toEqual({
      events: {},
      present: [],
      answered: [],
      surplus: [],
    });
  });

  it('keeps the latest of two copies and names the other', async () => {
    const first = await existing();
    const { graphEventId: second } = await activities().createCalendarEvent(createInput({ generation: 2 }));

    const found = await activities().findCalendarEvents(session);

    expect(found.events['101']).toMatchObject({ graphEventId: second, generation: 2 });
    expect(found.surplus).toEqual([{ eventId: '101', graphEventId: first, generation: 1 }]);
  });

  it('fails rather than taking an event that it cannot assign for absent', async () => {
    await existing();
    const [event] = store.events();
    store.findBySession = () => Promise.resolve([{ ...event!, ref: null }]);

    const error = await failure(activities().findCalendarEvents(session));

    expect(error.code).toBe('GRAPH_CONTRACT');
    expect(error.message).toMatch(/carries the session's key but none of its events'/);
  });
});
