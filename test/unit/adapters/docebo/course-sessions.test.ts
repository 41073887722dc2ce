import { anAcademy, PATHS } from './an-academy';
import { anError, aPage, type StubAnswer } from './stub-docebo';

const now = '2026-05-04T09:00:00.000Z';

async function futureOf(answer: StubAnswer) {
  const { source } = anAcademy({ [PATHS.courseSessions]: answer });
  return source.listFutureSessions({ courseId: '3', now });
}

describe('future sessions of a course', () => {
  test.each([
    ['that end later', '2026-05-04 10:00:00', true],
    ['that ended days ago', '2026-05-01 10:00:00', false],
    ['that have ended in UTC but perhaps not in their own zone', '2026-05-04 01:00:00', true],
    ['that end today, without a time', '2026-05-04', true],
    ['with a zero date', '0000-00-00 00:00:00', true],
    ['with an empty date', '', true],
    ['without a date', null, true],
    ['with a date that is none', 'soon', true],
  ])('%s', async (_what, date_end, isFuture) => {
    expect(await futureOf(aPage([{ id: '7', date_end }]))).toEqual({
      kind: 'sessions',
      sessionIds: isFuture ? ['7'] : [],
      complete: true,
    });
  });

  test('of a list that lies are not complete', async () => {
    expect(await futureOf(aPage([{ id: 7 }], { total_count: 5 }))).toEqual({
      kind: 'sessions',
      sessionIds: ['7'],
      complete: false,
    });
  });

  test('without a readable id leave the list incomplete', async () => {
    expect(await futureOf(aPage([{ id: null }, { id: 8 }]))).toMatchObject({ sessionIds: ['8'], complete: false });
  });

  test('of a course that cannot have any', async () => {
    expect(await futureOf(anError(400, ['The course 3 does not have sessions']))).toEqual({ kind: 'no-sessions' });
  });

  test('of a course that is gone', async () => {
    const { source } = anAcademy({ [PATHS.courseSessions]: anError(404), [PATHS.course]: anError(404) });

    expect(await source.listFutureSessions({ courseId: '3', now })).toEqual({ kind: 'gone' });
  });

  test('are a contract error when the course is there and its list is not', async () => {
    await expect(futureOf(anError(404))).rejects.toMatchObject({
      code: 'DOCEBO_CONTRACT',
      message: 'DOCEBO has course 3 but no session list of it: check endpoints.courseSessions of the tenant profile',
    });
  });

  test('any other refusal is an error', async () => {
    await expect(futureOf(anError(400, 'page_size is too large'))).rejects.toMatchObject({ code: 'DOCEBO_REFUSED' });
  });
});

describe('courses of a learning plan', () => {
  const coursesOf = (answer: StubAnswer) =>
    anAcademy({ [PATHS.planCourses]: answer }).source.listLearningPlanCourses('80');

  test('are listed once each', async () => {
    expect(await coursesOf(aPage([{ course_id: 3 }, { id_course: '4' }, { id: 3 }]))).toEqual(['3', '4']);
  });

  test('that may not be all of them are an error, so that the list is asked for again', async () => {
    await expect(coursesOf(aPage([{ course_id: 3 }, { name: 'x' }], { total_count: 3 }))).rejects.toMatchObject({
      code: 'DOCEBO_UNAVAILABLE',
      kind: 'upstream',
      message: "DOCEBO's list of courses of learning plan 80 is not complete: total-disagrees, 1 without a course id",
    });
  });

  test('of a plan that is gone are not found', async () => {
    await expect(coursesOf(anError(404))).rejects.toMatchObject({ code: 'DOCEBO_NOT_FOUND' });
  });
});
