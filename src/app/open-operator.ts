import type { PlatformKey } from '../domain/model';
import { connectClient } from '../temporal/connection';
import { createDataConverter } from '../temporal/data-converter';
import { createOperator } from '../temporal/operator/create-operator';
import type { Operator } from '../temporal/operator/operator';
import { createKeyDesk, type KeyDesk } from '../temporal/key-usage/key-desk';
import { createSessionHints } from '../temporal/session-hints';
import { NO_SESSIONS_MS } from './limits';
import { loadOperatorSettings, type OperatorSettings } from './operator-settings';
import { createSignIns } from './accounts/sign-ins';

export { createOperator } from '../temporal/operator/create-operator';
export type {
  Execution,
  Operator,
  PlatformCoverage,
  SessionFilter,
  SessionList,
  SessionRow,
  SessionView,
  StoredHistory,
  WorkflowRun,
} from '../temporal/operator/operator';
export type { KeyDesk } from '../temporal/key-usage/key-desk';
export type { KeyStanding, KeyUsage, KeyUser, SignInUse } from '../temporal/key-usage/key-usage';
export type { Left, RenewResult } from '../temporal/key-usage/renew-keys';
export type { SessionStory, StoryCall, StoryPlan } from '../temporal/operator/session-story';

/** An operator with a connection of its own. */
export interface OpenOperator {
  readonly operator: Operator;
  readonly keys: KeyDesk;
  /** Keys of the platforms in convoke.yaml; empty where there is no such file. */
  readonly platforms: readonly PlatformKey[];
  close(): Promise<void>;
}

/** For processes that have no connection to Temporal yet. @throws ConfigError; UpstreamError `TEMPORAL_UNAVAILABLE`. */
export async function openOperator(settings: OperatorSettings = loadOperatorSettings()): Promise<OpenOperator> {
  const { temporal, codecKeys, platforms, pace, signIns } = settings;
  const { client, close } = await connectClient(temporal, createDataConverter(codecKeys));
  const hints = createSessionHints({ client, paceOf: () => pace, noSessionsMs: NO_SESSIONS_MS });
  const keys = createKeyDesk(
    client,
    codecKeys.map(({ id }) => id),
    signIns === null ? null : createSignIns(signIns, codecKeys),
  );
  return { operator: createOperator({ client, hints }), keys, platforms, close };
}
