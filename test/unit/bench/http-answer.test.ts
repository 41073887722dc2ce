import { readHttpAnswer } from '../../../bench/load/http-answer';

const answer = (head: string, body: string): Buffer => Buffer.from(`HTTP/1.1 ${head}\r\n\r\n${body}`);

test('an answer has a status and a length, and what follows is not its own', () => {
  const whole = answer('200 OK\r\nContent-Length: 5', '{"a"}HTTP/1.1 503 ');

  expect(readHttpAnswer(whole)).toEqual({ status: 200, bytes: whole.indexOf('HTTP/1.1 503') });
});

test.each([
  ['in its head', 'HTTP/1.1 200 OK\r\ncontent-le'],
  ['in its body', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n{"a"'],
])('one that is cut off %s is not there yet', (_where, text) => expect(readHttpAnswer(Buffer.from(text))).toBeNull());

test('without a length, or with other bytes, nobody knows where it ends', () => {
  expect(() => readHttpAnswer(answer('200 OK\r\ntransfer-encoding: chunked', '0'))).toThrow('no answer with a length');
  expect(() => readHttpAnswer(Buffer.from('SSH-2.0\r\n\r\n'))).toThrow('no answer with a length');
});
