import { anEvent, attendee, MicrosoftRig, type ErrorAnswer } from './microsoft-rig';

describe('what Graph refuses', () => {
  let rig: MicrosoftRig;
  beforeEach(async () => (rig = await MicrosoftRig.start()));
  afterEach(() => rig.close());

  const zoned = (dateTime: string, timeZone: string | undefined) => ({ dateTime, timeZone });

  test.each([
    [
      'an unknown property',
      { colour: 'red' },
      'RequestBodyRead',
      "'colour' does not exist on type 'microsoft.graph.event'",
    ],
    [
      'an unknown property further down',
      { attendees: [{ emailAddress: { address: 'a@b.c', mail: 'x' } }] },
      'RequestBodyRead',
      "'mail' does not exist on type 'microsoft.graph.emailAddress'",
    ],
    [
      'an unknown enum member',
      { attendees: [{ ...attendee('a@b.example'), type: 'mandatory' }] },
      'RequestBodyRead',
      "Cannot convert the literal 'mandatory' to the expected type 'microsoft.graph.attendeeType'",
    ],
    ['a text for a boolean', { isAllDay: 'false' }, 'RequestBodyRead', "expected type 'Edm.Boolean'"],
    ['an object for a list', { attendees: {} }, 'RequestBodyRead', "'StartArray'"],
    [
      'a zone nobody knows',
      { start: zoned('2030-05-06T09:00:00', 'Europe/Rome') },
      'TimeZoneNotSupportedException',
      "'Europe/Rome'",
    ],
    [
      'no zone',
      { start: zoned('2030-05-06T09:00:00', undefined) },
      'TimeZoneNotSupportedException',
      "not supported: ''",
    ],
    [
      'an offset beside a zone',
      { start: zoned('2030-05-06T09:00:00+02:00', 'Romance Standard Time') },
      'ErrorPropertyValidationFailure',
      'offset',
    ],
    ['no start', { start: null }, 'ErrorPropertyValidationFailure', "'start' is required"],
    ['a date that is none', { start: zoned('6 May 2030', 'UTC') }, 'ErrorPropertyValidationFailure', 'not a date'],
    ['an address that is none', { attendees: [attendee('ada')] }, 'ErrorInvalidRecipients', 'recipient is not valid'],
    ['a subject of 256 characters', { subject: 'x'.repeat(256) }, 'ErrorPropertyValidationFailure', '255'],
  ])('a body with %s', async (_what, change, code, message) => {
    const refused = await rig.graph<ErrorAnswer>('POST', 'events', { ...anEvent(), ...change });

    expect([refused.status, refused.body.error.code]).toEqual([400, code]);
    expect(refused.body.error.message).toContain(message);
    expect(await rig.outbox()).toEqual([]);
  });

  test('enum members are read without case; annotations are let pass; read-only properties do nothing', async () => {
    const body = { ...anEvent(), '@odata.type': '#microsoft.graph.event', showAs: 'FREE', iCalUId: 'mine' };
    const made = await rig.graph('POST', 'events', { ...body, body: { contentType: 'HTML', content: 'x' } });

    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ showAs: 'free', body: { contentType: 'html' } });
    expect(made.body.iCalUId).not.toBe('mine');
  });

  test('text that is no JSON, and no body at all', async () => {
    const broken = await rig.graph<ErrorAnswer>('POST', 'events', '{"subject":');
    const none = await rig.graph<ErrorAnswer>('POST', 'events');

    expect([broken.status, none.status]).toEqual([400, 400]);
    expect(broken.body.error.message).toContain('Unable to read JSON request payload');
  });

  test.each([
    ['$filter=subject eq', 'RequestBroker--ParseUri'],
    ["$filter=subject eq 'a", 'RequestBroker--ParseUri'],
    ["$filter=colour eq 'red'", 'RequestBroker--ParseUri'],
    ["$filter=transactionId eq 'cvk-1'", 'ErrorInvalidProperty'],
    ['$filter=subject eq 5', 'RequestBroker--ParseUri'],
    ['$filter=isCancelled eq false)', 'RequestBroker--ParseUri'],
    ['$select=subject,colour', 'RequestBroker--ParseUri'],
    ['$select=singleValueExtendedProperties', 'RequestBroker--ParseUri'],
    ['$expand=singleValueExtendedProperties', 'ErrorInvalidUrlQueryFilter'],
    ['$expand=nonsense', 'BadRequest'],
    ['$expand=singleValueExtendedProperties($filter=id eq', 'BadRequest'],
    ['$orderby=attendees', 'ErrorInvalidProperty'],
    ['$top=1001', 'RequestBroker--ParseUri'],
    ['$top=0', 'RequestBroker--ParseUri'],
    ['$top=ten', 'RequestBroker--ParseUri'],
    ['$search="x"', 'ErrorInvalidUrlQuery'],
    ['$page=2', 'RequestBroker--ParseUri'],
  ])('the query %s', async (query, code) => {
    const [name, ...value] = query.split('=');
    const refused = await rig.graph<ErrorAnswer>('GET', `events?${name}=${encodeURIComponent(value.join('='))}`);

    expect([refused.status, refused.body.error.code]).toEqual([400, code]);
  });

  test('a path that is none', async () => {
    const refused = await rig.graph<ErrorAnswer>('GET', 'evnets');

    expect([refused.status, refused.body.error.code]).toEqual([400, 'BadRequest']);
    expect(refused.body.error.message).toBe("Resource not found for the segment 'evnets'.");
  });

  test('recurring events are refused as what they are: not imitated', async () => {
    const refused = await rig.graph<ErrorAnswer>('POST', 'events', { ...anEvent(), recurrence: { pattern: {} } });

    expect([refused.status, refused.body.error.code]).toEqual([501, 'NotSimulated']);
  });
});
