import { anEvent, attendee, MicrosoftRig, type ErrorAnswer, type ShownEvent } from './microsoft-rig';

describe('events of a mailbox', () => {
  let rig: MicrosoftRig;
  beforeEach(async () => (rig = await MicrosoftRig.start()));
  afterEach(() => rig.close());

  test('a created event is answered whole, in UTC with seven decimals, with fresh attendees', async () => {
    const event = await rig.create();

    expect(event.start).toEqual({ dateTime: '2030-05-06T07:00:00.0000000', timeZone: 'UTC' });
    expect(event).toMatchObject({
      subject: 'Forklift safety',
      originalStartTimeZone: 'W. Europe Standard Time',
      responseStatus: { response: 'organizer', time: '0001-01-01T00:00:00Z' },
      type: 'singleInstance',
      isCancelled: false,
      '@odata.etag': `W/"${event.changeKey}"`,
    });
    expect(event.attendees?.[0]).toEqual({
      type: 'required',
      status: { response: 'none', time: '0001-01-01T00:00:00Z' },
      emailAddress: { name: 'ada', address: 'ada@academy.example' },
    });
    expect(event).not.toHaveProperty('transactionId');
  });

  test('PATCH changes what it names, keeps the rest, and gives a new change key', async () => {
    const event = await rig.create();

    const changed = await rig.patch(event.id, { subject: 'Forklift safety II' });

    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ subject: 'Forklift safety II', location: { displayName: 'Room 4' } });
    expect(changed.body.changeKey).not.toBe(event.changeKey);
  });

  test('PATCH with the right If-Match is done; with a stale one it is 412 and changes nothing', async () => {
    const event = await rig.create();

    const first = await rig.patch(event.id, { subject: 'A' }, { 'if-match': event['@odata.etag'] });
    const second = await rig.patch(event.id, { subject: 'B' }, { 'if-match': event['@odata.etag'] });

    expect(first.status).toBe(200);
    expect(second.status).toBe(412);
    expect((second.body as unknown as ErrorAnswer).error.code).toBe('ErrorIrresolvableConflict');
    expect((await rig.read(event.id)).subject).toBe('A');
  });

  test('DELETE and cancel honour If-Match, too', async () => {
    const event = await rig.create();
    const stale = { 'if-match': 'W/"old"' };
    const path = `events/${encodeURIComponent(event.id)}`;

    expect((await rig.graph('DELETE', path, undefined, stale)).status).toBe(412);
    expect((await rig.graph('POST', `${path}/cancel`, { Comment: 'x' }, stale)).status).toBe(412);
  });

  test('transactionId is shown when it was set, and PATCH cannot change it', async () => {
    const event = await rig.create({ transactionId: 'tx-1' });
    expect(event.transactionId).toBe('tx-1');

    expect((await rig.patch(event.id, { transactionId: 'tx-2' })).status).toBe(400);
    expect((await rig.read(event.id)).transactionId).toBe('tx-1');
  });

  test('location and locations are one thing', async () => {
    const event = await rig.create({
      location: undefined,
      locations: [{ displayName: 'Hall' }, { displayName: 'Yard' }],
    });
    expect(event.location?.displayName).toBe('Hall; Yard');

    const moved = await rig.patch(event.id, { location: { displayName: 'Room 5' } });

    expect(moved.body.locations?.map((l) => l.displayName)).toEqual(['Room 5']);
  });

  test('the attendee list is replaced as a whole, and an echoed attendee keeps the answer', async () => {
    const event = await rig.create();
    await rig.respond('ada@academy.example', event.id, 'accepted');

    const [ada] = (await rig.read(event.id)).attendees ?? [];
    await rig.patch(event.id, {
      attendees: [{ ...ada, status: { response: 'declined' } }, attendee('cy@academy.example')],
    });

    const now = await rig.read(event.id);
    expect(now.attendees?.map((a) => [a.emailAddress?.address, a.status?.response])).toEqual([
      ['ada@academy.example', 'accepted'],
      ['cy@academy.example', 'none'],
    ]);
  });

  test('500 attendees are taken, 501 are not', async () => {
    const crowd = (n: number) => Array.from({ length: n }, (_, i) => attendee(`p${i}@academy.example`));

    expect((await rig.graph('POST', 'events', anEvent({ attendees: crowd(500) }))).status).toBe(201);
    expect((await rig.graph('POST', 'events', anEvent({ attendees: crowd(501) }))).status).toBe(400);
    expect(await rig.outbox()).toHaveLength(500);
  });

  test('an all-day event needs midnights in one zone; an event must not end before it starts', async () => {
    const midnight = (day: string) => ({ dateTime: `${day}T00:00:00`, timeZone: 'Romance Standard Time' });
    const whole = { isAllDay: true, start: midnight('2030-05-06'), end: midnight('2030-05-07') };

    expect((await rig.graph('POST', 'events', anEvent(whole))).status).toBe(201);
    expect((await rig.graph('POST', 'events', anEvent({ isAllDay: true }))).status).toBe(400);
    expect((await rig.graph('POST', 'events', anEvent({ end: midnight('2030-05-05') }))).status).toBe(400);
  });

  test('an event that is not there is 404 ErrorItemNotFound for every verb', async () => {
    const path = 'events/AAkALgAA-nothing=';
    const answers = [
      await rig.graph<ErrorAnswer>('GET', path),
      await rig.graph<ErrorAnswer>('PATCH', path, { subject: 'x' }),
      await rig.graph<ErrorAnswer>('DELETE', path),
      await rig.graph<ErrorAnswer>('POST', `${path}/cancel`, {}),
    ];

    expect(answers.map((a) => [a.status, a.body.error.code])).toEqual(answers.map(() => [404, 'ErrorItemNotFound']));
    expect(answers[0]?.body.error.innerError).toHaveProperty('request-id');
  });

  test('events of another calendar are listed there only', async () => {
    const calendars = await rig.graph<{ value: { id: string; name: string }[] }>('GET', 'calendars');
    const second = calendars.body.value.find((c) => c.name === 'Second')?.id ?? '';
    const event = await rig.create({}, `calendars/${second}/events`);

    const inDefault = await rig.graph<{ value: ShownEvent[] }>('GET', 'events');
    const inSecond = await rig.graph<{ value: ShownEvent[] }>('GET', `calendars/${second}/events`);

    expect(inDefault.body.value).toEqual([]);
    expect(inSecond.body.value.map((e) => e.id)).toEqual([event.id]);
  });

  test('the default calendar says what it can do', async () => {
    const shown = await rig.graph(
      'GET',
      'calendar?$select=isTallyingResponses,isDefaultCalendar,allowedOnlineMeetingProviders,name',
    );

    expect(shown.body).toMatchObject({
      name: 'Calendar',
      isTallyingResponses: true,
      isDefaultCalendar: true,
      allowedOnlineMeetingProviders: ['teamsForBusiness'],
    });
  });
});
