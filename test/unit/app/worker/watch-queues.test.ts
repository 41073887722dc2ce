import { QueueWatch, type QueueWatchOptions } from '../../../../src/app/worker/watch-queues';

function aWatch(over: Partial<QueueWatchOptions> = {}) {
  const errors: Record<string, unknown>[] = [];
  const released: string[] = [];
  const pollers: Record<string, [string, number][]> = {};
  let ensured = 0;
  const options: QueueWatchOptions = {
    identity: 'me',
    held: () => ['graph/a', 'graph/b'],
    readPollers: (queue) => Promise.resolve(new Map(pollers[queue] ?? [])),
    sharing: {
      ownersQueue: 'owners',
      queues: 2,
      ensureOwners: () => Promise.resolve(void ensured++),
      release: (queue) => void released.push(queue),
    },
    logger: {
      info: () => undefined,
      warn: () => undefined,
      error: (fields: object) => void errors.push({ ...fields }),
    },
    ...over,
  };
  return { watch: new QueueWatch(options), errors, released, pollers, ensured: () => ensured };
}

describe('watching the queues', () => {
  it('tells of another living process on a queue that this one serves', async () => {
    const { watch, errors, pollers } = aWatch({ sharing: null });
    // It may be what this process was before it was killed and started anew.
    pollers['graph/a'] = [['other', 100]];
    await watch.look();
    await watch.look();
    expect(errors).toEqual([]);

    pollers['graph/a'] = [
      ['other', 160],
      ['me', 160],
    ];
    await watch.look();
    expect(errors).toEqual([{ code: 'QUEUE_SHARED', queue: 'graph/a', others: ['other'] }]);
  });

  it('says nothing of a queue that it has only just taken from another', async () => {
    let held: string[] = [];
    const { watch, errors, pollers } = aWatch({ held: () => held });
    pollers['graph/a'] = [['other', 100]];
    await watch.look();
    held = ['graph/a'];
    pollers['graph/a'] = [['other', 160]];
    await watch.look();

    expect(errors).toEqual([]);
  });

  it('hands a queue on to a process that lives and has none', async () => {
    const { watch, released, pollers, ensured } = aWatch();
    pollers['owners'] = [
      ['me', 100],
      ['dead', 100],
    ];
    await watch.look();
    pollers['owners'] = [
      ['me', 160],
      ['dead', 100],
    ];
    await watch.look();
    expect(released).toEqual([]);

    pollers['owners'] = [
      ['me', 220],
      ['other', 200],
    ];
    await watch.look();
    expect(released).toEqual(['graph/b']);
    expect(ensured()).toBe(3);
  });
});
