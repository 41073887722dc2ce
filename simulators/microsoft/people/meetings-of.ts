import type { MeetingSnapshot, Person, ReceivedMail } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';

export interface Meeting {
  readonly iCalUId: string;
  readonly organizerEventId: string;
  /** The meeting as last told. */
  readonly snapshot: MeetingSnapshot;
  readonly isCancelled: boolean;
  readonly answer: Person['answers'][string] | null;
  readonly mails: readonly ReceivedMail[];
}

/** What stands in a person's calendar: one entry per meeting that mail was received about, as the last mail left it. */
export function meetingsOf(state: SimulatorState, person: Person): Meeting[] {
  const byMeeting = new Map<string, ReceivedMail[]>();
  for (const mail of person.received) {
    if (mail.iCalUId === null) continue;
    byMeeting.set(mail.iCalUId, [...(byMeeting.get(mail.iCalUId) ?? []), mail]);
  }
  const meetings: Meeting[] = [];
  for (const [iCalUId, mails] of byMeeting) {
    const last = mails.at(-1);
    const snapshot = state.data.snapshots[last?.snapshotId ?? ''];
    if (last === undefined || snapshot === undefined) continue;
    meetings.push({
      iCalUId,
      organizerEventId: snapshot.organizerEventId,
      snapshot,
      isCancelled: last.kind === 'cancellation',
      answer: person.answers[iCalUId] ?? null,
      mails,
    });
  }
  return meetings.sort((a, b) => (a.snapshot.startUtc < b.snapshot.startUtc ? -1 : 1));
}
