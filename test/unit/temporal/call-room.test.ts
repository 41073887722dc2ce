import { setTimeout as sleep } from 'node:timers/promises';
import { createCallRoom } from '../../../src/temporal/call-room';

const late = (): Error => new Error('late');
const FAR = Number.MAX_SAFE_INTEGER;

/** Calls that end when they are told to. */
function bench(max: number) {
  let clock = 0;
  const room = createCallRoom({ max, late, now: () => clock });
  const made: { readonly name: string; readonly end: (error?: Error) => void }[] = [];
  const ask = (name: string, until = FAR): Promise<string> =>
    room(
      until,
      () =>
        new Promise<string>((resolve, reject) => {
          made.push({ name, end: (error) => (error === undefined ? resolve(name) : reject(error)) });
        }),
    );
  return { ask, made, names: () => made.map(({ name }) => name), passUntil: (ms: number) => (clock = ms) };
}

test('so many calls run, and the next in line begins when one ends, however it ends', async () => {
  const { ask, made, names } = bench(2);
  const asked = ['a', 'b', 'c', 'd'].map((name) => ask(name).catch((error: Error) => error.message));

  expect(names()).toEqual(['a', 'b']);
  made[1]!.end(new Error('refused'));
  expect(await asked[1]).toBe('refused');
  expect(names()).toEqual(['a', 'b', 'c']);
  made[0]!.end();
  made[2]!.end();
  expect(await Promise.all([asked[0], asked[2]])).toEqual(['a', 'c']);
  made[3]!.end();

  expect(await asked[3]).toBe('d');
});

test('a call whose time is over before there is room is never made, and those behind it are', async () => {
  const { ask, made, names, passUntil } = bench(1);
  const first = ask('first');
  const tooLate = ask('too late', 1_000);
  const patient = ask('patient', 2_000);

  passUntil(1_000);
  made[0]!.end();
  await first;

  await expect(tooLate).rejects.toThrow('late');
  expect(names()).toEqual(['first', 'patient']);
  made[1]!.end();
  await patient;
});

test('ten thousand that nobody waits for any more are passed over at once', async () => {
  const { ask, made, passUntil } = bench(100);
  const asked = Array.from({ length: 10_000 }, (_, i) => ask(String(i), 3_500).catch(() => 'late'));
  const running = made.splice(0);

  passUntil(3_500);
  const begin = performance.now();
  for (const { end } of running) end();
  const outcomes = await Promise.all(asked);

  expect(performance.now() - begin).toBeLessThan(1_000);
  expect(outcomes.filter((outcome) => outcome === 'late')).toHaveLength(9_900);
  expect(made).toEqual([]);
});

test('the clock is the monotonic one', async () => {
  const room = createCallRoom({ max: 1, late });
  const slow = room(performance.now() + 1_000, () => sleep(30, 'slow'));
  const hurried = room(performance.now() + 10, async () => 'hurried');

  expect(await slow).toBe('slow');
  await expect(hurried).rejects.toThrow('late');
});
