import { MicrosoftRig, type ShownEvent } from './microsoft-rig';

interface Page {
  readonly value: ShownEvent[];
  readonly '@odata.nextLink'?: string;
  readonly '@odata.count'?: number;
}

describe('lists of events', () => {
  let rig: MicrosoftRig;
  beforeAll(async () => {
    rig = await MicrosoftRig.start();
    for (let day = 1; day <= 23; day++)
      await rig.create({
        subject: `Day ${String(day).padStart(2, '0')}${day === 7 ? " it's seven" : ''}`,
        start: { dateTime: `2030-05-${String(day).padStart(2, '0')}T09:00:00`, timeZone: 'UTC' },
        end: { dateTime: `2030-05-${String(day).padStart(2, '0')}T10:00:00`, timeZone: 'UTC' },
        categories: day % 2 === 0 ? ['Even'] : [],
        attendees: [],
      });
  });
  afterAll(() => rig.close());

  const list = async (query: string, headers?: Record<string, string>) =>
    (await rig.graph<Page>('GET', query.startsWith('http') ? query : `events${query}`, undefined, headers)).body;
  const filtered = async (filter: string) =>
    (await list(`?$top=100&$orderby=start/dateTime&$filter=${encodeURIComponent(filter)}`)).value.map((e) =>
      e.subject?.slice(0, 6),
    );

  test('a page has ten events unless asked otherwise, and links to the next by an absolute address', async () => {
    const first = await list('');
    expect(first.value).toHaveLength(10);
    expect(first['@odata.nextLink']).toMatch(new RegExp(`^${rig.origin}/v1.0/users/`));

    const seen = new Set<string>();
    for (let page: Page | undefined = first; page !== undefined;) {
      for (const event of page.value) seen.add(event.id);
      const next: string | undefined = page['@odata.nextLink'];
      page = next === undefined ? undefined : await list(next);
    }
    expect(seen.size).toBe(23);
  });

  test('$top and odata.maxpagesize set the page size; links keep the query', async () => {
    const page = await list('?$top=5&$select=subject&$orderby=start/dateTime%20desc&$count=true');
    expect(page.value.map((e) => e.subject)).toEqual(['Day 23', 'Day 22', 'Day 21', 'Day 20', 'Day 19']);
    expect(page['@odata.count']).toBe(23);
    const next = await list(page['@odata.nextLink'] ?? '');
    expect(next.value[0]?.subject).toBe('Day 18');

    expect((await list('', { prefer: 'odata.maxpagesize=3' })).value).toHaveLength(3);
  });

  test('links can carry another origin, as behind Microsoft’s front door', async () => {
    await rig.control('PATCH', '/knobs', { linkOrigin: 'https://graph.microsoft.com' });
    const page = await list('');
    await rig.control('PATCH', '/knobs', { linkOrigin: null });

    expect(page['@odata.nextLink']).toMatch(/^https:\/\/graph\.microsoft\.com\/v1\.0\/users\//);
  });

  test('without $orderby the order is none; $select leaves id and etag', async () => {
    const page = await list('?$top=100&$select=subject');

    expect(page.value.map((e) => e.subject)).not.toEqual([...page.value].map((e) => e.subject).sort());
    expect(Object.keys(page.value[0] ?? {}).sort()).toEqual(['@odata.etag', 'id', 'subject']);
  });

  test('filters by time, text, list, and, or, not', async () => {
    expect(
      await filtered("start/dateTime ge '2030-05-22T00:00:00' and end/dateTime lt '2030-05-23T00:00:00Z'"),
    ).toEqual(['Day 22']);
    expect(await filtered("startswith(subject,'day 1') and not (categories/any(c:c eq 'even'))")).toEqual([
      'Day 11',
      'Day 13',
      'Day 15',
      'Day 17',
      'Day 19',
    ]);
    expect(await filtered("subject eq 'Day 01' or contains(subject,'it''s')")).toEqual(['Day 01', 'Day 07']);
    expect(await filtered('lastModifiedDateTime gt 2020-01-01T00:00:00Z and isCancelled eq true')).toEqual([]);
  });
});
