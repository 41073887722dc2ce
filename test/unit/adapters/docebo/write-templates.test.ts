import { fillWrite, tells } from '../../../../src/adapters/docebo/profile/write-templates';

const values = { courseId: '190', sessionId: '54', eventId: '101', userId: '7', answer: 'accepted' };

test('ids stand as text in the path and as numbers in the body, the answer as the profile has it', () => {
  const template = {
    path: '/course/v1/sessions/{session_id}{?user_id,answer}',
    body: { rows: [{ e: { $: 'eventId' }, u: { $: 'userId' }, a: { $: 'answer' }, keep: [1, 'x', null] }] },
  };

  expect(fillWrite(template, { ...values, answer: '1' })).toEqual({
    url: '/course/v1/sessions/54?user_id=7&answer=1',
    body: { rows: [{ e: 101, u: 7, a: '1', keep: [1, 'x', null] }] },
  });
});

test('values are encoded in a path, and cannot leave their place', () => {
  expect(fillWrite({ path: '/x/{user_id}/y', body: null }, { userId: '../7?a=b' })).toEqual({
    url: '/x/..%2F7%3Fa%3Db/y',
    body: null,
  });
});

test('an id beyond what numbers hold exactly stays text', () => {
  expect(fillWrite({ path: '/x', body: { $: 'userId' } }, { userId: '9007199254740993' }).body).toBe(
    '9007199254740993',
  );
});

test.each([
  ['the path', { path: '/c/{course_id}', body: null }, true],
  ['the body', { path: '/c', body: [{ c: { $: 'courseId' } }] }, true],
  ['neither', { path: '/c/{user_id}', body: { c: 'courseId' } }, false],
])('a course id wanted by %s is seen', (_where, template, wanted) => {
  expect(tells(template, 'courseId')).toBe(wanted);
});
