import { toSessionQuery } from '../../../src/temporal/operator/session-query';

test.each([
  [{}, 'WorkflowType = "courseSession" AND ExecutionStatus = "Running"'],
  [
    {
      platform: 'academy',
      course: '190',
      statuses: ['error', 'held'] as const,
      startsBefore: '2026-12-01T00:00:00.000Z',
    },
    'WorkflowType = "courseSession" AND ExecutionStatus = "Running" AND ConvokePlatform = "academy" AND DoceboCourseId = "190" AND SyncStatus IN ("error", "held") AND SessionStartsAt < "2026-12-01T00:00:00.000Z"',
  ],
  [
    { statuses: ['closed'] as const },
    'WorkflowType = "courseSession" AND ExecutionStatus != "ContinuedAsNew" AND SyncStatus IN ("closed")',
  ],
  [{ ended: true }, 'WorkflowType = "courseSession" AND ExecutionStatus != "ContinuedAsNew"'],
])('%j', (filter, query) => {
  expect(toSessionQuery(filter)).toBe(query);
});

test('a filter of the operator stays one condition, and values cannot leave their quotes', () => {
  expect(toSessionQuery({ query: 'A = "1" OR B = "2"' })).toMatch(/ AND \(A = "1" OR B = "2"\)$/);
  expect(toSessionQuery({ platform: 'x" OR "1" = "1' })).toContain('= "x\\" OR \\"1\\" = \\"1"');
});
