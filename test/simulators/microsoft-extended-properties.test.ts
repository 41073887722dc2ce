import { anEvent, MicrosoftRig, type ErrorAnswer, type ShownEvent } from './microsoft-rig';

const guid = '{66f5a359-4659-4830-9070-00047ec6ac6e}';
const session = `String ${guid} Name ConvokeSession`;

function filterBy(id: string, value: string): string {
  const text = `singleValueExtendedProperties/Any(ep: ep/id eq '${id}' and ep/value eq '${value}')`;
  return `$filter=${encodeURIComponent(text)}`;
}

function expandBy(id: string): string {
  return `$expand=${encodeURIComponent(`singleValueExtendedProperties($filter=id eq '${id}')`)}`;
}

describe('extended properties', () => {
  let rig: MicrosoftRig;
  let event: ShownEvent;
  beforeEach(async () => {
    rig = await MicrosoftRig.start();
    event = await rig.create({ singleValueExtendedProperties: [{ id: session, value: 'acme/42' }] });
    await rig.create({ subject: 'Other' });
  });
  afterEach(() => rig.close());

  async function found(id: string, value: string): Promise<string[]> {
    const answer = await rig.graph<{ value: ShownEvent[] }>('GET', `events?${filterBy(id, value)}`);
    return answer.body.value.map((e) => e.id);
  }

  test('neither POST nor PATCH answers with them; a GET shows them only when expanded', async () => {
    const patched = await rig.patch(event.id, { singleValueExtendedProperties: [{ id: session, value: 'acme/43' }] });

    expect(event).not.toHaveProperty('singleValueExtendedProperties');
    expect(patched.body).not.toHaveProperty('singleValueExtendedProperties');
    expect(await rig.read(event.id)).not.toHaveProperty('singleValueExtendedProperties');
    const expanded = await rig.read(event.id, `?$select=subject&${expandBy(session)}`);
    expect(expanded.singleValueExtendedProperties).toEqual([{ id: session, value: 'acme/43' }]);
  });

  test('a filter finds by value without case', async () => {
    expect(await found(session, 'acme/42')).toEqual([event.id]);
    expect(await found(session, 'ACME/42')).toEqual([event.id]);
    expect(await found(session, 'acme/4')).toEqual([]);
  });

  test('the name in the id has case, the GUID has none', async () => {
    expect(await found(`String ${guid.toUpperCase()} Name ConvokeSession`, 'acme/42')).toEqual([event.id]);
    expect(await found(`String ${guid} Name convokesession`, 'acme/42')).toEqual([]);
  });

  test('a malformed property id is 400, also in a filter', async () => {
    const bad = `String ${guid} ConvokeSession`;
    const made = await rig.graph<ErrorAnswer>('POST', 'events', {
      ...anEvent(),
      singleValueExtendedProperties: [{ id: bad, value: 'x' }],
    });
    const listed = await rig.graph('GET', `events?${filterBy(bad, 'x')}`);

    expect([made.status, listed.status]).toEqual([400, 400]);
    expect(made.body.error.message).toContain('PropertyId values may only be in one of the following formats');
  });

  test('a PATCH adds and replaces, and keeps the others', async () => {
    const second = `String ${guid} Name ConvokeEvent`;
    await rig.patch(event.id, { singleValueExtendedProperties: [{ id: second, value: 'acme/42/1' }] });

    const shown = await rig.control('GET', `/events/${encodeURIComponent(event.id)}`);
    expect(shown).toMatchObject({ extendedProperties: { ConvokeSession: 'acme/42', ConvokeEvent: 'acme/42/1' } });
  });
});
