import { mkdtempSync, rmSync } from 'node:fs';
import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { createNamespace } from '../support/temporal';
import { eventually, freePort, inDays, seedSession, Stack } from '../support/stack';

/**
 * Processes die at the worst moment: after the other side has done what was asked, before anybody heard of it. However it ends, there is one
 * event, and each person got one invitation.
 */

const CREATE = '^POST /v1.0/users/[^/]+/events$';

function oneInvitationEach(stack: Stack, seed: Awaited<ReturnType<typeof seedSession>>): void {
  expect(stack.calendar()).toHaveLength(seed.eventIds.length);
  const people = [...seed.learners.map((l) => l.email), 'tess@academy.example'];
  expect(stack.mails().sort()).toEqual(seed.eventIds.flatMap(() => people.map((p) => `invitation ${p}`)).sort());
}

async function publish(stack: Stack, seed: Awaited<ReturnType<typeof seedSession>>): Promise<void> {
  await stack.control.run('update-session', { sessionId: seed.session.id, name: 'Published' });
}

describe('on the shared server', () => {
  let stack: Stack;
  let seed: Awaited<ReturnType<typeof seedSession>>;
  beforeEach(async () => {
    stack = await Stack.open({ name: 'kills' });
    seed = await seedSession(stack, { events: 1 });
    await stack.start();
  });
  afterEach(() => stack.close());

  test('worker killed after the event was created, before it heard so', async () => {
    const fault = stack.armMicrosoft({ match: CREATE, kind: 'hold', where: 'afterCommit' });
    await publish(stack, seed);
    await stack.held('microsoft', fault);

    await stack.kill('worker');
    stack.microsoft.faults.disarm(fault);
    await stack.start('worker');
    // The attempt that died with its worker is given up when its heartbeat is missed.
    await eventually(
      // While no worker has polled yet, Temporal refuses the query.
      async () => ((await stack.state(seed.session.id).catch(() => null))?.lastChangeAt == null ? null : true),
      'the create',
      200_000,
    );
    await stack.settled(seed.session.id);

    oneInvitationEach(stack, seed);
  });

  test.each([
    ['503', { status: 503 }],
    ['504', { status: 504 }],
    ['a closed connection', { reset: true }],
  ])('the event was created and the answer was %s', async (_what, how) => {
    stack.armMicrosoft({ match: CREATE, kind: 'commitThenFail', ...how });
    await publish(stack, seed);
    await stack.settled(seed.session.id, (s) => s.lastChangeAt !== null);

    oneInvitationEach(stack, seed);
  });

  test('the same, and Graph forgets transaction ids: the look-up by extended property saves it', async () => {
    await fetch(`${stack.microsoftUrl}/__control/knobs`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ transactionIdMemoryMs: 0 }),
    });
    stack.armMicrosoft({ match: CREATE, kind: 'commitThenFail', status: 503 });
    await publish(stack, seed);
    await stack.settled(seed.session.id, (s) => s.lastChangeAt !== null);

    oneInvitationEach(stack, seed);
  });

  test('api killed while webhooks pour in: Docebo redelivers, nothing is lost, nothing is doubled', async () => {
    await publish(stack, seed);
    await stack.settled(seed.session.id, (s) => s.lastChangeAt !== null);
    const before = stack.mailCount();
    await stack.control.settings({ webhooks: { split: 'ones', duplicates: 0.3, seed: 7 } });
    const users = Array.from({ length: 20 }, (_, i) => ({
      firstName: 'Late',
      lastName: String(i),
      email: `late${i}@academy.example`,
    }));
    const { result } = await stack.control.run('create-users', { users }, { silent: true });

    const reading = stack.docebo.faults.arm({ match: '^GET /course/v1/sessions/', kind: 'hold', where: 'before' });
    const enrolling = result.map((u) => stack.control.run('enrol', { sessionId: seed.session.id, userIds: [u.id] }));
    // Hints are stored, and the session has begun to act on them, while the rest of the messages are under way.
    await stack.held('docebo', reading);
    await stack.kill('api');
    stack.docebo.faults.disarm(reading);
    await Promise.all(enrolling);
    await stack.start('api');
    await stack.settled(seed.session.id, (s) => Object.keys(s.ledger.people).length === 24);

    expect(stack.mails(before).sort()).toEqual(users.map((u) => `invitation ${u.email}`).sort());
  });

  test('workflow terminated: the next hint adopts what is there, and nobody gets a mail', async () => {
    await publish(stack, seed);
    await stack.settled(seed.session.id, (s) => s.lastChangeAt !== null);
    const before = stack.mailCount();
    const ids = stack.calendar().map((e) => e.id);

    await stack.handle(seed.session.id).terminate('test');
    await publish(stack, seed);
    await stack.settled(seed.session.id, (s) => s.adopted && Object.keys(s.ledger.events).length === 1);
    expect(stack.calendar().map((e) => e.id)).toEqual(ids);
    expect(stack.mails(before)).toEqual([]);

    await stack.control.run('unenrol', { sessionId: seed.session.id, userIds: [seed.learners[0]!.id] });
    await stack.settled(seed.session.id, (s) => Object.keys(s.ledger.people).length === 3);
    expect(stack.mails(before)).toEqual(['cancellation learner1@academy.example']);
  });

  test('who left while nobody looked is taken off by the adoption, and only they hear of it', async () => {
    await publish(stack, seed);
    await stack.settled(seed.session.id, (s) => s.lastChangeAt !== null);
    const before = stack.mailCount();

    await stack.handle(seed.session.id).terminate('test');
    await stack.control.run(
      'unenrol',
      { sessionId: seed.session.id, userIds: [seed.learners[0]!.id] },
      { silent: true },
    );
    await publish(stack, seed);
    await stack.settled(
      seed.session.id,
      (s) => s.adopted && s.ledger.departed.length === 0 && Object.keys(s.ledger.people).length === 3,
    );

    expect(stack.mails(before)).toEqual(['cancellation learner1@academy.example']);
  });

  test('worker told to stop finishes what is under way', async () => {
    const fault = stack.armMicrosoft({ match: CREATE, kind: 'hold', where: 'afterCommit' });
    await publish(stack, seed);
    await stack.held('microsoft', fault);

    const stopped = stack.stop('worker');
    setTimeout(() => stack.microsoft.faults.disarm(fault), 1_000);
    expect(await stopped).toBe(0);
    await stack.start('worker');
    await stack.settled(seed.session.id, (s) => s.lastChangeAt !== null);

    oneInvitationEach(stack, seed);
  });
});

test('Temporal killed while an event was being created: it comes back from its file, and there is one event', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'convoke-temporal-'));
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  let server = await startServer(folder, port);
  const connection = await Connection.connect({ address });
  const namespace = await createNamespace(connection, 'kills-temporal');
  await connection.close();
  const stack = await Stack.open({ name: 'kills-temporal', temporal: { address, namespace } });
  try {
    const seed = await seedSession(stack, { events: 1 });
    await stack.start();
    const fault = stack.armMicrosoft({ match: CREATE, kind: 'hold', where: 'afterCommit' });
    await publish(stack, seed);
    await stack.held('microsoft', fault);

    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGKILL');
    await ended;
    stack.microsoft.faults.disarm(fault);
    // A webhook meanwhile is refused and comes again.
    await stack.control.run('update-event', { eventId: seed.eventIds[0]!, date: inDays(8) });
    server = await startServer(folder, port);
    await stack.settled(
      seed.session.id,
      (s) => s.ledger.events[String(seed.eventIds[0])]?.startsAt.startsWith(inDays(8)) === true,
    );

    expect(stack.calendar()).toHaveLength(1);
    const invitations = stack.mails().filter((m) => m.startsWith('invitation'));
    expect(new Set(invitations).size).toBe(invitations.length);
    expect(invitations).toHaveLength(4);
  } finally {
    await stack.close();
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});

async function startServer(folder: string, port: number): Promise<ChildProcess> {
  const server = spawn(
    process.env.TEMPORAL_CLI_PATH!,
    [
      ...['server', 'start-dev', '--headless', '--port', String(port), '--http-port', String(await freePort())],
      ...[
        '--metrics-port',
        String(await freePort()),
        '--db-filename',
        join(folder, 'temporal.db'),
        '--log-level',
        'never',
      ],
      ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=FULL'],
      ...['--dynamic-config-value', 'system.forceSearchAttributesCacheRefreshOnRead=true'],
    ],
    { stdio: 'ignore' },
  );
  await eventually(async () => {
    const connection = await Connection.connect({ address: `127.0.0.1:${port}`, connectTimeout: '1s' }).catch(
      () => null,
    );
    await connection?.close();
    return connection === null ? null : true;
  }, 'the Temporal server');
  return server;
}
