import type { ScheduleOptions } from '@temporalio/client';
import { rsvpPollId } from '../contract/ids';
import { WORKFLOWS } from '../contract/messages';
import { SESSIONS_QUEUE } from '../contract/queues';
import type { MailboxKey, PlatformKey } from '../domain/model';

export interface ScheduleTimes {
  readonly rsvpPollMs: number;
  readonly sweepMs: number;
  readonly failureDigestMs: number;
}

export interface ConvokeSchedule {
  readonly platform: PlatformKey | null;
  readonly mailbox: MailboxKey | null;
  readonly options: ScheduleOptions;
}

const MINUTE_MS = 60_000;

/** The schedules that this configuration wants. Their ids, and the names of what they start, never change. */
export function convokeSchedules(input: {
  readonly mailboxes: readonly MailboxKey[];
  /** Platforms that may be swept. */
  readonly platforms: readonly PlatformKey[];
  /** The mailbox that failure mails are sent from; null: none is. Of no matter to the schedules' ids. */
  readonly mailsFrom?: MailboxKey | null;
  readonly times: ScheduleTimes;
}): ConvokeSchedule[] {
  const { mailboxes, platforms, mailsFrom = null, times } = input;
  const every = (scheduleId: string, workflowType: string, intervalMs: number, args: unknown[]): ScheduleOptions => ({
    scheduleId,
    // Schedules of one interval would all start at the same second.
    spec: { intervals: [{ every: intervalMs }], jitter: Math.min(20_000, Math.floor(intervalMs / 10)) },
    // A poller that is late has nothing to catch up with: the next run sees everything.
    policies: { overlap: 'SKIP', catchupWindow: Math.max(MINUTE_MS, intervalMs), pauseOnFailure: false },
    action: { type: 'startWorkflow', workflowType, taskQueue: SESSIONS_QUEUE, args, workflowId: scheduleId },
  });
  return [
    ...mailboxes.map((mailbox) => ({
      platform: null,
      mailbox,
      options: every(rsvpPollId(mailbox), WORKFLOWS.pollRsvps, times.rsvpPollMs, [{ mailbox }]),
    })),
    ...platforms.map((platform) => ({
      platform,
      mailbox: null,
      options: every(`sweep/${platform}`, WORKFLOWS.sweep, times.sweepMs, [{ platform }]),
    })),
    {
      platform: null,
      mailbox: null,
      options: every('failure-digest', WORKFLOWS.notifyFailures, times.failureDigestMs, [{ mailbox: mailsFrom }]),
    },
  ];
}
