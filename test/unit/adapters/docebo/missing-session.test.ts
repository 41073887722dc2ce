import { anAcademy, PATHS } from './an-academy';
import { anError, aPage } from './stub-docebo';

const noSession = { [PATHS.session]: anError(404) };
const otherSessions = aPage([{ id: 8, date_end: '2026-05-12 10:00:00' }]);

function unproven(why: string) {
  const detail = `Session 7 is not found in Docebo, but ${why}. Nothing is withdrawn.`;
  return { kind: 'unproven', problem: { code: 'READ_SESSION_UNPROVEN', subject: 'session', id: '7', detail } };
}

describe('a session that is not found is gone', () => {
  test('when a complete list of its course lacks it', async () => {
    const { read, client } = anAcademy({ ...noSession, [PATHS.courseSessions]: otherSessions });

    expect(await read('3')).toEqual({ kind: 'gone', readAs: '13000/godadmin', evidence: 'absent-from-course' });
    expect(client.calls()['whoAmI']).toBe(2);
  });

  test('when its course has no sessions left', async () => {
    const { read } = anAcademy({ ...noSession, [PATHS.courseSessions]: aPage([]) });

    expect(await read('3')).toMatchObject({ kind: 'gone', evidence: 'absent-from-course' });
  });

  test('when its course is gone, too', async () => {
    const { read } = anAcademy({ ...noSession, [PATHS.courseSessions]: anError(404), [PATHS.course]: anError(404) });

    expect(await read('3')).toEqual({ kind: 'gone', readAs: '13000/godadmin', evidence: 'course-gone' });
  });

  test('and tells the rights with which that was seen', async () => {
    const { read, docebo } = anAcademy({ [PATHS.courseSessions]: otherSessions });
    await read();
    docebo.route(PATHS.session, anError(404));
    docebo.route(PATHS.whoAmI, { data: { id: 13000, user_level: 'power_user' } });

    expect(await read('3')).toMatchObject({ kind: 'gone', readAs: '13000/power_user' });
  });
});

describe('a session that is not found proves nothing', () => {
  test('when its course is not known', async () => {
    const { read, docebo } = anAcademy(noSession);

    expect(await read(null)).toEqual(unproven('its course is not known, so nothing proves that it was deleted'));
    expect(docebo.count(PATHS.courseSessions)).toBe(0);
  });

  test('when its course still lists it', async () => {
    const { read } = anAcademy({ ...noSession, [PATHS.courseSessions]: aPage([{ id: '7' }]) });

    expect(await read('3')).toEqual(unproven('course 3 still lists it'));
  });

  test.each([
    ['lies', aPage([{ id: 8 }], { total_count: 2 })],
    ['holds an item without an id', aPage([{ id: 8 }, { name: 'Day 1' }])],
  ])('when the list %s', async (_what, list) => {
    const { read } = anAcademy({ ...noSession, [PATHS.courseSessions]: list });

    expect(await read('3')).toEqual(unproven('the session list of course 3 could not be read in full'));
  });

  test('when its course is said to have no sessions at all', async () => {
    const { read } = anAcademy({ ...noSession, [PATHS.courseSessions]: anError(400, 'Course does not have sessions') });

    expect(await read('3')).toEqual(unproven('course 3 is said to be of a type that has no sessions'));
  });

  test('when its course is there and the list is not', async () => {
    const { read } = anAcademy({ ...noSession, [PATHS.courseSessions]: anError(404) });

    expect(await read('3')).toEqual(unproven('course 3 exists while its session list does not'));
  });

  test.each([
    ['is refused', anError(403), 'DOCEBO_ACCESS'],
    ['is not found', anError(404), 'DOCEBO_NOT_FOUND'],
    ['makes no sense', { data: {} }, 'DOCEBO_CONTRACT'],
  ])('when the self-test of the token %s', async (_what, answer, code) => {
    const { read, docebo } = anAcademy({ [PATHS.courseSessions]: otherSessions });
    await read();
    docebo.route(PATHS.session, anError(404));
    docebo.route(PATHS.whoAmI, answer);

    expect(await read('3')).toEqual(unproven(`the API user does not pass its self-test (${code})`));
  });
});

describe('an error on the way to the evidence is no evidence', () => {
  test.each([
    [PATHS.courseSessions, 500, 'DOCEBO_UNAVAILABLE'],
    [PATHS.courseSessions, 403, 'DOCEBO_ACCESS'],
    [PATHS.courseSessions, 400, 'DOCEBO_REFUSED'],
    [PATHS.whoAmI, 503, 'DOCEBO_UNAVAILABLE'],
    [PATHS.whoAmI, 429, 'DOCEBO_THROTTLED'],
  ])('%s: %i', async (path, status, code) => {
    const { read, docebo } = anAcademy({ [PATHS.courseSessions]: otherSessions });
    await read();
    docebo.route(PATHS.session, anError(404));
    docebo.route(path, anError(status));

    await expect(read('3')).rejects.toMatchObject({ code });
  });
});
