import { AppError } from '../../domain/errors';
import type { SessionRef } from '../../domain/model';
import type { Operator, SessionView } from '../open-operator';
import { learnerNow } from './learner-now';
import { tellStory } from './tell-story';
import { isInFocus, type Focus, type Line } from './timeline';
import { toLines } from './to-lines';
import { whatIsNotTold } from './what-is-not-told';

/** How a session came to be as it is. People appear by Docebo's user ids alone. */
export interface Explanation {
  readonly view: SessionView;
  /** What is true now of the learner who was asked for. */
  readonly learner: readonly string[];
  /** The newest last. */
  readonly timeline: readonly Line[];
  /** Where the story has gaps. */
  readonly untold: readonly string[];
}

export interface ExplainOptions extends Focus {
  /** Whether histories are read too, which may take seconds: they add attempts, failures and what each plan held. */
  readonly history: boolean;
  readonly onProgress?: (what: string) => void;
}

/** Errors are the operator's; histories that cannot be read are a gap, no error. */
export async function explainSession(
  operator: Pick<Operator, 'session' | 'story'>,
  ref: SessionRef,
  { history, onProgress = () => undefined, ...focus }: ExplainOptions,
): Promise<Explanation> {
  const view = await operator.session(ref);
  onProgress('its histories');
  const story = history ? await operator.story(ref).catch(noStory) : null;
  const { state } = view;
  const read = story === null || 'failed' in story ? null : story;
  return {
    view,
    learner: focus.learner === undefined ? [] : learnerNow(state, focus.learner),
    timeline: tellStory(state.journal, read, focus)
      .flatMap(toLines)
      .filter((line) => isInFocus(line, focus))
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    untold: whatIsNotTold(state, story),
  };
}

/** The journal is told all the same. */
function noStory(error: unknown): { readonly failed: string } {
  if (error instanceof AppError) return { failed: error.code };
  throw error;
}
