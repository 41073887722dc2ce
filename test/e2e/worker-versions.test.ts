import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sessionWorkflowId } from '../../src/contract/ids';
import { eventually, inDays, seedSession, Stack, type Program } from '../support/stack';

/** Temporal's Worker Versioning, moved by the commands of docs/upgrading.md. */

const run = promisify(execFile);
let stack: Stack;
const transcript: string[] = [];

async function temporal(...args: string[]): Promise<string> {
  const { address, namespace } = stack.temporalServer;
  const { stdout } = await run(process.env.TEMPORAL_CLI_PATH!, [
    ...args,
    ...['--address', address, '--namespace', namespace],
  ]);
  transcript.push(`$ temporal ${args.join(' ')}\n${stdout}`);
  return stdout;
}

const deployment = (verb: string, ...args: string[]) =>
  temporal('worker', 'deployment', verb, ...args, ...(verb === 'describe' ? [] : ['--yes']));

async function startVersion(program: Program, buildId: string): Promise<void> {
  stack.moreEnvironment.CONVOKE_BUILD_ID = buildId;
  await stack.start(program);
  await eventually(async () => {
    const known = await deployment('describe', '--name', 'convoke').catch(() => '');
    return known.includes(buildId) || null;
  }, `Temporal to know version ${buildId}`);
}

async function versionOf(workflowId: string) {
  const { raw } = await stack.client.workflow.getHandle(workflowId).describe();
  const info = raw.workflowExecutionInfo?.versioningInfo;
  return { buildId: info?.deploymentVersion?.buildId ?? null, behavior: Number(info?.behavior) };
}

const AUTO_UPGRADE = 2;
const PINNED = 1;

beforeEach(async () => {
  stack = await Stack.open({
    name: 'versions',
    worker: { replicas: 'several', versioning: { deployment: 'convoke' } },
    schedules: { rsvpPoll: '2s' },
  });
});
afterEach(async () => {
  await stack.close();
  if (process.env.SHOW_TRANSCRIPT !== undefined) process.stderr.write(transcript.join('\n'));
});

test('a session goes over to the new version with its next task and back again; queues with limits serve both', async () => {
  const seed = await seedSession(stack, { events: 1 });
  const id = sessionWorkflowId({ platform: 'academy', sessionId: String(seed.session.id) });
  const change = (n: number) => stack.control.run('update-event', { eventId: seed.eventIds[0]!, date: inDays(n) });
  const moved = (n: number) =>
    stack.settled(seed.session.id, (s) => Object.values(s.ledger.events)[0]?.startsAt.startsWith(inDays(n)) === true);
  // All processes read the same settings.
  stack.moreEnvironment.CONVOKE_BUILD_ID = '0.1.0';
  await stack.start('api');
  await startVersion('worker', '0.1.0');
  await deployment('set-current-version', '--deployment-name', 'convoke', '--build-id', '0.1.0');
  await change(9);
  await moved(9);
  expect(await versionOf(id)).toEqual({ buildId: '0.1.0', behavior: AUTO_UPGRADE });

  await startVersion('worker-2', '0.2.0');
  await deployment('set-ramping-version', '--deployment-name', 'convoke', '--build-id', '0.2.0', '--percentage', '5');
  await deployment('set-current-version', '--deployment-name', 'convoke', '--build-id', '0.2.0');
  await change(10);
  await moved(10);
  expect((await versionOf(id)).buildId).toBe('0.2.0');
  // Nobody but the old version's process may still own the queues; it serves the new version's workflows.
  expect(stack.log('worker')).toContain('"queue: took"');

  await deployment('describe', '--name', 'convoke');
  await deployment('set-current-version', '--deployment-name', 'convoke', '--build-id', '0.1.0');
  await change(11);
  await moved(11);
  expect((await versionOf(id)).buildId).toBe('0.1.0');

  await deployment('set-current-version', '--deployment-name', 'convoke', '--build-id', '0.2.0');
  expect(await stack.stop('worker')).toBe(0);
  await change(12);
  await moved(12);
  expect((await versionOf(id)).buildId).toBe('0.2.0');
  expect(stack.calendar()).toHaveLength(1);

  const poll = await eventually(async () => {
    for await (const { workflowId } of stack.client.workflow.list({ query: 'WorkflowType = "pollRsvps"' }))
      return workflowId;
    return null;
  }, 'a poll');
  expect((await versionOf(poll)).behavior).toBe(PINNED);
  await deployment('describe', '--name', 'convoke');
});
