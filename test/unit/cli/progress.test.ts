import { withProgress } from '../../../src/cli/progress';
import type { Io } from '../../../src/cli/io';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function anIo(rewrites: boolean): { readonly io: Io; readonly said: string[] } {
  const said: string[] = [];
  const err = (text: string): void => void said.push(text);
  return {
    io: { out: () => undefined, err, asksPeople: false, rewrites, colours: false, ask: async () => null },
    said,
  };
}

async function last(io: Io, ms: number): Promise<string> {
  const work = withProgress(io, 'asking', async (tell) => {
    tell('3 of 9');
    await new Promise((resolve) => setTimeout(resolve, ms));
    return 'done';
  });
  await jest.advanceTimersByTimeAsync(ms);
  return work;
}

test('what is over within two seconds says nothing', async () => {
  const { io, said } = anIo(false);

  expect(await last(io, 1_900)).toBe('done');
  expect(said).toEqual([]);
});

test('a pipe gets a line now and then', async () => {
  const { io, said } = anIo(false);

  await last(io, 13_000);

  expect(said).toEqual(['asking: 3 of 9 (2 s)\n', 'asking: 3 of 9 (7 s)\n', 'asking: 3 of 9 (12 s)\n']);
});

test('a terminal gets one line, which is gone in the end', async () => {
  const { io, said } = anIo(true);

  await last(io, 3_000);

  expect(said.join('')).not.toContain('\n');
  expect(said.at(-1)).toBe('\r\u001b[2K');
});
