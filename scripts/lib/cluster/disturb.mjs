import { setTimeout as sleep } from 'node:timers/promises';
import { secondsSince } from '../progress.mjs';

/** What happens to the cluster while the day is played, one after the other, and how long each took to be made good. */
export async function disturb({ temporal, convoke, postgres, everyMs, signal, tell, begin, end }) {
  const killWorker = async () => {
    const worker = (await convoke.owner()) ?? convoke.workers[0];
    await worker.kill();
    worker.again();
    await worker.line(/"worker runs"/, 120_000);
    await worker.until(async () => (await convoke.owner()) !== null, 60_000, 'to leave the mailbox to somebody');
  };
  const killApi = async (i) => {
    await convoke.apis[i].kill();
    convoke.apis[i].again();
    await convoke.apiReady(i);
  };
  const restartPostgres = async () => {
    await postgres.stop();
    await sleep(3_000);
    await postgres.start();
    await temporal.servers[0].until(() => temporal.isServing(temporal.address), 120_000, 'to serve again');
  };
  const acts = [
    ['kill -9 of a Temporal server, back after 5 s', () => temporal.killAndRestart(0, 5_000)],
    ['kill -9 of an api', () => killApi(0)],
    ['kill -9 of the worker that serves the mailbox', killWorker],
    ['PostgreSQL stopped, started after 3 s', restartPostgres],
    ['kill -9 of the other Temporal server, back after 5 s', () => temporal.killAndRestart(1, 5_000)],
    ['kill -9 of the other api', () => killApi(1)],
  ];
  for (const [title, act] of acts) {
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return tell(`not done, the day was over: ${title}`);
    const startedAt = Date.now();
    begin();
    await act().finally(end);
    tell(`${title}: made good after ${secondsSince(startedAt)} s`);
  }
}
