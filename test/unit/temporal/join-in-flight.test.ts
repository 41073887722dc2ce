import { AsyncLocalStorage } from 'node:async_hooks';
import { joinInFlight } from '../../../src/temporal/join-in-flight';

function bench() {
  const sent: { key: string; items: readonly number[]; settle: (error?: Error) => void }[] = [];
  const join = joinInFlight<number>(
    (key, items) =>
      new Promise((resolve, reject) => {
        sent.push({ key, items, settle: (error) => (error ? reject(error) : resolve()) });
      }),
  );
  return { sent, join };
}
const tick = () => new Promise((resolve) => setImmediate(resolve));

test('the first goes out at once, the rest together when it is answered', async () => {
  const { sent, join } = bench();
  const first = join('a', 1);
  const rest = Promise.all([join('a', 2), join('a', 3)]);

  expect(sent.map((s) => s.items)).toEqual([[1]]);
  sent[0]!.settle();
  await first;
  await tick();
  expect(sent.map((s) => s.items)).toEqual([[1], [2, 3]]);
  sent[1]!.settle();
  await rest;
});

test('keys do not wait for each other', () => {
  const { sent, join } = bench();
  void join('a', 1);
  void join('b', 2);

  expect(sent.map((s) => s.key)).toEqual(['a', 'b']);
});

test('a failure is told to those whose items were on board, and to nobody else', async () => {
  const { sent, join } = bench();
  const first = join('a', 1);
  const second = join('a', 2);
  sent[0]!.settle(new Error('away'));

  await expect(first).rejects.toThrow('away');
  await tick();
  sent[1]!.settle();
  await second;
});

test('an idle key starts afresh', async () => {
  const { sent, join } = bench();
  const first = join('a', 1);
  sent[0]!.settle();
  await first;
  await tick();
  void join('a', 2);

  expect(sent.map((s) => s.items)).toEqual([[1], [2]]);
});

test('each call is a part of what asked for its newest item', async () => {
  const asking = new AsyncLocalStorage<string>();
  const seen: (string | undefined)[] = [];
  const join = joinInFlight<number>(async () => {
    seen.push(asking.getStore());
    await tick();
  });

  await Promise.all(['one', 'two', 'three'].map((who, i) => asking.run(who, () => join('a', i))));

  expect(seen).toEqual(['one', 'three']);
});
