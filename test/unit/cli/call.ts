import type { Cli } from '../../../src/cli/cli';
import type { ReplayResult } from '../../../src/app/replay-histories';
import { runCli } from '../../../src/cli/run-cli';
import { VERBS } from '../../../src/cli/verbs';
import { FakeKeyDesk } from '../../fakes/fake-key-desk';
import { FakeOperator } from '../../fakes/fake-operator';

export const NOW = '2026-11-27T20:00:00.000Z';

/** What a call printed and how it ended. */
export interface Call {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  readonly json: () => Record<string, unknown>;
}

export interface Terminal {
  readonly operator?: FakeOperator;
  readonly keys?: FakeKeyDesk;
  readonly platforms?: readonly string[];
  /** What a person types, line by line; without it nobody is there. */
  readonly answers?: readonly string[];
  readonly colours?: boolean;
  readonly openFails?: Error;
  readonly misfit?: ReplayResult['misfit'];
}

/** Runs one command line over a fake operator. */
export async function call(line: string | readonly string[], terminal: Terminal = {}): Promise<Call> {
  const { operator = new FakeOperator(), platforms = ['academy'], answers, colours = false, openFails } = terminal;
  const keys = terminal.keys ?? new FakeKeyDesk();
  const typed = [...(answers ?? [])];
  const said = { out: '', err: '' };
  const cli: Cli = {
    io: {
      out: (text) => void (said.out += text),
      err: (text) => void (said.err += text),
      asksPeople: answers !== undefined,
      rewrites: false,
      colours,
      ask: async (question) => {
        said.err += `${question}\n`;
        return typed.shift() ?? null;
      },
    },
    now: () => new Date(NOW),
    user: () => 'ops',
    openOperator: async () => {
      if (openFails !== undefined) throw openFails;
      return { operator, keys, platforms, close: async () => undefined };
    },
    replayer: async () => ({
      parse: () => ({ events: [] }),
      replay: async (entries) =>
        entries.map((e, i) => ({ ...e, runId: `run-${i + 1}`, events: 5, misfit: terminal.misfit ?? null })),
    }),
    codecKeyIds: () => keys.ring,
    loadConfig: () => {
      throw new Error('no verb of these tests needs it');
    },
  };
  const exit = await runCli(typeof line === 'string' ? line.split(' ') : line, VERBS, cli);
  return { exit, ...said, json: () => JSON.parse(said.out) as Record<string, unknown> };
}
