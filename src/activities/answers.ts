import type {
  UnenrolLearnerInput,
  UnenrolLearnerResult,
  WriteAnswersInput,
  WriteAnswersResult,
} from '../contract/activities';
import { AppError } from '../domain/errors';
import type { PlatformKey } from '../domain/model';
import type { AnswerSink } from '../domain/ports';

export interface AnswerPorts {
  readonly answerSinkOf: (platform: PlatformKey) => AnswerSink;
}

/** Tells Docebo what learners answered. Each call says the whole of it, so that a repeat is harmless. */
export function createAnswerActivities(ports: AnswerPorts) {
  return {
    /**
     * One after the other. What was written before an error is not lost: the result says how far it came. One that Docebo refuses is
     * passed over and named.
     */
    async writeAnswers({ platform, courseId, sessionId, answers }: WriteAnswersInput): Promise<WriteAnswersResult> {
      const sink = ports.answerSinkOf(platform);
      const refused: WriteAnswersResult['refused'][number][] = [];
      let written = 0;
      for (const answer of answers) {
        try {
          const { kind } = await sink.writeAnswer({ courseId, sessionId, ...answer });
          if (kind === 'off') return { written, refused, off: true, failure: null };
        } catch (error) {
          if (isRefusal(error)) refused.push({ eventId: answer.eventId, userId: answer.userId, code: error.code });
          else if (written === 0 || !(error instanceof AppError)) throw error;
          else return { written, refused, off: false, failure: { code: error.code, message: error.message } };
        }
        written++;
      }
      return { written, refused, off: false, failure: null };
    },

    async unenrolLearner({ platform, ...learner }: UnenrolLearnerInput): Promise<UnenrolLearnerResult> {
      const { kind } = await ports.answerSinkOf(platform).unenrol(learner);
      return { did: kind };
    },
  };
}

/** A wrong profile refuses everybody; a learner who is gone is refused alone. Either way the same request is refused again. */
function isRefusal(error: unknown): error is AppError {
  return error instanceof AppError && (error.code === 'DOCEBO_REFUSED' || error.code === 'DOCEBO_NOT_FOUND');
}
