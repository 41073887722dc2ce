import type { Truth } from '../../simulators/docebo/academy/truth';
import type { ChangeKind } from './changes';
import { Draw } from './draw';
import { otherCommands } from './other-commands';
import type { Command, CommandsOf } from './scene';
import { seatCommands } from './seat-commands';
import { sessionCommands } from './session-commands';

const ALL: Readonly<Record<ChangeKind, CommandsOf>> = { ...seatCommands, ...sessionCommands, ...otherCommands };

/** What a change does to the academy as it is; empty: there is nothing that it could be done to. */
export function toCommands(kind: ChangeKind, salt: number, truth: Truth): readonly Command[] {
  return ALL[kind]({ truth, draw: new Draw(salt), day: daysAhead });
}

/** The n-th day from today, `YYYY-MM-DD`. */
export function daysAhead(n: number): string {
  return new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
}
