import { createAnswerActivities } from '../../../src/activities/answers';
import { NotFoundError, UpstreamError } from '../../../src/domain/errors';
import type { AnswerSink } from '../../../src/domain/ports';

const session = { platform: 'acme', courseId: '190', sessionId: '54' };
const answers = ['1', '2', '3'].map((userId) => ({ eventId: '101', userId, response: 'accepted' as const }));

/** A platform that takes answers; `write` may refuse them. */
function aSink(write: (userId: string) => 'written' | 'off' = () => 'written') {
  const taken: string[] = [];
  const sink: AnswerSink = {
    platform: 'acme',
    async writeAnswer({ courseId, sessionId, eventId, userId, response }) {
      const kind = write(userId);
      if (kind === 'written') taken.push(`${courseId}/${sessionId}/${eventId} ${userId} ${response}`);
      return { kind };
    },
    async unenrol({ sessionId, userId }) {
      taken.push(`unenrol ${userId} from ${sessionId}`);
      return { kind: 'unenrolled' };
    },
  };
  return { taken, activities: createAnswerActivities({ answerSinkOf: () => sink }) };
}

const unavailable = () => {
  throw new UpstreamError('Docebo failed', { code: 'DOCEBO_UNAVAILABLE' });
};

test('answers are told one after the other, in their order', async () => {
  const { taken, activities } = aSink();

  await expect(activities.writeAnswers({ ...session, answers })).resolves.toEqual({
    written: 3,
    refused: [],
    off: false,
    failure: null,
  });
  expect(taken).toEqual(['190/54/101 1 accepted', '190/54/101 2 accepted', '190/54/101 3 accepted']);
});

test('what Docebo took before it failed is known', async () => {
  const { activities } = aSink((userId) => (userId === '3' ? unavailable() : 'written'));

  await expect(activities.writeAnswers({ ...session, answers })).resolves.toEqual({
    written: 2,
    refused: [],
    off: false,
    failure: { code: 'DOCEBO_UNAVAILABLE', message: 'Docebo failed' },
  });
});

test('a failure of the first one fails the attempt, and so does a bug', async () => {
  await expect(aSink(unavailable).activities.writeAnswers({ ...session, answers })).rejects.toMatchObject({
    code: 'DOCEBO_UNAVAILABLE',
  });
  const bug = aSink((userId) => {
    if (userId === '3') throw new TypeError('bug');
    return 'written';
  });
  await expect(bug.activities.writeAnswers({ ...session, answers })).rejects.toThrow(TypeError);
});

test('a learner whom Docebo does not know blocks nobody else, and is named', async () => {
  const { taken, activities } = aSink((userId) => {
    if (userId === '1') throw new NotFoundError('no such enrolment', { code: 'DOCEBO_NOT_FOUND' });
    return 'written';
  });

  await expect(activities.writeAnswers({ ...session, answers })).resolves.toEqual({
    written: 3,
    refused: [{ eventId: '101', userId: '1', code: 'DOCEBO_NOT_FOUND' }],
    off: false,
    failure: null,
  });
  expect(taken).toHaveLength(2);
});

test('nothing is told while the tenant profile does not say how', async () => {
  const { taken, activities } = aSink(() => 'off');

  await expect(activities.writeAnswers({ ...session, answers })).resolves.toEqual({
    written: 0,
    refused: [],
    off: true,
    failure: null,
  });
  expect(taken).toEqual([]);
});

test('a learner is unenrolled', async () => {
  const { taken, activities } = aSink();

  await expect(activities.unenrolLearner({ ...session, userId: '7' })).resolves.toEqual({ did: 'unenrolled' });
  expect(taken).toEqual(['unenrol 7 from 54']);
});
