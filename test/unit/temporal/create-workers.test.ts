import type { WorkerOptions } from '@temporalio/worker';
import { createSessionsWorker, type WorkersOptions } from '../../../src/temporal/create-workers';

jest.mock('@temporalio/worker', () => ({ Worker: { create: jest.fn(async () => ({})) } }));
const { Worker } = jest.requireMock<{ Worker: { create: jest.Mock<Promise<object>, [WorkerOptions]> } }>(
  '@temporalio/worker',
);

test("after a crash a session's task waits for the dead process shorter than the SDK would have it", async () => {
  const options = { activities: {}, graceMs: 1_000, deployment: null } as unknown as WorkersOptions;

  await createSessionsWorker(options);

  expect(Worker.create.mock.calls[0]?.[0].stickyQueueScheduleToStartTimeout).toBe(5_000);
});
