import type { PollRsvpsInput, PollRsvpsResult } from '../contract/scheduled';
import type { MailboxKey } from '../domain/model';
import type { AddressKeys, AnswerSource, Clock, SessionSignals } from '../domain/ports';
import type { RsvpPollSettings } from '../domain/settings';
import { InboxChannel } from './rsvp/inbox-channel';
import { PollRun } from './rsvp/poll-run';
import { readEvents } from './rsvp/read-events';
import { SessionBatch } from './rsvp/session-batch';
import { verifyRemoved } from './rsvp/verify-removed';

export interface RsvpPorts {
  readonly answerSourceOf: (mailbox: MailboxKey) => AnswerSource;
  readonly rsvpSettingsOf: (mailbox: MailboxKey) => RsvpPollSettings;
  readonly sessionSignals: SessionSignals;
  readonly keyOf: AddressKeys;
  readonly clock: Clock;
  /** Told after each request of a long walk: tells Temporal that the attempt lives, and throws when it is to end. */
  readonly onProgress: () => void;
}

/**
 * Reads what attendees answered, and tells each session concerned. The cursor is returned only after Temporal has stored all signals, so
 * that a run that is cut off repeats what it did: answers that were told before change nothing.
 */
export function createRsvpActivities(ports: RsvpPorts) {
  return {
    /** Errors: the domain's, with `GRAPH_*`, `ENTRA_*` and `TEMPORAL_*` codes. */
    async pollRsvps({ mailbox, cursor: last }: PollRsvpsInput): Promise<PollRsvpsResult> {
      const source = ports.answerSourceOf(mailbox);
      const account = ports.keyOf(source.account);
      const cursor = last?.account === account ? last : null;
      const batch = new SessionBatch({ signals: ports.sessionSignals, clock: ports.clock });
      const before = source.calls();
      const run = new PollRun({
        source,
        settings: ports.rsvpSettingsOf(mailbox),
        batch,
        keyOf: ports.keyOf,
        now: ports.clock.now().toISOString(),
        highWater: cursor?.highWater ?? null,
        onProgress: ports.onProgress,
      });

      const events = await readEvents(run, cursor);
      const removedEvents = await verifyRemoved(run, events.removed);
      const inbox = new InboxChannel(run, cursor?.inboxLink ?? null);
      await inbox.read();
      await batch.flush();
      await inbox.clear();

      return {
        cursor: {
          v: 1,
          account,
          deltaLink: events.deltaLink,
          windowEndsAt: events.windowEndsAt,
          inboxLink: inbox.link,
          highWater: run.highWater,
        },
        changedEvents: run.changed.size,
        removedEvents,
        signalledSessions: batch.signalled,
        missingSessions: batch.unknown,
        graphCalls: source.calls() - before,
        fullResync: events.full,
        inboxResponses: inbox.count,
        inboxProblem: inbox.problem,
        unreadableEvents: [...run.unreadable],
      };
    },
  };
}
