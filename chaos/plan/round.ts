import type { Fault } from '../../simulators/kit/faults';
import type { Oddity } from '../../simulators/docebo/api/oddities';
import type { ChangeKind } from './changes';

/** A change of the academy: what kind, and the number from which its subject is drawn among what is there at that moment. */
export interface PlannedChange {
  readonly kind: ChangeKind;
  readonly salt: number;
  /** Its webhooks are lost at the source. */
  readonly silent: boolean;
}

/** What becomes of the webhooks of a round's changes; probabilities as in the simulator's settings. */
export interface WebhookFate {
  readonly seed: number;
  readonly losses: number;
  readonly duplicates: number;
  readonly delayed: number;
  readonly delayMs: number;
  readonly split: 'whole' | 'random' | 'ones';
  readonly maxGroup: number;
  readonly groupOfOne: 'payload' | 'payloads' | 'random';
  readonly parallelPerHost: number;
  /** Kept back until the end of the round, then let go in this order; null: not kept back. */
  readonly held: 'queued' | 'reversed' | 'shuffled' | null;
  /** Messages of the past that come once more. */
  readonly replays: number;
}

export interface PlannedFault {
  readonly side: 'graph' | 'docebo';
  /** For the counts. */
  readonly label: string;
  readonly fault: Fault;
  /** How many rounds it stays armed, this one included. */
  readonly rounds: number;
}

export type ProgramName = 'api' | 'worker' | 'temporal';

export type PlannedOutage =
  | { readonly kind: 'kill'; readonly program: ProgramName; readonly afterMs: number; readonly downMs: number }
  | { readonly kind: 'pause'; readonly program: ProgramName; readonly afterMs: number; readonly pauseMs: number };

export interface PlannedDeed {
  /** An invited person's answer, or what the owner of the calendar does by hand. */
  readonly kind: 'answer' | 'handMove' | 'handPlace' | 'handRemovePerson' | 'handDelete' | 'handDeleteSilently';
  readonly salt: number;
}

/** One round, as JSON: everything that the seed decides. What it meets when it is played depends on the machine's timing too. */
export interface Round {
  readonly number: number;
  readonly changes: readonly PlannedChange[];
  readonly webhooks: WebhookFate;
  /** The API shows changes so much later than webhooks tell them; `held`: not before the round is over. */
  readonly lag: number | 'held';
  readonly faults: readonly PlannedFault[];
  readonly oddities: readonly Oddity[];
  readonly revokeTokens: 'graph' | 'docebo' | null;
  readonly outage: PlannedOutage | null;
  readonly deeds: readonly PlannedDeed[];
  /** A sweep or a poll of answers in the middle of it all. */
  readonly trigger: 'sweep' | 'poll' | null;
  readonly restMs: number;
}
