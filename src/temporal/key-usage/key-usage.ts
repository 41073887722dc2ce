import type { Instant } from '../../domain/model';

/** What needs a key. Names and ids only. */
export type KeyUser =
  | {
      readonly kind: 'run';
      readonly workflowId: string;
      readonly runId: string;
      readonly workflowType: string;
      /** When the run began. */
      readonly since: Instant;
      readonly keys: ReadonlySet<string>;
      /** Keys of summaries, which no worker decodes. */
      readonly shown: ReadonlySet<string>;
    }
  | {
      /** `memory`: the last result, in which cursors live. */
      readonly kind: 'action' | 'memory';
      readonly scheduleId: string;
      readonly paused: boolean;
      /** When the result was made; null of an action. */
      readonly since: Instant | null;
      readonly keys: ReadonlySet<string>;
      readonly shown: ReadonlySet<string>;
    }
  | {
      readonly kind: 'sign-in';
      readonly account: string;
      readonly since: Instant;
      readonly keys: ReadonlySet<string>;
      readonly shown: ReadonlySet<string>;
    };

/** A person's sign-in at Microsoft, as it lies on this machine. */
export type SignInUse = { readonly account: string } & (
  | { readonly state: 'sealed'; readonly key: string; readonly since: Instant }
  /** `none`: nobody signed in, or the file is on another machine; `unreadable`: under which key it is cannot be told. */
  | { readonly state: 'none' | 'unreadable' }
);

/** Sign-ins are under the same ring as what Temporal stores, and lie beside it. */
export interface SignIns {
  /** Of all accounts that somebody signs in to. */
  look(): Promise<readonly SignInUse[]>;
  /** Writes one anew under the first key. @throws AccessError `GRAPH_SIGN_IN`. */
  renew(account: string): Promise<void>;
}

/** How one key stands, by what was found. */
export interface KeyStanding {
  readonly id: string;
  /** `encrypts`: the first; `needed`: something open cannot go on without it; `free`: it may be dropped; `missing`: needed, and not in the ring. */
  readonly state: 'encrypts' | 'needed' | 'free' | 'missing';
  readonly runs: number;
  readonly actions: number;
  readonly memories: number;
  readonly signIns: number;
  /** Open runs of which summaries alone are under it: shown in the Web UI, needed by nobody. */
  readonly onlyShown: number;
  /** Runs that have ended and are kept for reading; null: not looked through. */
  readonly ended: number | null;
  /** The oldest of what needs it. */
  readonly oldest: Instant | null;
}

export interface KeyUsage {
  readonly at: Instant;
  readonly openRuns: number;
  readonly schedules: number;
  readonly keys: readonly KeyStanding[];
  /** Schedules whose last result Temporal no longer shows: under which key it is cannot be told, and no key is free. */
  readonly unknown: readonly string[];
  /** Null: not looked at, since nothing here says where they are. While one is unreadable, no key is free. */
  readonly signIns: readonly SignInUse[] | null;
  readonly users: readonly KeyUser[];
}

/** Folds what was found into one line for each key, of the ring or found: those of the ring first, in its order. */
export function foldUsage(input: {
  readonly ring: readonly string[];
  readonly users: readonly KeyUser[];
  /** Everything has told its key. */
  readonly isCertain: boolean;
  /** Ended runs by key; null: not looked through. */
  readonly ended: ReadonlyMap<string, number> | null;
}): KeyStanding[] {
  const { ring, users, isCertain, ended } = input;
  const found = users.flatMap(({ keys, shown }) => [...keys, ...shown]);
  const ids = [...new Set([...ring, ...[...found, ...(ended?.keys() ?? [])].sort()])];
  return ids.flatMap((id): KeyStanding[] => {
    const by = users.filter(({ keys }) => keys.has(id));
    const count = (kind: KeyUser['kind']): number => by.filter((user) => user.kind === kind).length;
    const isNeeded = by.length > 0;
    const oldest = by.flatMap(({ since }) => (since === null ? [] : [since])).sort()[0] ?? null;
    // A key that nobody needs and nobody holds is of no interest unless ended runs are asked for.
    if (!isNeeded && !ring.includes(id) && ended === null) return [];
    return [
      {
        id,
        state: stateOf(ring, id, { isNeeded, isCertain }),
        runs: count('run'),
        actions: count('action'),
        memories: count('memory'),
        signIns: count('sign-in'),
        onlyShown: users.filter((user) => user.kind === 'run' && user.shown.has(id) && !user.keys.has(id)).length,
        ended: ended === null ? null : (ended.get(id) ?? 0),
        oldest,
      },
    ];
  });
}

function stateOf(
  ring: readonly string[],
  id: string,
  { isNeeded, isCertain }: { readonly isNeeded: boolean; readonly isCertain: boolean },
): KeyStanding['state'] {
  if (!ring.includes(id)) return isNeeded ? 'missing' : 'free';
  if (ring[0] === id) return 'encrypts';
  return isNeeded || !isCertain ? 'needed' : 'free';
}
