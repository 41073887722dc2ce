import type { Clock } from '../../kit/clock';
import { commandOf } from './commands';
import { Draft } from './draft';
import type { Fact } from './facts';
import { emptyAcademy, type AcademyState } from './model';

/** One step of a change: a command's name with its arguments. */
export interface CommandCall {
  readonly command: string;
  readonly args?: unknown;
}

export interface Change {
  readonly before: AcademyState;
  readonly after: AcademyState;
  readonly facts: readonly Fact[];
  /** True when one call did several things: Docebo's `fired_by_batch_action`. */
  readonly batch: boolean;
  readonly at: Date;
}

type Listener = (change: Change) => void;

/** Holds the truth and changes it, one command or one batch at a time: all of it or nothing. */
export class Academy {
  private current = emptyAcademy();
  private readonly listeners: Listener[] = [];

  constructor(private readonly clock: Clock) {}

  get state(): AcademyState {
    return this.current;
  }

  /** Puts another state in place; nobody is told. */
  replace(state: AcademyState): void {
    this.current = state;
  }

  onChange(listener: Listener): void {
    this.listeners.push(listener);
  }

  /**
   * Carries out the calls as one process. A `silent` change tells nobody, as when Docebo loses a webhook at its source.
   *
   * @throws CommandError for an unknown command, bad arguments or an impossible step; the state stays as it was.
   */
  run(calls: readonly CommandCall[], { silent = false } = {}): unknown[] {
    const before = this.current;
    const draft = new Draft(before, this.clock.now());
    const results = calls.map((call) => commandOf(call.command)(draft, call.args ?? {}));
    this.current = draft.state;
    const facts = silent ? [] : draft.facts;
    const batch = calls.length > 1 || isRepetitive(facts);
    for (const listener of this.listeners) listener({ before, after: draft.state, facts, batch, at: draft.now });
    return results;
  }
}

/** Ten enrolments by one call are a batch; a call that changes one thing and tells it in two ways is none. */
function isRepetitive(facts: readonly Fact[]): boolean {
  return new Set(facts.map((fact) => fact.kind)).size < facts.length;
}
