import type { SessionStory, StoryCall } from '../open-operator';
import type { JournalEntry } from '../../contract/messages';
import { plural, showTime } from '../../domain/words';
import type { Focus, Told } from './timeline';

const ACTIVITIES: Readonly<Record<string, string>> = {
  plan: 'planSession',
  create: 'createCalendarEvent',
  updateContent: 'updateCalendarEvent',
  updateAttendees: 'updateAttendees',
  cancel: 'cancelCalendarEvent',
  adopt: 'findCalendarEvents',
  writeBack: 'writeAnswers',
  unenrol: 'unenrolLearner',
};

/**
 * The journal, each entry with the call behind it where a history still has it, and what histories tell of the time before the journal.
 * An entry is written after its call has ended: its call is the last one of its kind that ended since the entry of that kind before it.
 */
export function tellStory(journal: readonly JournalEntry[], story: SessionStory | null, focus: Focus): Told[] {
  const unused = [...(story?.calls ?? [])];
  const last = new Map<string, string>();
  const told = journal.map((entry): Told => {
    const key = `${entry.what} ${entry.eventId ?? ''}`;
    const call = takeCallOf(entry, last.get(key) ?? '', unused);
    last.set(key, entry.at);
    return { ...entry, details: call === null ? [] : describeCall(call, focus) };
  });
  const since = journal[0]?.at ?? '';
  const before = unused.filter(({ endedAt }) => endedAt !== null && (since === '' || endedAt < since));
  const open = unused.filter(({ endedAt }) => endedAt === null);
  return [...before.flatMap((call) => toEntries(call, focus)), ...told, ...open.map((call) => toOpen(call))];
}

function takeCallOf(entry: JournalEntry, since: string, unused: StoryCall[]): StoryCall | null {
  const activity = ACTIVITIES[entry.what];
  let found = -1;
  for (const [i, call] of unused.entries()) {
    const fits = call.activity === activity && (entry.eventId === undefined || call.eventId === entry.eventId);
    if (!fits || call.gaveUp || call.endedAt === null) continue;
    if (call.endedAt >= since && call.endedAt <= entry.at) found = i;
  }
  if (activity === undefined || found === -1) return null;
  return unused.splice(found, 1)[0] ?? null;
}

function describeCall(
  { activity, askedAt, endedAt, attempts, failure, plan }: StoryCall,
  { learner }: Focus,
): string[] {
  const ms = endedAt === null ? 0 : Date.parse(endedAt) - Date.parse(askedAt);
  const failed = failure === null ? '' : `, before: ${failure}`;
  const lines = [`${activity} took ${(ms / 1_000).toFixed(1)} s, ${plural(attempts, 'attempt')}${failed}`];
  if (plan === null) return lines;
  if (plan.steps.length > 0) lines.push(`steps: ${plan.steps.map((s) => `${s.kind} ${s.eventId}`).join(', ')}`);
  if (plan.codes.length > 0) lines.push(`found: ${plan.codes.join(', ')}`);
  if (learner !== undefined)
    lines.push(`learner ${learner} ${plan.people.includes(learner) ? 'has a' : 'has no'} seat`);
  return lines;
}

/** As the journal would have it, of a call that its entry no longer tells of. */
function toEntries(call: StoryCall, focus: Focus): Told[] {
  const { activity, endedAt, eventId, outcome, plan, gaveUp, failure } = call;
  const what = Object.keys(ACTIVITIES).find((name) => ACTIVITIES[name] === activity);
  if (what === undefined || endedAt === null) return [];
  const base = { at: endedAt, ...(eventId !== null && { eventId }), details: describeCall(call, focus) };
  if (gaveUp) return [{ ...base, what: 'failure', note: `${failure ?? 'UNKNOWN'} at ${what}` }];
  if (plan !== null) {
    return [
      {
        ...base,
        what,
        note: `${plan.steps.length} steps; ${plan.position}; ${plural(plan.people.length, 'person', 'people')}`,
      },
    ];
  }
  if (outcome === null) return [];
  const { did, mails, added, removed } = outcome;
  return [{ ...base, what, note: `${did}; mails ${mails}; +${added} -${removed}` }];
}

function toOpen({ activity, askedAt, eventId }: StoryCall): Told {
  const note = `${activity} since ${showTime(askedAt)}; its attempts and last failure stand under pending activities in the Web UI`;
  return { at: askedAt, what: 'under way', note, ...(eventId !== null && { eventId }), details: [] };
}
