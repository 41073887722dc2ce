import { planRound } from '../../../chaos/plan/plan-round';
import { toCommands } from '../../../chaos/plan/to-commands';
import { seedAcademy } from '../../../chaos/run/seed-academy';
import { truthOf } from '../../../simulators/docebo/academy/truth';
import { createDoceboSimulator, type DoceboSimulator } from '../../../simulators/docebo/server';
import profile from '../../../profiles/assumed-v1.json';

const SHAPE = { bridgedLagMs: 600 };
const ROUNDS = Array.from({ length: 400 }, (_, i) => i + 1);

/** What the academy is after the changes of some rounds; times apart. */
function play(docebo: DoceboSimulator, seed: number, rounds: readonly number[]): string {
  seedAcademy(docebo, seed);
  for (const number of rounds) {
    for (const { kind, salt } of planRound(seed, number, SHAPE).changes) {
      const commands = toCommands(kind, salt, truthOf(docebo.academy));
      if (commands.length > 0) docebo.academy.run(commands);
    }
  }
  return JSON.stringify(docebo.academy.state).replaceAll(/"\d{4}-\d{2}-\d{2}T[\d:.]+Z"/g, '');
}

test('the same seed draws the same rounds, another one others', () => {
  const of = (seed: number): string => JSON.stringify(ROUNDS.map((number) => planRound(seed, number, SHAPE)));

  expect(of(7)).toBe(of(7));
  expect(of(7)).not.toBe(of(8));
});

test('the same rounds leave the same academy, and none of their changes is refused', async () => {
  const [one, two] = [
    createDoceboSimulator({ profile: profile as never }),
    createDoceboSimulator({ profile: profile as never }),
  ];

  const some = ROUNDS.slice(0, 120);
  expect(play(one, 3, some)).toBe(play(two, 3, some));

  expect(Object.keys(one.academy.state.sessions).length).toBeGreaterThan(3);
  await Promise.all([one.close(), two.close()]);
});

test('no kind of change, fault, outage or deed is left out', () => {
  const rounds = ROUNDS.map((number) => planRound(5, number, SHAPE));
  const count = (values: readonly string[]): number => new Set(values).size;

  expect(count(rounds.flatMap((r) => r.changes.map(({ kind }) => kind)))).toBe(35);
  expect(count(rounds.flatMap((r) => r.faults.map(({ label }) => label.split(': ')[1] ?? '')))).toBe(21);
  expect(count(rounds.flatMap((r) => (r.outage === null ? [] : [`${r.outage.kind} ${r.outage.program}`])))).toBe(6);
  expect(count(rounds.flatMap((r) => r.deeds.map(({ kind }) => kind)))).toBe(6);
});
