import { ownerWorkflowId } from '../../src/contract/ids';
import { graphQueue } from '../../src/contract/queues';
import { eventually, inDays, ORGANIZER, Stack, type Program } from '../support/stack';

/**
 * Several api and worker processes of the compiled product share the work: each mailbox has one owner, however its process ends, and Graph
 * never sees more requests at once than it allows one app in one mailbox.
 */

const WORKERS: readonly Program[] = ['worker', 'worker-2', 'worker-3'];
const TAKE_OVER_LIMIT_MS = 20_000;
const TRAINING = graphQueue('training');

let stack: Stack;
beforeEach(async () => {
  stack = await Stack.open({ name: 'several', worker: { replicas: 'several' } });
  // Requests that take their time stand beside each other.
  stack.armMicrosoft({ match: '/v1.0/users/', kind: 'latency', ms: 250, times: 0 });
});
afterEach(() => stack.close());

/** The process that serves the queue, as Temporal sees it: `pid@host` of the started attempt. */
async function ownerOf(queue: string, among: readonly Program[]): Promise<Program | null> {
  const { raw } = await stack.client.workflow.getHandle(ownerWorkflowId(queue)).describe();
  const [turn] = raw.pendingActivities ?? [];
  // PENDING_ACTIVITY_STATE_STARTED
  if (turn === undefined || Number(turn.state) !== 2) return null;
  return among.find((program) => turn.lastWorkerIdentity?.startsWith(`${stack.pid(program)}@`) === true) ?? null;
}

/** Waits until one of them has taken the queue, and says so. */
async function owner(queue: string, among: readonly Program[]): Promise<Program> {
  return eventually(async () => {
    const program = await ownerOf(queue, among).catch(() => null);
    return program !== null && took(program, queue) ? program : null;
  }, `an owner of ${queue}`);
}

function took(program: Program, queue: string): boolean {
  return stack
    .log(program)
    .split('\n')
    .some((line) => line.includes('"queue: took"') && line.includes(`"${queue}"`));
}

let people = 0;
/** Sessions of one event and three learners each, of a new course; nobody has heard of them. */
async function seed(count: number) {
  const run = stack.control.run.bind(stack.control);
  const silent = { silent: true };
  const { result: course } = await run('create-course', { name: 'First aid', rsvp: true, type: 'classroom' }, silent);
  const made = [];
  for (let i = 0; i < count; i++) {
    const users = [1, 2, 3].map((n) => ({
      firstName: 'Learner',
      lastName: String(n),
      email: `learner${++people}@academy.example`,
    }));
    const { result: learners } = await run('create-users', { users }, silent);
    const events = [
      { name: 'Day', date: inDays(7 + i), timeBegin: '09:00', timeEnd: '17:00', timezone: 'Europe/Rome' },
    ];
    const { result: session } = await run(
      'create-session',
      { courseId: course.id, name: `Session ${i}`, maxEnroll: 50, events },
      silent,
    );
    await run('enrol', { sessionId: session.id, userIds: learners.map((u) => u.id) }, silent);
    made.push({ id: session.id, emails: users.map((u) => u.email) });
  }
  return { course, sessions: made };
}

type Seed = Awaited<ReturnType<typeof seed>>;

async function publish({ sessions }: Seed, name: string): Promise<void> {
  await Promise.all(sessions.map(({ id }) => stack.control.run('update-session', { sessionId: id, name })));
}

async function allSettled({ sessions }: Seed): Promise<void> {
  for (const { id } of sessions) await stack.settled(id, (s) => s.lastChangeAt !== null);
}

function oneInvitationEach({ sessions }: Seed, from = 0): void {
  const expected = sessions.flatMap(({ emails }) => emails.map((email) => `invitation ${email}`));
  expect(
    stack
      .mails(from)
      .filter((mail) => mail.startsWith('invitation'))
      .sort(),
  ).toEqual(expected.sort());
}

async function mostInFlight(): Promise<Record<string, number>> {
  const report = (await (await fetch(`${stack.microsoftUrl}/__control/quota`)).json()) as {
    readonly mailbox: string;
    readonly maxInFlight: number;
    readonly throttled: number;
  }[];
  for (const { throttled } of report) expect(throttled).toBe(0);
  return Object.fromEntries(report.map(({ mailbox, maxInFlight }) => [mailbox, maxInFlight]));
}

test('the owner is killed, and the next one too: the mailbox moves within 20 s, and nobody is mailed twice', async () => {
  await stack.start('api', 'api-2', ...WORKERS);
  const moves: number[] = [];
  let living: readonly Program[] = WORKERS;

  for (const round of [1, 2]) {
    const before = await owner(TRAINING, living);
    const from = stack.mailCount();
    const work = await seed(14);
    await publish(work, 'Published');
    await eventually(async () => (stack.mailCount() > from + 3 ? true : null), 'the first invitations');
    const others = living.filter((w) => w !== before);
    await stack.kill(before);
    const killedAt = Date.now();
    const after = await owner(TRAINING, others);
    moves.push(Date.now() - killedAt);

    expect(after).not.toBe(before);
    await allSettled(work);
    oneInvitationEach(work, from);
    // Back comes the one that died: the second round may go the other way.
    await stack.start(before);
    living = round === 1 ? [before, after] : living;
    if (round === 1) await stack.stop(others.find((w) => w !== after)!);
  }

  for (const ms of moves) expect(ms).toBeLessThan(TAKE_OVER_LIMIT_MS);
  expect(stack.calendar()).toHaveLength(28);
  const most = Object.values(await mostInFlight());
  expect(Math.max(...most)).toBeLessThanOrEqual(4);
  // All slots were used, or this proves little.
  expect(Math.max(...most)).toBeGreaterThan(1);
});

test('an owner that is told to stop finishes what is under way and hands over at once', async () => {
  stack.change(() => ({ worker: { replicas: 'several', takeOver: '1m' } }));
  await stack.start('api', 'worker', 'worker-2');
  const before = await owner(TRAINING, ['worker', 'worker-2']);
  const other: Program = before === 'worker' ? 'worker-2' : 'worker';
  const work = await seed(1);
  const fault = stack.armMicrosoft({ match: '^POST /v1.0/users/[^/]+/events$', kind: 'hold', where: 'afterCommit' });
  await publish(work, 'Published');
  await stack.held('microsoft', fault);

  const stopped = stack.stop(before);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  // While the request is under way nobody else may begin.
  expect(took(other, TRAINING)).toBe(false);
  stack.microsoft.faults.disarm(fault);
  const releasedAt = Date.now();
  await owner(TRAINING, [other]);
  const moved = Date.now() - releasedAt;

  expect(await stopped).toBe(0);
  // Nobody waited for a minute to pass without a heartbeat.
  expect(moved).toBeLessThan(TAKE_OVER_LIMIT_MS);
  await allSettled(work);
  oneInvitationEach(work);
});

test('an owner that was frozen and wakes up serves no more', async () => {
  await stack.start('api', 'worker', 'worker-2');
  const frozen = await owner(TRAINING, ['worker', 'worker-2']);
  const other: Program = frozen === 'worker' ? 'worker-2' : 'worker';
  const work = await seed(14);
  await publish(work, 'Published');
  await eventually(async () => (stack.mailCount() > 3 ? true : null), 'the first invitations');

  process.kill(stack.pid(frozen), 'SIGSTOP');
  await owner(TRAINING, [other]);
  const more = await seed(10);
  await publish(more, 'Published while frozen');
  await eventually(async () => (stack.mailCount() > 12 ? true : null), 'invitations of the new owner');
  process.kill(stack.pid(frozen), 'SIGCONT');

  await eventually(async () => (stack.log(frozen).includes('"queue: lost"') ? true : null), 'the frozen one to notice');
  await allSettled(work);
  await allSettled(more);
  expect(await ownerOf(TRAINING, ['worker', 'worker-2'])).toBe(other);
  expect(Object.values(await mostInFlight()).every((n) => n <= 4)).toBe(true);
  oneInvitationEach({ ...work, sessions: [...work.sessions, ...more.sessions] });
});

test('a mailbox is added by configuration alone, while the workers restart one after the other', async () => {
  await stack.start('api', 'worker', 'worker-2');
  await owner(TRAINING, ['worker', 'worker-2']);
  const work = await seed(2);
  stack.addMailbox('milan', 'milan@academy.example', [{ courses: [work.course.id], mailbox: 'milan' }]);

  expect(await stack.stop('worker')).toBe(0);
  await stack.start('worker');
  // The other one does not know it yet, and must not take it.
  expect(await owner(graphQueue('milan'), ['worker', 'worker-2'])).toBe('worker');
  expect(await stack.stop('worker-2')).toBe(0);
  await stack.start('worker-2');
  await publish(work, 'Published');
  await allSettled(work);

  expect(stack.calendar('milan@academy.example')).toHaveLength(2);
  expect(stack.calendar(ORGANIZER)).toHaveLength(0);
});
