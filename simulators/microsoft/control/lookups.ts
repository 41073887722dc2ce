import type { Mailbox, StoredEvent } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';
import { ControlError } from './control-error';

export function mailboxNamed(state: SimulatorState, name: string): Mailbox {
  const found = state.findMailbox(name);
  if (found === undefined) throw new ControlError(404, `there is no mailbox '${name}'`);
  return found;
}

/** By immutable or present default id, in any mailbox. */
export function eventNamed(state: SimulatorState, id: string): StoredEvent {
  const found = state.events.get(id) ?? state.events.all().find((e) => e.restId === id);
  if (found === undefined) throw new ControlError(404, `there is no event '${id}'`);
  return found;
}

/** Runs what throws plain Errors for wrong requests, and answers 400 with their message. */
export function orBadRequest<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof ControlError) throw error;
    throw new ControlError(400, (error as Error).message);
  }
}
