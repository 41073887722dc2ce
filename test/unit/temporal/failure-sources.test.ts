import type { Client } from '@temporalio/client';
import type { WebhookHealth } from '../../../src/domain/failures/failure-reading';
import { createFailureSources } from '../../../src/temporal/failure-sources';

const health: WebhookHealth = {
  platform: 'academy',
  lastWebhookAt: null,
  authenticationFailures: 0,
  lastAuthenticationFailureAt: null,
  unknownEvents: [],
  foreignDomains: [],
};

/** Whom it asked, by workflow id. `answers`: false where no worker answers a query. */
function clientWith(answers: boolean, asked: string[]): Client {
  const query = async () => (answers ? health : Promise.reject(new Error('no worker')));
  return {
    withDeadline: <T>(_at: number, call: () => Promise<T>) => call(),
    workflow: {
      getHandle: (workflowId: string) => ({ query: () => (asked.push(workflowId), query()) }),
      list: async function* () {
        // Nothing failed.
      },
    },
  } as unknown as Client;
}

async function read(answers: boolean) {
  const asked: string[] = [];
  const judged: WebhookHealth[] = [];
  const silent = {
    code: 'WEBHOOK_SILENCE',
    platform: 'academy',
    mailbox: null,
    since: '',
    message: '',
    workflowId: null,
  };
  const sources = createFailureSources({
    client: clientWith(answers, asked),
    platforms: ['academy'],
    watched: [],
    schedules: [],
    judge: (state) => (judged.push(state), [silent]),
  });
  const found = await sources.platformHealth();
  return { asked, judged, found, other: await sources.otherProblems(found) };
}

test('one digest asks each platform for its health once, and judges its silence by that', async () => {
  const { asked, judged, other } = await read(true);

  expect(asked).toEqual(['platform/academy']);
  expect(judged).toEqual([health]);
  expect(other).toMatchObject({ problems: [{ code: 'WEBHOOK_SILENCE' }], complete: true });
});

test('a platform that does not answer is judged by nothing, and the reading is not complete', async () => {
  const { judged, found, other } = await read(false);

  expect(judged).toEqual([]);
  expect([found.complete, other.complete]).toEqual([false, false]);
});
