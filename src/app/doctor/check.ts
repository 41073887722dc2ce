import type { Client } from '@temporalio/client';
import type { SmtpSettings } from '../../adapters/mail/smtp';
import type { PlatformHealthState } from '../../contract/messages';
import type { MailboxFacts, PlatformFacts } from '../../domain/inspection/facts';
import type { MailboxKey, PlatformKey } from '../../domain/model';
import type { AddressKeys } from '../../domain/ports';
import type { QueueRead, QueueReads } from '../../temporal/queues/queue-reads';
import type { Config } from '../config/config-types';
import type { Secrets } from '../secrets';

/** `green`: as it should be; `yellow`: works, or could not be told, and somebody should look; `red`: does not work or is dangerous. */
export type Verdict = 'green' | 'yellow' | 'red';

/** One line of the doctor's. No secrets and no personal data. */
export interface Finding {
  /** Dotted name of the check; stable, for scripts. */
  readonly check: string;
  /** Platform, mailbox, queue or schedule that it is about; empty: the installation. */
  readonly subject: string;
  readonly verdict: Verdict;
  readonly says: string;
  /** Commands and clicks that mend it, in this order; empty for green. */
  readonly mend: readonly string[];
}

/** What checks look at. Each look happens once, whoever asks first. */
export interface DoctorContext {
  readonly config: Config;
  readonly secrets: Secrets;
  /** Those that were asked for. */
  readonly platforms: readonly PlatformKey[];
  readonly mailboxes: readonly MailboxKey[];
  readonly now: () => Date;
  readonly fetch: typeof globalThis.fetch;
  readonly keyOf: AddressKeys;
  /** A mailbox that must not be reachable was named. */
  readonly triesOther: boolean;
  /** Null: Temporal does not answer. */
  readonly client: Client | null;
  readonly reads: QueueReads;
  readonly platformFacts: (platform: PlatformKey) => Promise<QueueRead<PlatformFacts>>;
  readonly mailboxFacts: (mailbox: MailboxKey) => Promise<QueueRead<MailboxFacts>>;
  /** Null: nothing was reported yet; `unreadable`: no worker answers. */
  readonly health: (platform: PlatformKey) => Promise<PlatformHealthState | null | 'unreadable'>;
  /** Connects and signs in, and sends nothing. Errors: `MAIL_*`. */
  readonly tryMailServer: (smtp: SmtpSettings) => Promise<void>;
}

export interface Check {
  /** Prefix of its findings' names. */
  readonly name: string;
  /** Shown while it runs. */
  readonly title: string;
  /** Where Temporal does not answer, checks that need it are left out: one red line says so. */
  readonly needsTemporal: boolean;
  /** What it throws becomes a red line of its own. */
  readonly run: (context: DoctorContext) => Promise<readonly Finding[]>;
}

type Told = readonly [check: string, subject: string, says: string];

export function green(...[check, subject, says]: Told): Finding {
  return { check, subject, verdict: 'green', says, mend: [] };
}

export function yellow(told: Told, ...mend: readonly string[]): Finding {
  return { check: told[0], subject: told[1], verdict: 'yellow', says: told[2], mend };
}

export function red(told: Told, ...mend: readonly string[]): Finding {
  return { check: told[0], subject: told[1], verdict: 'red', says: told[2], mend };
}
