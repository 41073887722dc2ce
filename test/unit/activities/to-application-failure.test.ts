import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { toApplicationFailure } from '../../../src/activities/to-application-failure';
import {
  AccessError,
  ConfigError,
  ConflictError,
  ContractError,
  InputError,
  InvariantError,
  NotFoundError,
  ThrottledError,
  UpstreamError,
} from '../../../src/domain/errors';

const options = { code: 'GRAPH_X', context: { status: 1 } };

test.each([
  ['AccessError', new AccessError('no', options), true, undefined],
  ['ContractError', new ContractError('odd', options), true, undefined],
  ['InputError', new InputError('bad', options), true, undefined],
  ['InvariantError', new InvariantError('bug', options), true, undefined],
  ['NotFoundError', new NotFoundError('gone', options), true, ApplicationFailureCategory.BENIGN],
  ['ConflictError', new ConflictError('stale', options), true, ApplicationFailureCategory.BENIGN],
  ['UpstreamError', new UpstreamError('away', options), false, undefined],
])('%s: its code is the type, its kind decides on another attempt', (_name, error, nonRetryable, category) => {
  const failure = toApplicationFailure(error);

  expect(failure).toMatchObject({ type: 'GRAPH_X', message: error.message, nonRetryable, details: [{ status: 1 }] });
  expect(failure.category).toBe(category);
});

test('who asks us to wait is asked again just then', () => {
  const failure = toApplicationFailure(new ThrottledError('wait', { ...options, retryAfterMs: 17_000 }));

  expect(failure).toMatchObject({
    nonRetryable: false,
    nextRetryDelay: 17_000,
    category: ApplicationFailureCategory.BENIGN,
  });
});

test('throttled without a time goes by the retry policy', () => {
  expect(
    toApplicationFailure(new ThrottledError('wait', { ...options, retryAfterMs: null })).nextRetryDelay,
  ).toBeUndefined();
});

test('a setting that is wrong helps no retry', () => {
  const failure = toApplicationFailure(
    new ConfigError(['templates.body: names {{nobody}}'], 'TEMPLATE_UNKNOWN_VARIABLE'),
  );

  expect(failure).toMatchObject({ type: 'TEMPLATE_UNKNOWN_VARIABLE', nonRetryable: true });
  expect(failure.message).toContain('names {{nobody}}');
});

test('an unforeseen error tells nothing of what it choked on', () => {
  const failure = toApplicationFailure(new TypeError('cannot read ada@example.com'));

  expect(failure).toMatchObject({ type: 'BUG_UNFORESEEN', nonRetryable: true });
  expect(failure.message).toBe("Unforeseen TypeError in an activity; the worker's log has the stack");
});

test('a failure that is one already stays as it is', () => {
  const failure = ApplicationFailure.nonRetryable('done', 'X');

  expect(toApplicationFailure(failure)).toBe(failure);
});
