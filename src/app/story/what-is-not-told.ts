import type { SessionStory } from '../open-operator';
import type { SessionState } from '../../contract/messages';
import { plural, showTime } from '../../domain/words';

/** Entries that a journal holds at most. */
const JOURNAL_LIMIT = 200;

/** Where the story has gaps, so that nobody takes silence for "nothing happened". */
export function whatIsNotTold(state: SessionState, story: SessionStory | { readonly failed: string } | null): string[] {
  const [first] = state.journal;
  const isFull = state.journal.length >= JOURNAL_LIMIT;
  const lines = [
    isFull && first !== undefined
      ? `The journal holds its last ${JOURNAL_LIMIT} entries, from ${showTime(first.at)}; what it held before is gone.`
      : 'The journal is whole; it begins with this workflow. A session whose workflow was terminated and started again begins anew.',
  ];
  if (story === null) lines.push('Histories were not read: attempts, and what each plan held, are left out.');
  else if ('failed' in story) lines.push(`Histories could not be read (${story.failed}).`);
  else {
    const read = `${plural(story.runs, 'run')} with ${plural(story.events, 'event')} read, from ${showTime(story.from)}`;
    lines.push(
      story.complete ? `Histories: ${read}.` : `Histories: ${read}; older runs are past Temporal's retention.`,
    );
  }
  lines.push(
    "Messages that came twice and said nothing new are not in the journal; people's mailboxes cannot be seen from here.",
  );
  return lines;
}
