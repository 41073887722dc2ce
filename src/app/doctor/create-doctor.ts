import { randomUUID } from 'node:crypto';
import { createOperatorReads } from '../../activities/inspections';
import { doceboQueue, graphQueue } from '../../contract/queues';
import type { OperatorReads } from '../../contract/operator-reads';
import { AppError } from '../../domain/errors';
import type { MailboxKey, PlatformKey } from '../../domain/model';
import { DEFAULT_SWEEP } from '../../domain/sweep/sweep-settings';
import { connectClient, type TemporalClient } from '../../temporal/connection';
import { createDataConverter } from '../../temporal/data-converter';
import { readHealth } from '../../temporal/failure-sources';
import { createQueueReads, type QueueReads } from '../../temporal/queues/queue-reads';
import { createSessionRegistry } from '../../temporal/session-registry';
import type { Configuration } from '../config';
import { createAddressKeys, digest } from '../keys';
import { tryMailServer } from '../systems/mail-sender';
import { createSystems, systemClock, type Systems } from '../systems/systems';
import type { DoctorContext } from './check';

/** An operator's way to the live systems: through the worker's queues where there is one. */
export interface OperatorLooks {
  readonly configuration: Configuration;
  /** Null: Temporal does not answer. */
  readonly temporal: TemporalClient | null;
  readonly reads: QueueReads;
  close(): Promise<void>;
}

/**
 * @param verb stands in the ids of the workflows that read.
 * @param connect null: Temporal does not answer.
 */
export async function createOperatorLooks(
  configuration: Configuration,
  verb: string,
  connect: (configuration: Configuration) => Promise<TemporalClient | null> = connectIfThere,
): Promise<OperatorLooks> {
  const { config, secrets } = configuration;
  const temporal = await connect(configuration);
  const here = readHere(configuration, createSystems({ config, secrets }), temporal);
  const reads = createQueueReads({ client: temporal?.client ?? null, verb, here, uniqueId: randomUUID });
  return { configuration, temporal, reads, close: async () => temporal?.close() };
}

async function connectIfThere({ config, secrets }: Configuration): Promise<TemporalClient | null> {
  try {
    return await connectClient({ ...config.temporal, ...secrets.temporal }, createDataConverter(secrets.codecKeys));
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function readHere(
  { config, secrets }: Configuration,
  systems: Systems,
  temporal: TemporalClient | null,
): OperatorReads {
  const { schedules } = config;
  return createOperatorReads({
    ...systems,
    registry:
      temporal === null
        ? { listRunning: async () => ({ standings: new Map(), complete: false }), inspect: async () => new Map() }
        : createSessionRegistry(temporal.client),
    hints: { hint: async () => undefined },
    sweepSettingsOf: () => ({
      ...DEFAULT_SWEEP,
      fullAt: schedules.sweepAllAt,
      zone: schedules.timeZone,
      maxCalls: schedules.sweepCalls,
      nearMs: schedules.sweepNearMs,
    }),
    sweepProgress: { last: () => null, tell: () => undefined },
    keyOf: createAddressKeys(secrets.addressKey),
    digest,
    clock: systemClock,
  });
}

export function createDoctorContext(
  looks: OperatorLooks,
  options: {
    readonly platforms: readonly PlatformKey[];
    readonly mailboxes: readonly MailboxKey[];
    readonly otherMailbox: string | null;
  },
): DoctorContext {
  const { reads, temporal } = looks;
  const { config, secrets } = looks.configuration;
  const client = temporal?.client ?? null;
  const { sender, failureRecipients } = config.notifications;
  return {
    config,
    secrets,
    platforms: options.platforms,
    mailboxes: options.mailboxes,
    now: () => new Date(),
    fetch: globalThis.fetch,
    keyOf: createAddressKeys(secrets.addressKey),
    triesOther: options.otherMailbox !== null,
    client,
    reads,
    platformFacts: once((platform) => reads.read(doceboQueue(platform), 'inspectPlatform', { platform })),
    mailboxFacts: once((mailbox) =>
      reads.read(graphQueue(mailbox), 'inspectMailbox', {
        mailbox,
        other: options.otherMailbox,
        mail: sender?.by === 'graph' && sender.mailbox === mailbox && failureRecipients.length > 0,
      }),
    ),
    health: once(async (platform) => (client === null ? 'unreadable' : readHealth(client, platform))),
    tryMailServer: (smtp) => tryMailServer(smtp, secrets.smtpPassword),
  };
}

/** The same answer for everybody who asks. */
function once<T>(look: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key) => {
    const answer = known.get(key) ?? look(key);
    known.set(key, answer);
    return answer;
  };
}
