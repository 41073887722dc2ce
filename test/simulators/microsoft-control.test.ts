import { attendee, MicrosoftRig, organizer, type ShownEvent } from './microsoft-rig';

interface Described {
  readonly id: string;
  readonly defaultId: string;
  readonly changeKey: string;
  readonly folder: string;
  readonly subject: string;
}

describe('control API', () => {
  let rig: MicrosoftRig;
  let event: ShownEvent;
  beforeEach(async () => {
    rig = await MicrosoftRig.start();
    event = await rig.create({ transactionId: 'cvk-1' });
  });
  afterEach(() => rig.close());

  const events = (query = '') => rig.control<Described[]>('GET', `/mailboxes/${organizer}/events${query}`);
  const act = (what: string, body?: object) =>
    rig.control('POST', `/events/${encodeURIComponent(event.id)}/${what}`, body);

  test('shows live events in plain words', async () => {
    expect(await events()).toMatchObject([
      {
        id: event.id,
        transactionId: 'cvk-1',
        subject: 'Forklift safety',
        startUtc: '2030-05-06T07:00:00.000Z',
        endUtc: '2030-05-06T15:00:00.000Z',
        location: 'Room 4',
        hideAttendees: false,
        folder: 'calendar',
        isCancelled: false,
        attendees: [{ address: 'ada@academy.example', response: 'none' }, { address: 'ben@academy.example' }],
      },
    ]);
  });

  test('a touch changes nothing but the change key', async () => {
    await act('touch');

    const now = await rig.read(event.id);
    expect(now.changeKey).not.toBe(event.changeKey);
    expect(now.subject).toBe(event.subject);
  });

  test('an edit by hand mails as Outlook does', async () => {
    await act('edit', { location: { displayName: 'Room 9' } });

    expect(await rig.mailSince(2)).toEqual(['update ada@academy.example', 'update ben@academy.example']);
  });

  test('a move is silent; a delete by hand cancels, unless it is done silently; a purge leaves nothing', async () => {
    await act('move', { to: 'Second' });
    expect(await events()).toEqual([]);
    expect((await events('?all=1'))[0]?.folder).toBe('Second');

    await act('move', { to: 'calendar' });
    await act('delete', { silently: true });
    expect(await rig.mailSince(2)).toEqual([]);

    await act('move', { to: 'calendar' });
    await act('delete');
    expect(await rig.mailSince(2)).toEqual(['cancellation ada@academy.example', 'cancellation ben@academy.example']);

    await act('purge');
    expect(await events('?all=1')).toEqual([]);
    expect((await rig.graph('GET', `events/${encodeURIComponent(event.id)}`)).status).toBe(404);
  });

  test('an event in Deleted Items answers to its immutable id, or is 404 by knob', async () => {
    await act('move', { to: 'deleteditems' });
    const path = `events/${encodeURIComponent(event.id)}`;
    expect((await rig.graph('GET', path)).status).toBe(200);

    await rig.control('PATCH', '/knobs', { deletedItemsReadable: false });

    expect((await rig.graph('GET', path)).status).toBe(404);
  });

  test('the outbox is filtered by mailbox, addressee, kind, event and index', async () => {
    await rig.patch(event.id, { attendees: [attendee('ada@academy.example'), attendee('cy@academy.example')] });

    expect(await rig.outbox('?to=CY@academy.example')).toMatchObject([
      { kind: 'invitation', to: 'cy@academy.example' },
    ]);
    expect(await rig.outbox('?kind=cancellation')).toHaveLength(1);
    expect(await rig.outbox('?since=3')).toHaveLength(1);
    expect(await rig.outbox(`?mailbox=${organizer}&eventId=${encodeURIComponent(event.id)}`)).toHaveLength(4);
    expect(await rig.outbox('?mailbox=other@academy.example')).toEqual([]);
  });

  test('the whole state is saved and restored, ids, tokens, clock and transaction ids included', async () => {
    await rig.control('POST', '/clock', { advanceMs: 1_000_000 });
    const saved = await rig.control('GET', '/state');
    const other = await MicrosoftRig.start();
    await other.control('PUT', '/state', saved);
    other.token = rig.token;

    const again = await other.create({ transactionId: 'cvk-1' });
    const clock = await other.control<{ now: string }>('GET', '/clock');
    await other.close();

    expect(again.id).toBe(event.id);
    expect(Date.parse(clock.now) - Date.now()).toBeGreaterThan(900_000);
  });

  test('a reset empties everything', async () => {
    await rig.control('POST', '/reset');

    expect(await rig.control('GET', '/mailboxes')).toEqual([]);
    expect(await rig.outbox()).toEqual([]);
  });

  test.each([
    ['an unknown knob', 'PATCH', '/knobs', { speed: 1 }, "unknown knob 'speed'"],
    ['a knob of the wrong type', 'PATCH', '/knobs', { cancelStatus: 'x' }, "'cancelStatus' takes a number"],
    ['a state of something else', 'PUT', '/state', {}, 'no state of this simulator'],
    ['a second mailbox of one address', 'POST', '/mailboxes', { address: organizer }, 'already'],
    ['a clock that goes back', 'POST', '/clock', { advanceMs: -1 }, 'zero or more'],
    ['an event that is not there', 'POST', '/events/x/touch', {}, "no event 'x'"],
  ])('refuses %s, and says why', async (_what, method, path, body, message) => {
    await expect(rig.control(method, path, body)).rejects.toThrow(message);
  });
});
