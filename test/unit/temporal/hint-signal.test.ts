import { WorkflowNotFoundError } from '@temporalio/common';
import type { HintSignal } from '../../../src/contract/messages';
import { createHintSignal } from '../../../src/temporal/hint-signal';

const ID = 'session/academy/5401';
const HINT: HintSignal = { receivedAt: '2026-01-05T10:00:00Z', hints: [] };

function stage() {
  const log: string[] = [];
  const refusals: Error[] = [];
  const handle = {
    signal: async (_name: unknown, signal: unknown) => {
      log.push(`signal ${(signal as HintSignal).receivedAt}`);
      const refusal = refusals.shift();
      if (refusal !== undefined) throw refusal;
    },
  };
  const tell = createHintSignal({ workflow: { getHandle: () => handle as never } });
  const start = async (): Promise<void> => void log.push('start');
  return { log, refusals, tell: (id = ID, starting = start) => tell(id, HINT, starting) };
}

test('the first hint may start its session, later ones are signals', async () => {
  const { log, tell } = stage();
  await tell();
  await tell();

  expect(log).toEqual(['start', `signal ${HINT.receivedAt}`]);
});

test('each session is told of by itself', async () => {
  const { log, tell } = stage();
  await tell(ID);
  await tell('session/academy/5402');

  expect(log).toEqual(['start', 'start']);
});

test('a session that has ended since is started, and remembered again', async () => {
  const { log, refusals, tell } = stage();
  await tell();
  refusals.push(new WorkflowNotFoundError('workflow execution already completed', ID, undefined));
  await tell();
  await tell();

  expect(log.map((line) => line.split(' ')[0])).toEqual(['start', 'signal', 'start', 'signal']);
});

test('any other refusal is the answer: nothing is told twice', async () => {
  const { log, refusals, tell } = stage();
  await tell();
  refusals.push(new Error('14 UNAVAILABLE'));

  await expect(tell()).rejects.toThrow('14 UNAVAILABLE');
  expect(log).toEqual(['start', `signal ${HINT.receivedAt}`]);
});

test('a start that failed is none', async () => {
  const { log, tell } = stage();
  await expect(tell(ID, () => Promise.reject(new Error('deadline')))).rejects.toThrow('deadline');
  await tell();

  expect(log).toEqual(['start']);
});
