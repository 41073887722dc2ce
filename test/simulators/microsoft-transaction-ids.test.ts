import { anEvent, MicrosoftRig, type ErrorAnswer, type ShownEvent } from './microsoft-rig';

describe('transactionId', () => {
  let rig: MicrosoftRig;
  beforeEach(async () => (rig = await MicrosoftRig.start()));
  afterEach(() => rig.close());

  const body = anEvent({ transactionId: 'cvk-1' });

  test('the same id with the same content answers 201 with the existing event, and mails nobody again', async () => {
    const first = await rig.graph<ShownEvent>('POST', 'events', body);
    const reordered = Object.fromEntries(Object.entries(body).reverse());
    const second = await rig.graph<ShownEvent>('POST', 'events', reordered);

    expect(second.status).toBe(201);
    expect(second.body.id).toBe(first.body.id);
    expect(await rig.outbox()).toHaveLength(2);
    expect((await rig.graph<{ value: unknown[] }>('GET', 'events')).body.value).toHaveLength(1);
  });

  test.each(['cancel', 'DELETE'])('after %s it still answers with the event that was', async (how) => {
    const first = await rig.graph<ShownEvent>('POST', 'events', body);
    const path = `events/${encodeURIComponent(first.body.id)}`;
    await (how === 'DELETE' ? rig.graph('DELETE', path) : rig.graph('POST', `${path}/cancel`, {}));

    const again = await rig.graph<ShownEvent>('POST', 'events', body);

    expect([again.status, again.body.id, again.body.isCancelled]).toEqual([201, first.body.id, true]);
    expect(await rig.mailSince(4)).toEqual([]);
  });

  test('the same id with other content is an error that names the first event', async () => {
    const first = await rig.graph<ShownEvent>('POST', 'events', body);

    const other = await rig.graph<ErrorAnswer>('POST', 'events', { ...body, subject: 'Other' });

    expect(other.status).toBe(400);
    expect(other.body.error.code).toBe('ErrorDuplicateTransactionId');
    expect(other.body.error['@event.existingEventId']).toBe(first.body.id);

    await rig.control('PATCH', '/knobs', { duplicateTransactionStatus: 409 });
    expect((await rig.graph('POST', 'events', { ...body, subject: 'Other' })).status).toBe(409);
  });

  test('ids are remembered for ever, or as long as the knob says', async () => {
    const first = await rig.graph<ShownEvent>('POST', 'events', body);
    await rig.control('POST', '/clock', { advanceMs: 3_000_000 });
    expect((await rig.graph<ShownEvent>('POST', 'events', body)).body.id).toBe(first.body.id);

    await rig.control('PATCH', '/knobs', { transactionIdMemoryMs: 1_000_000 });

    const later = await rig.graph<ShownEvent>('POST', 'events', body);
    expect(later.body.id).not.toBe(first.body.id);
  });

  test('a create that is answered by 503, or not at all, has happened all the same', async () => {
    const match = '^POST /v1.0/users/.+/events$';
    await rig.control('POST', '/faults', { match, kind: 'commitThenFail', status: 503 });
    await rig.control('POST', '/faults', { match, kind: 'commitThenFail', reset: true });

    const first = await rig.graph('POST', 'events', body);
    await expect(rig.graph('POST', 'events', body)).rejects.toThrow('fetch failed');
    const third = await rig.graph<ShownEvent>('POST', 'events', body);

    expect([first.status, third.status]).toEqual([503, 201]);
    expect(await rig.outbox()).toHaveLength(2);
  });

  test('a create with open extensions may answer ConcurrentItemSave although the event is there', async () => {
    await rig.control('PATCH', '/knobs', { concurrentItemSaveEvery: 2 });
    const extended = {
      ...anEvent(),
      extensions: [{ '@odata.type': 'microsoft.graph.openTypeExtension', extensionName: 'x' }],
    };

    const first = await rig.graph('POST', 'events', extended);
    const second = await rig.graph<ErrorAnswer>('POST', 'events', extended);

    expect([first.status, second.status, second.body.error.code]).toEqual([201, 409, 'ConcurrentItemSave']);
    expect((await rig.graph<{ value: unknown[] }>('GET', 'events')).body.value).toHaveLength(2);
  });
});
