import type { Answer, RsvpAnswer } from '../model';
import { command, is } from './command';

interface AnswerArgs {
  readonly sessionId: number;
  readonly eventId: number;
  readonly userId: number;
  readonly answer: Answer;
}

/** Keeps what came in through the RSVP write-back; every write is kept, so that repeats can be counted. Fires nothing. */
export const recordAnswer = command<AnswerArgs, RsvpAnswer>(
  {
    sessionId: is.id,
    eventId: is.id,
    userId: is.id,
    answer: { enum: ['none', 'accepted', 'tentative', 'declined'] },
  },
  ['sessionId', 'eventId', 'userId', 'answer'],
  (draft, args) => {
    const recorded = { ...args, at: draft.nowIso };
    draft.state = { ...draft.state, answers: [...draft.state.answers, recorded] };
    return recorded;
  },
);
