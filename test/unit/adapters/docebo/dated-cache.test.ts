import { DatedCache } from '../../../../src/adapters/docebo/reading/dated-cache';
import { aClock } from './stub-docebo';

function aCache(max = 10) {
  const clock = aClock();
  const cache = new DatedCache<string>(max, clock);
  const reads: string[] = [];
  const read = (value: string) => async (): Promise<string> => {
    reads.push(value);
    return value;
  };
  return { clock, cache, reads, read };
}

describe('a cache of dated answers', () => {
  test('serves an answer that was asked for at or after the wanted time', async () => {
    const { clock, cache, reads, read } = aCache();
    const hintAt = clock.iso();
    await cache.get('k', hintAt, read('first'));
    clock.advance(60_000);

    expect(await cache.get('k', hintAt, read('second'))).toBe('first');
    expect(reads).toEqual(['first']);
  });

  test('does not serve an answer from before the wanted time', async () => {
    const { clock, cache, read } = aCache();
    await cache.get('k', clock.iso(), read('before the change'));
    clock.advance(1);

    expect(await cache.get('k', clock.iso(), read('after the change'))).toBe('after the change');
  });

  test('an answer is as old as its request', async () => {
    const { clock, cache, read } = aCache();
    let answer: (value: string) => void = () => undefined;
    const slow = cache.get('k', clock.iso(), () => new Promise((resolve) => (answer = resolve)));
    clock.advance(1_000);
    const changedAt = clock.iso();
    answer('asked before the change');
    await slow;

    expect(await cache.get('k', changedAt, read('asked after it'))).toBe('asked after it');
  });

  test('a request under way is shared by those who accept its age', async () => {
    const { clock, cache, reads, read } = aCache();
    const at = clock.iso();

    expect(await Promise.all([cache.get('k', at, read('a')), cache.get('k', at, read('b'))])).toEqual(['a', 'a']);
    expect(reads).toEqual(['a']);
  });

  test('a failure is not kept', async () => {
    const { clock, cache, read } = aCache();
    const at = clock.iso();
    await expect(cache.get('k', at, () => Promise.reject(new Error('away')))).rejects.toThrow('away');

    expect(await cache.get('k', at, read('back'))).toBe('back');
  });

  test('keeps so many and no more', async () => {
    const { clock, cache, reads, read } = aCache(2);
    const at = clock.iso();
    for (const key of ['a', 'b', 'c', 'a']) await cache.get(key, at, read(key));

    expect(reads).toEqual(['a', 'b', 'c', 'a']);
  });
});
