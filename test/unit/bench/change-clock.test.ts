import { ChangeClock } from '../../../bench/e2e/change-clock';

const calling = (...addresses: string[]) => ({
  attendees: addresses.map((address) => ({ emailAddress: { address } })),
});

test('a change is over with the first call that names its person', () => {
  let now = 0;
  const clock = new ChangeClock(() => now);
  clock.began('Ada@academy.example');
  now = 1_000;
  clock.began('bob@academy.example');
  now = 6_000;
  clock.saw(calling('old@academy.example', 'ada@academy.example'));
  now = 7_000;
  clock.saw(calling('ada@academy.example', 'bob@academy.example'));

  expect(clock.left).toBe(0);
  expect(clock.take()).toEqual([6_000, 6_000]);
});

test('other requests say nothing, and who was not seen is not carried over', () => {
  const clock = new ChangeClock(() => 0);
  clock.began('ada@academy.example');
  for (const body of [undefined, null, {}, { attendees: [] }, { attendees: [{}] }]) clock.saw(body);

  expect(clock.left).toBe(1);
  expect(clock.take()).toEqual([]);
  expect(clock.left).toBe(0);
});
