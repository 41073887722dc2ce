import { alivePollers, surplusQueue } from '../../../../src/temporal/queues/queue-shares';

describe('alivePollers', () => {
  it('are those that polled since the look before, or came since', () => {
    const before = new Map([
      ['dead', 100],
      ['living', 100],
    ]);
    const now = new Map([
      ['dead', 100],
      ['living', 160],
      ['new', 130],
    ]);

    expect(alivePollers(before, now)).toEqual(['living', 'new']);
  });
});

describe('surplusQueue', () => {
  it.each([
    [['a', 'b', 'c', 'd'], 4, 2, 'd'],
    [['a', 'b'], 4, 2, null],
    [['a', 'b', 'c'], 5, 2, null],
    [['a', 'b'], 2, 3, 'b'],
    [['a', 'b', 'c'], 3, 1, null],
    [[], 3, 2, null],
  ])('%j of %d queues in %d processes: %s', (held, queues, processes, queue) => {
    expect(surplusQueue({ held, queues, processes })).toBe(queue);
  });
});
