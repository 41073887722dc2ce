import type { Truth } from '../../simulators/docebo/academy/truth';
import type { Draw } from './draw';

export interface Command {
  readonly command: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Of what is there at that moment, drawn by the change's own number. */
export interface Scene {
  readonly truth: Truth;
  readonly draw: Draw;
  /** The n-th day from today, `YYYY-MM-DD`. */
  readonly day: (n: number) => string;
}

/** What a change does to the academy as it is; empty: there is nothing that it could be done to. */
export type CommandsOf = (scene: Scene) => readonly Command[];

export function pickSession({ truth, draw }: Scene): Truth['sessions'][number] | undefined {
  return draw.pick(truth.sessions);
}

export function isInstructor(user: { readonly lastName: string }): boolean {
  return user.lastName.startsWith('Teacher');
}

export function seatsOf(truth: Truth, sessionId: number, ...standing: string[]): number[] {
  return truth.enrolments
    .filter((row) => row.sessionId === sessionId && standing.includes(row.status))
    .map((row) => row.userId);
}
