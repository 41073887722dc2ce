import type { App } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';

/** What somebody has accepted for an app so far. */
export function consentsOf(state: SimulatorState, app: App, mailboxId: string): readonly string[] {
  return state.data.consents[keyOf(app, mailboxId)] ?? [];
}

export function addConsent(state: SimulatorState, app: App, mailboxId: string, scopes: readonly string[]): void {
  state.data.consents[keyOf(app, mailboxId)] = [...new Set([...consentsOf(state, app, mailboxId), ...scopes])];
}

function keyOf(app: App, mailboxId: string): string {
  return `${app.clientId} ${mailboxId}`;
}
