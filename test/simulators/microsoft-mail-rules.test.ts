import { attendee, MicrosoftRig, organizer } from './microsoft-rig';

const [ada, ben, cy] = [
  attendee('ada@academy.example'),
  attendee('ben@academy.example'),
  attendee('cy@academy.example'),
];

describe('who gets mail, and why', () => {
  let rig: MicrosoftRig;
  let id: string;
  let sent: number;
  beforeEach(async () => {
    rig = await MicrosoftRig.start();
    id = (await rig.create()).id;
    sent = (await rig.outbox()).length;
  });
  afterEach(() => rig.close());

  test('creating an event invites every attendee, once', async () => {
    const entries = await rig.outbox();

    expect(entries.map((e) => [e.index, e.kind, e.to, e.mailbox, e.eventId])).toEqual([
      [0, 'invitation', 'ada@academy.example', organizer, id],
      [1, 'invitation', 'ben@academy.example', organizer, id],
    ]);
  });

  test('a PATCH of attendees alone mails only who was added or removed', async () => {
    await rig.patch(id, { attendees: [ada, cy] });

    expect(await rig.mailSince(sent)).toEqual(['cancellation ben@academy.example', 'invitation cy@academy.example']);
  });

  test('a PATCH of the same attendees mails nobody', async () => {
    await rig.patch(id, { attendees: [ben, ada] });

    expect(await rig.mailSince(sent)).toEqual([]);
  });

  test('an attendee whose type changed is told', async () => {
    await rig.patch(id, { attendees: [{ ...ada, type: 'optional' }, ben] });

    expect(await rig.mailSince(sent)).toEqual(['update ada@academy.example']);
  });

  test.each([
    ['subject', { subject: 'Other' }],
    ['the same subject', { subject: 'Forklift safety' }],
    ['body', { body: { contentType: 'html' as const, content: 'x' } }],
    ['location', { location: { displayName: 'Room 9' } }],
    ['hideAttendees', { hideAttendees: true }],
  ])('a PATCH of %s mails everybody', async (_what, change) => {
    await rig.patch(id, change);

    expect(await rig.mailSince(sent)).toEqual(['update ada@academy.example', 'update ben@academy.example']);
  });

  test('a PATCH of attendees and content mails everybody, newcomers twice', async () => {
    await rig.patch(id, { attendees: [ada, cy], location: { displayName: 'Room 9' } });

    expect(await rig.mailSince(sent)).toEqual([
      'cancellation ben@academy.example',
      'invitation cy@academy.example',
      'update ada@academy.example',
      'update cy@academy.example',
    ]);
  });

  test.each([
    [
      'extended properties',
      { singleValueExtendedProperties: [{ id: 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name X', value: '1' }] },
    ],
    ['categories', { categories: ['Training'] }],
    ['the reminder', { isReminderOn: false, reminderMinutesBeforeStart: 30 }],
  ])('a PATCH of %s alone mails nobody, unless the knob says that it does', async (_what, change) => {
    await rig.patch(id, change);
    expect(await rig.mailSince(sent)).toEqual([]);

    await rig.control('PATCH', '/knobs', { quietFieldsMailEverybody: true });
    await rig.patch(id, change);
    expect(await rig.mailSince(sent)).toHaveLength(2);
  });

  test('a new start or end is significant and resets all answers; other changes keep them', async () => {
    await rig.respond('ada@academy.example', id, 'accepted');
    await rig.patch(id, { subject: 'Other' });
    expect((await rig.read(id)).attendees?.[0]?.status?.response).toBe('accepted');

    await rig.patch(id, { start: { dateTime: '2030-05-06T10:00:00', timeZone: 'W. Europe Standard Time' } });

    expect((await rig.outbox()).slice(-2).map((e) => e.significant)).toEqual([true, true]);
    const reset = (await rig.read(id)).attendees?.[0]?.status;
    expect(reset).toEqual({ response: 'none', time: '0001-01-01T00:00:00Z' });
  });

  test('naming start with the same instant mails, and resets nothing', async () => {
    await rig.respond('ada@academy.example', id, 'accepted');

    await rig.patch(id, { start: { dateTime: '2030-05-06T07:00:00.0000000', timeZone: 'UTC' } });

    expect((await rig.outbox()).slice(sent).map((e) => [e.kind, e.significant])).toEqual([
      ['update', false],
      ['update', false],
    ]);
    expect((await rig.read(id)).attendees?.[0]?.status?.response).toBe('accepted');
  });

  test.each([
    ['cancel', (path: string) => ['POST', `${path}/cancel`, { Comment: 'Sorry' }] as const],
    ['DELETE', (path: string) => ['DELETE', path, undefined] as const],
  ])('%s sends the cancellation to all and puts the event into Deleted Items', async (_verb, call) => {
    const [method, path, body] = call(`events/${encodeURIComponent(id)}`);

    const done = await rig.graph(method, path, body);

    expect([202, 204]).toContain(done.status);
    expect(await rig.mailSince(sent)).toEqual(['cancellation ada@academy.example', 'cancellation ben@academy.example']);
    expect(await rig.control('GET', `/events/${encodeURIComponent(id)}`)).toMatchObject({
      folder: 'deleteditems',
      isCancelled: true,
    });
    expect((await rig.graph('GET', 'events')).body.value).toEqual([]);
  });

  test('cancel answers 202 or, by knob, 204, with an empty body and no JSON content type', async () => {
    const first = await rig.graph('POST', `events/${encodeURIComponent(id)}/cancel`, { Comment: 'x' });
    await rig.control('PATCH', '/knobs', { cancelStatus: 204 });
    const other = await rig.create({ transactionId: 'other' });
    const second = await rig.graph('POST', `events/${encodeURIComponent(other.id)}/cancel`);

    expect([first.status, second.status]).toEqual([202, 204]);
    expect(first.headers.get('content-type')).toBeNull();
  });

  test('an attendee cannot cancel', async () => {
    await rig.control('POST', '/mailboxes', { address: 'dee@academy.example' });
    await rig.patch(id, { attendees: [ada, ben, attendee('dee@academy.example')] });
    const copies = await rig.graph<{ value: { id: string }[] }>('GET', '/users/dee@academy.example/events');

    const path = `/users/dee@academy.example/events/${encodeURIComponent(copies.body.value[0]?.id ?? '')}/cancel`;
    expect((await rig.graph('POST', path, { Comment: 'x' })).status).toBe(400);
  });
});
