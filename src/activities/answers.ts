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
    /** One after the other; what was written before an error is not lost: the result says how far it came. */
    async writeAnswers({ platform, courseId, sessionId, answers }: WriteAnswersInput): Promise<WriteAnswersResult> {
      const sink = ports.answerSinkOf(platform);
      let written = 0;
      for (const answer of answers) {
        try {
          const { kind } = await sink.writeAnswer({ courseId, sessionId, ...answer });
          if (kind === 'off') return { written, off: true, failure: null };
          written++;
        } catch (error) {
          if (written === 0 || !(error instanceof AppError)) throw error;
          return { written, off: false, failure: { code: error.code, message: error.message } };
        }
      }
      return { written, off: false, failure: null };
    },

    async unenrolLearner({ platform, ...learner }: UnenrolLearnerInput): Promise<UnenrolLearnerResult> {
      const { kind } = await ports.answerSinkOf(platform).unenrol(learner);
      return { did: kind };
    },
  };
}
