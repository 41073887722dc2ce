import { PAGE_SIZE, readAllPages } from '../../../../src/adapters/docebo/api/paging';
import { UpstreamError } from '../../../../src/domain/errors';
import { aPage } from './stub-docebo';

const items = (from: number, count: number): object[] => Array.from({ length: count }, (_, i) => ({ id: from + i }));

async function readPages(pages: readonly unknown[]) {
  const asked: number[] = [];
  const list = await readAllPages(async (page) => {
    asked.push(page);
    return pages[Math.min(page, pages.length) - 1];
  }, '/course/v1/sessions/7/enrollments');
  return { ...list, asked };
}

describe('all pages of a list', () => {
  test('one page', async () => {
    expect(await readPages([aPage(items(1, 2))])).toEqual({ items: items(1, 2), faults: [], asked: [1] });
  });

  test('an empty list is complete', async () => {
    expect(await readPages([aPage([])])).toEqual({ items: [], faults: [], asked: [1] });
  });

  test('several pages, with numbers and flags as texts', async () => {
    const pages = [
      aPage(items(1, 2), { has_more_data: '1', total_count: '3' }),
      aPage(items(3, 1), { has_more_data: '0', total_count: '3' }),
    ];

    expect(await readPages(pages)).toEqual({ items: items(1, 3), faults: [], asked: [1, 2] });
  });

  test.each([
    ['the number of pages', [{ total_page_count: 2 }, { total_page_count: 2 }]],
    ['the number of items', [{}, {}]],
  ])('%s tells whether there are more when has_more_data does not', async (_what, [first, second]) => {
    const pages = [
      aPage(items(1, 2), { has_more_data: undefined, total_count: 3, ...first }),
      aPage(items(3, 1), { has_more_data: undefined, total_count: 3, ...second }),
    ];

    expect(await readPages(pages)).toMatchObject({ faults: [], asked: [1, 2] });
  });

  test('`data.sessions` and a bare `data` are lists too', async () => {
    expect(await readPages([{ data: { sessions: items(1, 2) } }])).toMatchObject({ items: items(1, 2), faults: [] });
    expect(await readPages([{ data: items(1, 2) }])).toMatchObject({ items: items(1, 2), faults: [] });
  });

  test('a bare list goes on after a full page', async () => {
    const pages = [{ data: items(1, PAGE_SIZE) }, { data: items(1 + PAGE_SIZE, 1) }];

    expect(await readPages(pages)).toMatchObject({ items: items(1, PAGE_SIZE + 1), faults: [] });
  });

  test('two equal items of one page are two', async () => {
    expect(await readPages([aPage([{ id: 1 }, { id: 1 }])])).toMatchObject({
      items: [{ id: 1 }, { id: 1 }],
      faults: [],
    });
  });
});

describe('paging that does not tell the truth leaves the list incomplete and keeps what was read', () => {
  test('a page that repeats', async () => {
    const page = aPage(items(1, 2), { has_more_data: true, total_count: 4 });

    expect(await readPages([page])).toEqual({
      items: items(1, 2),
      faults: ['page-repeats', 'total-disagrees'],
      asked: [1, 2],
    });
  });

  test('a bare list that ignores the page', async () => {
    expect(await readPages([{ data: items(1, PAGE_SIZE) }])).toMatchObject({
      items: items(1, PAGE_SIZE),
      faults: ['page-repeats'],
    });
  });

  test('more that never comes', async () => {
    const pages = [
      aPage(items(1, 2), { has_more_data: true, total_count: 2 }),
      aPage([], { has_more_data: true, total_count: 2 }),
    ];

    expect(await readPages(pages)).toEqual({ items: items(1, 2), faults: ['empty-page'], asked: [1, 2] });
  });

  test('a total that is larger', async () => {
    expect(await readPages([aPage(items(1, 2), { total_count: 3 })])).toMatchObject({ faults: ['total-disagrees'] });
  });

  test('a total that is smaller', async () => {
    expect(await readPages([aPage(items(1, 2), { total_count: 1 })])).toMatchObject({ faults: ['total-disagrees'] });
  });

  test('a list that grew while it was read: somebody slid onto the next page', async () => {
    const pages = [
      aPage(items(1, 2), { has_more_data: true, total_count: 3 }),
      aPage(items(2, 2), { has_more_data: false, total_count: 4 }),
    ];

    expect(await readPages(pages)).toEqual({
      items: items(1, 3),
      faults: ['total-changed', 'items-repeat', 'total-disagrees'],
      asked: [1, 2],
    });
  });

  test('a list that shrank while it was read: somebody slid off it unseen', async () => {
    const pages = [
      aPage(items(1, 2), { has_more_data: true, total_count: 4 }),
      aPage(items(4, 1), { has_more_data: false, total_count: 3 }),
    ];

    expect(await readPages(pages)).toMatchObject({
      items: [...items(1, 2), ...items(4, 1)],
      faults: ['total-changed'],
    });
  });

  test('a list without an end', async () => {
    let page = 0;
    const list = await readAllPages(
      async () => aPage(items(++page, 1), { has_more_data: true, total_count: 1e6 }),
      '/x',
    );

    expect(list.items).toHaveLength(100);
    expect(list.faults).toEqual(['too-many-pages', 'total-disagrees']);
  });

  test('a later page without a list', async () => {
    const pages = [aPage(items(1, 2), { has_more_data: true, total_count: 3 }), { data: {} }];

    expect(await readPages(pages)).toMatchObject({ items: items(1, 2), faults: ['no-list', 'total-disagrees'] });
  });
});

test.each([[{ data: {} }], [{ name: 'Error' }], [[]], [null]])(
  'a first answer without a list is refused: %j',
  async (json) => {
    await expect(readPages([json])).rejects.toMatchObject({
      code: 'DOCEBO_CONTRACT',
      message: 'DOCEBO answered GET /course/v1/sessions/7/enrollments without a list (data.items)',
    });
  },
);

describe('when a page cannot be read', () => {
  const failing = (after: number, error: Error) =>
    readAllPages(
      async (page) => {
        if (page > after) throw error;
        return aPage(items(page * 10, 2), { has_more_data: true, total_count: 9 });
      },
      '/list',
      { keepWhatWasRead: true },
    );
  const away = new UpstreamError('503', { code: 'DOCEBO_UNAVAILABLE' });

  test('the pages before it are kept where that is asked for', async () => {
    expect(await failing(2, away)).toEqual({
      items: [...items(10, 2), ...items(20, 2)],
      faults: ['interrupted'],
      interruptedBy: away,
    });
  });

  test('the first one’s error is thrown, and so is a bug', async () => {
    await expect(failing(0, away)).rejects.toBe(away);
    await expect(failing(1, new TypeError('x'))).rejects.toThrow(TypeError);
  });
});
