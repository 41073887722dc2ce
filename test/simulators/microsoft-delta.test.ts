import { MicrosoftRig, organizer, type ErrorAnswer, type ShownEvent } from './microsoft-rig';

type DeltaItem = ShownEvent & { readonly '@removed'?: { readonly reason: string } };
interface DeltaPage {
  readonly value: DeltaItem[];
  readonly '@odata.nextLink'?: string;
  readonly '@odata.deltaLink'?: string;
}

const window = 'startDateTime=2030-05-01T00:00:00Z&endDateTime=2030-06-01T00:00:00Z';

describe('calendarView/delta', () => {
  let rig: MicrosoftRig;
  beforeEach(async () => (rig = await MicrosoftRig.start()));
  afterEach(() => rig.close());

  const ask = (link: string, prefer = 'IdType="ImmutableId"') =>
    rig.graph<DeltaPage>('GET', link, undefined, { prefer });

  /** A whole round: all items, the number of pages, the delta link. */
  async function round(link = `calendarView/delta?${window}`, prefer?: string) {
    const items: DeltaItem[] = [];
    const pages: number[] = [];
    for (let next: string | undefined = link; ;) {
      const { status, body }: { status: number; body: DeltaPage } = await ask(next, prefer);
      if (status !== 200) throw new Error(JSON.stringify(body));
      items.push(...body.value);
      pages.push(body.value.length);
      next = body['@odata.nextLink'];
      if (next === undefined) return { items, pages, link: body['@odata.deltaLink'] ?? '' };
    }
  }
  const inJuly = {
    start: { dateTime: '2030-07-06T09:00:00', timeZone: 'UTC' },
    end: { dateTime: '2030-07-06T10:00:00', timeZone: 'UTC' },
  };

  test('the first round lists the window, later ones what changed since', async () => {
    const event = await rig.create();
    await rig.create(inJuly);
    const first = await round();
    expect(first.items.map((e) => e.id)).toEqual([event.id]);

    expect((await round(first.link)).items).toEqual([]);
    await rig.respond('ada@academy.example', event.id, 'accepted');

    const second = await round(first.link);
    expect(second.items.map((e) => e.attendees?.[0]?.status?.response)).toEqual(['accepted']);
  });

  test('a cancelled, deleted or moved event comes as removed', async () => {
    const event = await rig.create();
    const { link } = await round();

    await rig.graph('DELETE', `events/${encodeURIComponent(event.id)}`);

    expect((await round(link)).items).toEqual([
      { '@odata.type': '#microsoft.graph.event', id: event.id, '@removed': { reason: 'deleted' } },
    ]);
  });

  test('removed is also said of events outside the window that were merely touched, unless the knob is off', async () => {
    const outside = await rig.create(inJuly);
    const inside = await rig.create();
    const { link } = await round();
    await rig.patch(outside.id, { subject: 'Touched' });

    expect((await round(link)).items).toMatchObject([{ id: outside.id, '@removed': { reason: 'deleted' } }]);

    await rig.control('PATCH', '/knobs', { deltaReportsOutOfWindow: false });
    expect((await round(link)).items).toEqual([]);
    await rig.patch(inside.id, inJuly);
    expect((await round(link)).items).toMatchObject([{ id: inside.id, '@removed': { reason: 'deleted' } }]);
  });

  test('pages have the size that Prefer asks for; what changes on the way is news of the next round', async () => {
    const ids = [];
    for (let i = 0; i < 5; i++) ids.push((await rig.create({ transactionId: `t${i}` })).id);
    const first = await ask(`calendarView/delta?${window}`, 'IdType="ImmutableId", odata.maxpagesize=2');
    await rig.patch(ids[0] ?? '', { subject: 'Changed after it was handed out' });
    await rig.patch(ids[4] ?? '', { subject: 'Changed before it was handed out' });

    const rest = await round(first.body['@odata.nextLink'], 'IdType="ImmutableId", odata.maxpagesize=2');

    const got = [...first.body.value, ...rest.items].map((e) => e.id);
    expect([first.body.value.length, rest.pages]).toEqual([2, [2]]);
    expect(new Set(got)).toEqual(new Set(ids.slice(0, 4)));
    expect(new Set((await round(rest.link)).items.map((e) => e.id))).toEqual(new Set([ids[0], ids[4]]));
  });

  test('empty pages, repeated items and lost deletions on request', async () => {
    const event = await rig.create();
    await rig.control('PATCH', '/knobs', { deltaEmptyPages: 2, deltaRepeatsItems: true, deltaLosesDeletions: true });

    const first = await round();
    expect(first.pages).toEqual([0, 0, 2]);
    expect(first.items.map((e) => e.id)).toEqual([event.id, event.id]);

    await rig.graph('DELETE', `events/${encodeURIComponent(event.id)}`);
    expect((await round(first.link)).items).toEqual([]);
  });

  test('transactionId comes with the items, or is left out by knob; extended properties never come', async () => {
    const id = 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name X';
    await rig.create({ transactionId: 'cvk-1', singleValueExtendedProperties: [{ id, value: 'x' }] });
    const [item] = (await round()).items;
    expect(item?.transactionId).toBe('cvk-1');
    expect(item).not.toHaveProperty('singleValueExtendedProperties');

    await rig.control('PATCH', '/knobs', { deltaOmitsTransactionId: true });

    expect((await round()).items[0]).not.toHaveProperty('transactionId');
  });

  test.each(['expired by control', 'too old'])('a token that is %s is 410 syncStateNotFound', async (how) => {
    const { link } = await round();
    if (how === 'too old') {
      await rig.control('PATCH', '/knobs', { deltaTokenLifetimeMs: 1_000 });
      await rig.control('POST', '/clock', { advanceMs: 2_000 });
    } else await rig.control('POST', '/delta/expire', { mailbox: organizer });

    const gone = await rig.graph<ErrorAnswer>('GET', link);

    expect([gone.status, gone.body.error.code.toLowerCase()]).toEqual([410, 'syncstatenotfound']);
    expect((await round()).items).toEqual([]);
  });

  test('a token that was tampered with is 400', async () => {
    const { link } = await round();

    const refused = await rig.graph<ErrorAnswer>('GET', link.replace(/deltatoken=.{5}/, 'deltatoken='));

    expect([refused.status, refused.body.error.code]).toEqual([400, 'SyncStateInvalid']);
  });

  test.each(['$top=5', '$select=subject', "$filter=subject eq 'x'", '$orderby=subject', '$expand=extensions'])(
    'refuses %s',
    async (option) => {
      const refused = await rig.graph<ErrorAnswer>(
        'GET',
        `calendarView/delta?${window}&${option.replace(/ /g, '%20')}`,
      );

      expect([refused.status, refused.body.error.code]).toEqual([400, 'ErrorInvalidUrlQuery']);
    },
  );

  test('needs a window, and so does events/delta', async () => {
    expect((await rig.graph('GET', 'calendarView/delta')).status).toBe(400);
    expect((await rig.graph('GET', 'events/delta')).status).toBe(400);
  });

  test('links serve both kinds of id', async () => {
    const event = await rig.create();
    const { link } = await round(undefined, 'IdType="Default"');
    await rig.patch(event.id, { subject: 'x' });

    expect((await round(link)).items[0]?.id).toBe(event.id);
    expect((await round(link, 'IdType="Default"')).items[0]?.id).toMatch(/^AAMk/);
  });
});
