import type { Client } from '@temporalio/client';
import { createPlanForApi } from '../../../src/app/plan-for-api';
import { FakeOperator } from '../../fakes/fake-operator';
import { rejection } from '../adapters/graph/stub-server';

const ref = { platform: 'academy', sessionId: '9' };

/** A server of whose queues nobody polls any. */
function deserted(): { readonly client: Client; readonly started: string[] } {
  const started: string[] = [];
  const client = {
    options: { namespace: 'convoke' },
    withDeadline: <T>(_at: number, work: () => Promise<T>) => work(),
    workflowService: { describeTaskQueue: async () => ({ pollers: [] }) },
    workflow: { start: async (type: string) => started.push(type) },
  } as unknown as Client;
  return { client, started };
}

function aPlan(client: Client) {
  const clock = { now: () => new Date('2026-11-28T10:00:00Z') };
  return createPlanForApi({ client, operator: new FakeOperator(), platforms: ['academy'], clock });
}

test('without a worker nothing is read here: the api has no budget of its own at Docebo', async () => {
  const { client, started } = deserted();

  expect(await rejection(aPlan(client)(ref))).toMatchObject({ code: 'TEMPORAL_NO_WORKER', kind: 'upstream' });
  expect(started).toEqual([]);
});

test('a platform that convoke.yaml does not have is not asked for', async () => {
  const { client } = deserted();

  expect(await rejection(aPlan(client)({ ...ref, platform: 'nowhere' }))).toMatchObject({
    code: 'API_PLATFORM_UNKNOWN',
    kind: 'not-found',
  });
});
