import { readErrorCode } from '../../../../src/adapters/docebo/api/error-body';

test.each([
  [{ name: 'Not Found', message: ['No session 5'], status: 404 }, 'Not Found'],
  [{ name: 'Unprocessable Entity' }, 'Unprocessable Entity'],
  [{ name: 'PHP Error' }, null],
  [{ name: 'ErrorException' }, 'ErrorException'],
  [{ error: 'invalid_grant', error_description: 'The user ada@example.com is locked' }, 'invalid_grant'],
  [{ name: 'Bad Request', message: 'This course does not have sessions' }, 'NO_SESSIONS'],
])('the code of %j', (body, code) => {
  expect(readErrorCode(body)).toBe(code);
});

test.each([
  [{ name: 'Ada Lovelace' }],
  [{ name: 'Lovelace' }],
  [{ error: 'ada_lovelace' }],
  [{ error: { code: 'Lovelace' } }],
  [{ message: ['ada@example.com is not enrolled'] }],
  ['Lovelace'],
  [null],
])('no word of somebody else’s becomes a code: %j', (body) => {
  expect(readErrorCode(body)).toBeNull();
});
