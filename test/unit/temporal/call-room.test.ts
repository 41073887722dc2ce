import { AsyncLocalStorage } from 'node:async_hooks';
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

const isOpen = (asked: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    asked.then(
      () => false,
      () => false,
    ),
    Promise.resolve().then(() => true),
  ]);

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
  let told = 0;
  const asked = Array.from({ length: 10_000 }, (_, i) => ask(String(i), 3_500).catch(() => void told++));
  const running = made.splice(0);

  passUntil(3_500);
  running[0]!.end();
  await new Promise(setImmediate);
  expect(told).toBe(9_900);
  for (const { end } of running) end();
  await Promise.all(asked);

  expect(told).toBe(9_900);
  expect(made).toEqual([]);
});

test('the clock is the monotonic one', async () => {
  const room = createCallRoom({ max: 1, late });
  const slow = room(performance.now() + 60_000, () => sleep(30, 'slow'));
  const hurried = room(performance.now() + 10, async () => 'hurried');

  expect(await slow).toBe('slow');
  await expect(hurried).rejects.toThrow('late');
});

describe('when no call is answered any more', () => {
  afterEach(() => jest.useRealTimers());

  test('who waits is told after a second and a half, and who comes then at once; those under way are the probes', async () => {
    jest.useFakeTimers();
    const { ask, made, names, passUntil } = bench(2);
    const running = [ask('a'), ask('b')];
    const waiting = ask('waits');
    passUntil(1_499);
    jest.advanceTimersByTime(1_499);
    const still = ask('still waits');
    expect(await isOpen(waiting)).toBe(true);
    passUntil(1_500);
    jest.advanceTimersByTime(1);

    await expect(Promise.any([waiting, still])).rejects.toMatchObject({ errors: [late(), late()] });
    await expect(ask('comes later')).rejects.toThrow('late');
    expect(names()).toEqual(['a', 'b']);

    made[0]!.end();
    await running[0];
    const next = [ask('c'), ask('d')];
    expect(names()).toEqual(['a', 'b', 'c']);
    made[1]!.end();
    made[2]!.end();
    await Promise.all([running[1], next[0]]);
    made[3]!.end();
    expect(await next[1]).toBe('d');
  });

  test('a process that was away itself for seconds draws no conclusion from that', async () => {
    jest.useFakeTimers();
    const { ask, made, passUntil } = bench(1);
    const running = ask('a');
    const waiting = ask('waits');
    passUntil(10_000);
    jest.advanceTimersToNextTimer();
    const next = ask('comes later');
    expect(await isOpen(waiting)).toBe(true);

    made[0]!.end();
    await running;
    made[1]!.end();
    await waiting;
    made[2]!.end();
    expect(await next).toBe('comes later');
  });

  test('a process that turns slowly needs three looks, not six', async () => {
    jest.useFakeTimers();
    const { ask, passUntil } = bench(1);
    void ask('a');
    const waiting = ask('waits');
    for (const ms of [1_000, 2_000]) {
      passUntil(ms);
      jest.advanceTimersToNextTimer();
      expect(await isOpen(waiting)).toBe(true);
    }
    passUntil(3_000);
    jest.advanceTimersToNextTimer();

    await expect(waiting).rejects.toThrow('late');
  });

  test('nobody has to come for it to be seen', async () => {
    const room = createCallRoom({ max: 1, late });
    let answer = (_: string): void => undefined;
    const hanging = room(FAR, () => new Promise<string>((resolve) => (answer = resolve)));

    await expect(room(FAR, async () => 'never')).rejects.toThrow('late');

    answer('at last');
    expect(await hanging).toBe('at last');
  });

  test('a failure of long ago is no sign of it', async () => {
    const { ask, made, passUntil, names } = bench(1);
    const failed = ask('a').catch(() => 'failed');
    made[0]!.end(new Error('refused'));
    await failed;

    passUntil(3_600_000);
    void ask('b');
    const waits = ask('c');
    made[1]!.end();
    await new Promise(setImmediate);
    made[2]!.end();

    expect(await waits).toBe('c');
    expect(names()).toEqual(['a', 'b', 'c']);
  });
});

test('a call is a part of what asked for it, whoever made room', async () => {
  const asking = new AsyncLocalStorage<string>();
  const room = createCallRoom({ max: 1, late });
  const seen: (string | undefined)[] = [];
  const ask = (who: string): Promise<void> =>
    asking.run(who, () =>
      room(FAR, async () => {
        seen.push(asking.getStore());
        await sleep(5);
      }),
    );

  await Promise.all(['one', 'two', 'three'].map(ask));

  expect(seen).toEqual(['one', 'two', 'three']);
});
