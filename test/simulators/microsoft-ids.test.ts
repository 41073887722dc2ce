import { MicrosoftRig, type ShownEvent } from './microsoft-rig';

describe('item ids', () => {
  let rig: MicrosoftRig;
  beforeEach(async () => (rig = await MicrosoftRig.start()));
  afterEach(() => rig.close());

  const get = (id: string, headers: Record<string, string>) =>
    rig.graph<ShownEvent>('GET', `events/${encodeURIComponent(id)}`, undefined, headers);

  test('ImmutableId gives another id than the default; both find the event', async () => {
    const event = await rig.create();
    const byDefault = await get(event.id, {});

    expect(byDefault.body.id).not.toBe(event.id);
    expect(byDefault.headers.get('preference-applied')).toBeNull();
    const back = await get(byDefault.body.id, { prefer: 'IdType="ImmutableId"' });
    expect(back.body.id).toBe(event.id);
    expect(back.headers.get('preference-applied')).toContain('IdType="ImmutableId"');
  });

  test('the default id dies when the event moves to another folder; the immutable one lives on', async () => {
    const event = await rig.create();
    const before = (await get(event.id, {})).body.id;
    await rig.graph('DELETE', `events/${encodeURIComponent(event.id)}`);

    expect((await get(before, {})).status).toBe(404);
    const after = await get(event.id, {});
    expect(after.status).toBe(200);
    expect(after.body.id).not.toBe(before);
  });

  test('ids are long, hold characters that URLs must escape, and are told apart by case alone', async () => {
    const [first, second] = [await rig.create(), await rig.create()];

    expect(first.id).toMatch(/^AAkALgAA[\w-]+==$/);
    expect(first.id.length).toBeGreaterThan(50);
    expect(second.id).not.toBe(first.id);
    expect(second.id.toLowerCase()).toBe(first.id.toLowerCase());
  });

  test('an id with its case changed finds nothing', async () => {
    const event = await rig.create();

    expect((await get(event.id.toUpperCase(), {})).status).toBe(404);
  });

  test('an id of another mailbox finds nothing', async () => {
    const event = await rig.create();
    await rig.control('POST', '/mailboxes', { address: 'other@academy.example' });

    const path = `/users/other@academy.example/events/${encodeURIComponent(event.id)}`;
    expect((await rig.graph('GET', path)).status).toBe(404);
  });
});
