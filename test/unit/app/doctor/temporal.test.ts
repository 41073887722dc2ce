import { ScheduleNotFoundError, WorkflowNotFoundError } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressKey } from '../../../../src/app/doctor/checks/address-key';
import { codecKeys } from '../../../../src/app/doctor/checks/codec-keys';
import { queueOwners } from '../../../../src/app/doctor/checks/queue-owners';
import { schedules } from '../../../../src/app/doctor/checks/schedules';
import { sharedMailbox } from '../../../../src/app/doctor/checks/shared-mailbox';
import { temporalServer } from '../../../../src/app/doctor/checks/temporal-server';
import { workers } from '../../../../src/app/doctor/checks/workers';
import { createAddressKeys } from '../../../../src/app/keys';
import { SEARCH_ATTRIBUTES } from '../../../../src/contract/search-attributes';
import { openSignInFile } from '../../../../src/app/accounts/sign-ins';
import { yamlWith } from '../some-configuration';
import { aClient, aContext, failed, NOW, run, seen } from './a-context';

const { IndexedValueType, PendingActivityState } = temporal.api.enums.v1;
const seconds = (ms: number) => ({ seconds: Math.floor(ms / 1000), nanos: 0 });
async function* list<T>(...items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

describe('the server', () => {
  const types = Object.fromEntries(
    Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => [
      name,
      type === 'DATETIME' ? IndexedValueType.INDEXED_VALUE_TYPE_DATETIME : IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
    ]),
  );
  const server = (days: number, customAttributes: Record<string, number>) =>
    aContext({
      client: aClient({
        workflowService: {
          describeNamespace: async () => ({ config: { workflowExecutionRetentionTtl: { seconds: days * 86_400 } } }),
        },
        connection: { operatorService: { listSearchAttributes: async () => ({ customAttributes }) } },
      }),
    });

  test('is green with all attributes and a retention that outlives a weekend', async () => {
    expect((await run(temporalServer, server(3, types))).lines).toEqual([
      'green temporal.reach',
      'green temporal.retention',
      'green temporal.attributes',
    ]);
  });

  test('is looked at when ended runs are gone before anybody can look, with the command', async () => {
    const { lines, text } = await run(temporalServer, server(2, types));

    expect(lines[1]).toBe('yellow temporal.retention');
    expect(text).toContain('temporal operator namespace update --namespace convoke --retention 30d');
  });

  test('is red when attributes are missing, or of another type, with a command for each', async () => {
    const { SyncStatus: _, ...others } = types;
    const wrong = { ...others, SessionStartsAt: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD };

    const { lines, findings } = await run(temporalServer, server(30, wrong));

    expect(lines[2]).toBe('red temporal.attributes');
    expect(findings[2]?.says).toContain('missing: SyncStatus; of another type: SessionStartsAt');
    expect(findings[2]?.mend).toEqual([
      'Start the worker: it creates them (npm start).',
      'temporal operator search-attribute remove --namespace convoke --name SessionStartsAt, then start the worker',
    ]);
  });
});

test('attributes that may not be listed are looked at by hand', async () => {
  const refused = Object.assign(new Error('7 PERMISSION_DENIED'), { code: 7, details: '', metadata: {} });
  const client = aClient({
    workflowService: { describeNamespace: async () => ({ config: {} }) },
    connection: { operatorService: { listSearchAttributes: () => Promise.reject(refused) } },
  });

  const { lines, text } = await run(temporalServer, aContext({ client }));

  expect(lines[2]).toBe('yellow temporal.attributes');
  expect(text).toContain('temporal operator search-attribute list --namespace convoke; it must have ');
  expect(text).toContain('SyncStatus (KEYWORD)');
});

describe('workers', () => {
  const polled = (pollers: Readonly<Record<string, readonly string[]>>, ageMs = 0) =>
    aContext({
      client: aClient({
        workflowService: {
          describeTaskQueue: async ({ taskQueue }: { taskQueue: { name: string } }) => ({
            pollers: (pollers[taskQueue.name] ?? []).map((identity) => ({
              identity,
              lastAccessTime: seconds(NOW.getTime() - ageMs),
            })),
          }),
        },
      }),
    });
  const one = { sessions: ['1@a'], 'docebo/academy': ['1@a'], 'graph/training': ['1@a'] };

  test('are green with one process on each queue, and with several on the one without limits', async () => {
    expect((await run(workers, polled({ ...one, sessions: ['1@a', '2@b'] }))).lines).toEqual([
      'green workers sessions',
      'green workers docebo/academy',
      'green workers graph/training',
    ]);
  });

  test('are red when nobody polls, or nobody any more', async () => {
    expect((await run(workers, polled({ ...one, 'graph/training': [] }))).lines[2]).toBe('red workers graph/training');
    const { lines, text } = await run(workers, polled(one, 80_000));
    expect(lines).toEqual(['red workers sessions', 'red workers docebo/academy', 'red workers graph/training']);
    expect(text).toContain('Start the worker: npm start, or node lib/src/worker.js');
  });

  test('are looked at when two processes share a queue with a limit', async () => {
    const { lines, text } = await run(workers, polled({ ...one, 'graph/training': ['1@a', '2@b'] }));

    expect(lines[2]).toBe('yellow workers graph/training');
    expect(text).toContain('temporal task-queue describe --namespace convoke --task-queue graph/training');
  });
});

describe('who serves what', () => {
  const several = yamlWith({ worker: { replicas: 'several' } });
  const owning = (turn: object | null, status = 'RUNNING') =>
    aContext({
      yaml: several,
      client: aClient({
        workflow: {
          getHandle: (id: string) => ({
            describe: async () => {
              if (turn === null) throw new WorkflowNotFoundError('gone', id, undefined);
              return { status: { name: status }, raw: { pendingActivities: [turn] } };
            },
          }),
        },
      }),
    });
  const held = { state: PendingActivityState.PENDING_ACTIVITY_STATE_STARTED, lastWorkerIdentity: '17@host' };

  test('is no matter with one worker', async () => {
    expect((await run(queueOwners, aContext({ client: aClient({}) }))).findings).toEqual([]);
  });

  test('is green while each queue has an owner', async () => {
    const { lines, text } = await run(queueOwners, owning(held));

    expect(lines).toEqual(['green owners docebo/academy', 'green owners graph/training']);
    expect(text).toContain('served by 17@host');
  });

  test('is red while one waits, with why nobody took it, and where its workflow does not run', async () => {
    const waits = {
      state: PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED,
      lastFailure: { applicationFailureInfo: { type: 'QUEUE_DECLINED' } },
    };

    const waiting = await run(queueOwners, owning(waits));
    expect(waiting.lines).toEqual(['red owners docebo/academy', 'red owners graph/training']);
    expect(waiting.text).toContain('waits for a process to serve it (QUEUE_DECLINED)');
    expect(waiting.text).toContain('temporal workflow describe --namespace convoke --workflow-id owner/graph/training');
    const nobody = 'nobody gives it to a process: its workflow does not run';
    expect((await run(queueOwners, owning(null))).text).toContain(nobody);
    expect((await run(queueOwners, owning(held, 'TERMINATED'))).text).toContain(nobody);
  });
});

describe('schedules', () => {
  const with_ = (state: { paused: boolean; note?: string } | null, lastRun: string | null, yaml?: string) =>
    aContext({
      ...(yaml === undefined ? {} : { yaml }),
      client: aClient({
        schedule: {
          getHandle: (id: string) => ({
            describe: async () => {
              if (state === null) throw new ScheduleNotFoundError('gone', id);
              return { state };
            },
          }),
        },
        workflow: { list: () => list(...(lastRun === null ? [] : [{ status: { name: lastRun } }])) },
      }),
    });
  const on = { paused: false };
  const swept = yamlWith({ platforms: { academy: { doceboConnectIsOff: true } } });

  test('are green when they are on and their last run completed', async () => {
    expect((await run(schedules, with_(on, 'COMPLETED', swept))).lines).toEqual([
      'green schedules rsvp-poll/training',
      'green schedules sweep/academy',
      'green schedules failure-digest',
    ]);
  });

  test('are red when missing, or when the last run failed, with the command that tells why', async () => {
    expect((await run(schedules, with_(null, null, swept))).lines[0]).toBe('red schedules rsvp-poll/training');
    const { lines, text } = await run(schedules, with_(on, 'FAILED', swept));
    expect(lines[1]).toBe('red schedules sweep/academy');
    expect(text).toContain('its last run ended as failed');
    expect(text).toContain(`--query 'TemporalScheduledById="sweep/academy" AND ExecutionStatus="Failed"'`);
  });

  test('are looked at when paused, with the note and the command, and where there is no sweep', async () => {
    const { lines, text } = await run(schedules, with_({ paused: true, note: 'until monday' }, null));

    expect(lines).toEqual([
      'yellow schedules rsvp-poll/training',
      'yellow schedules failure-digest',
      'yellow schedules sweep/academy',
    ]);
    expect(text).toContain('is paused ("until monday")');
    expect(text).toContain('temporal schedule toggle --namespace convoke --schedule-id rsvp-poll/training --unpause');
    expect(text).toContain('platforms.academy.doceboConnectIsOff: true');
  });
});

describe('whose events stand in the mailbox', () => {
  const marked = (...sessions: readonly (readonly [platform: string, sessionId: string])[]) =>
    seen(sessions.map(([platform, sessionId]) => ({ platform, sessionId, events: 1 })));
  const knowing = (...ids: readonly string[]) =>
    aClient({
      workflow: {
        getHandle: (id: string) => ({
          describe: async () => {
            if (!ids.includes(id)) throw new WorkflowNotFoundError('gone', id, undefined);
          },
        }),
      },
    });

  test('is green when each has a workflow here', async () => {
    const context = aContext({ client: knowing('session/academy/1'), mailbox: { marked: marked(['academy', '1']) } });

    expect(await run(sharedMailbox, context)).toMatchObject({
      lines: ['green mailbox.shared training'],
      text: expect.stringContaining('1 session in the next weeks') as string,
    });
  });

  test('is red when another installation writes here, and looked at when a workflow is missing', async () => {
    const context = aContext({
      client: knowing('session/academy/1'),
      mailbox: { marked: marked(['academy', '1'], ['academy', '2'], ['staging', '7']) },
    });

    const { lines, text } = await run(sharedMailbox, context);

    expect(lines).toEqual(['red mailbox.shared training', 'yellow mailbox.shared training']);
    expect(text).toContain('1 session of another installation (platforms staging)');
    expect(text).toContain('Give each installation a mailbox of its own');
    expect(text).toContain('1 session without a workflow here (academy/2)');
    expect(text).toContain('convoke backfill');
  });

  test('is red when it cannot be read, and left out without a token', async () => {
    const client = knowing();

    expect(
      (await run(sharedMailbox, aContext({ client, mailbox: { marked: failed('GRAPH_ACCESS', 403) } }))).lines,
    ).toEqual(['red mailbox.shared training']);
    expect((await run(sharedMailbox, aContext({ client, mailbox: { token: failed('GRAPH_TOKEN') } }))).lines).toEqual(
      [],
    );
  });
});

describe('the address key', () => {
  const theirs = createAddressKeys(Buffer.alloc(32, 9));
  const ours = createAddressKeys(Buffer.alloc(32, 7));
  const ADDRESS = 'ada@academy.example';

  function remembering(before: typeof ours, worker: typeof ours) {
    const people = { u1: { addressKey: before(ADDRESS) } };
    const handle = { query: async () => ({ ledger: { people } }) };
    const workflow = { list: () => list({ workflowId: 'session/academy/1' }), getHandle: () => handle };
    const roster = [{ userId: 'u1', address: ADDRESS, addressKey: worker(ADDRESS) }];
    return aContext({
      client: aClient({ workflow }),
      reads: {
        read: async () => ({ result: { plan: { roster } }, via: 'worker' }) as never,
        serverSkewMs: async () => null,
      },
    });
  }

  test('is green when people are recognised, and nothing is said while nobody is known', async () => {
    expect((await run(addressKey, remembering(ours, ours))).lines).toEqual(['green keys.address academy']);
    const nobody = aContext({ client: aClient({ workflow: { list: () => list() } }) });
    expect((await run(addressKey, nobody)).findings).toEqual([]);
  });

  test('is red when the worker has another one than before', async () => {
    const { lines, text } = await run(addressKey, remembering(theirs, ours));

    expect(lines).toEqual(['red keys.address academy']);
    expect(text).toContain('the worker runs with another address key');
    expect(text).toContain('put the CONVOKE_ADDRESS_KEY back');
    expect(text).not.toContain(ADDRESS);
  });

  test('is red when this environment has another one than the worker', async () => {
    const { lines, text } = await run(addressKey, remembering(theirs, theirs));

    expect(lines).toEqual(['red keys.address academy']);
    expect(text).toContain('Copy CONVOKE_ADDRESS_KEY from the environment of the worker');
  });
});

describe('codec keys', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'convoke-doctor-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const OLD = Buffer.alloc(32, 1).toString('base64');
  function context(env: Record<string, string>) {
    const microsoft = { account: { kind: 'delegated' }, signInFolder: folder };
    const nothing = async () => ({ executions: [], schedules: [], nextPageToken: [] });
    const client = aClient({ workflowService: { listWorkflowExecutions: nothing, listSchedules: nothing } });
    const yaml = yamlWith({ microsoft });
    return aContext({ client, yaml, env: { CONVOKE_MICROSOFT_CLIENT_SECRET: undefined as never, ...env } });
  }
  async function signInUnder(id: string): Promise<void> {
    const clientId = '00001111-aaaa-2222-bbbb-3333cccc4444';
    const place = { account: 'default', clientId, signInFile: join(folder, 'default.json') };
    await openSignInFile(place, [{ id, key: Buffer.from(OLD, 'base64') }]).write('{}');
  }
  const NEW = `new:${Buffer.alloc(32, 2).toString('base64')}`;

  test('are green: the first encrypts, and one that nothing needs may go', async () => {
    await signInUnder('new');

    const { lines, text } = await run(codecKeys, context({ CONVOKE_CODEC_KEYS: `${NEW},old:${OLD}` }));

    expect(lines).toEqual(['green keys.codec new', 'green keys.codec old']);
    expect(text).toContain('may be dropped');
  });

  test('one that a sign-in lies under must stay, and is red when it is lacking', async () => {
    await signInUnder('old');

    const stays = await run(codecKeys, context({ CONVOKE_CODEC_KEYS: `${NEW},old:${OLD}` }));
    const lacking = await run(codecKeys, context({ CONVOKE_CODEC_KEYS: NEW }));

    expect(stays.text).toContain(
      'must stay: needed by 0 open runs, 0 actions and 0 last results of schedules; 1 sign-in',
    );
    expect(lacking.lines).toEqual(['green keys.codec new', 'red keys.codec old']);
    expect(lacking.text).toContain('Put the key "old" back behind the others');
    expect(lacking.text).toContain('convoke keys renew');
  });

  test('none may go while it cannot be told under which one a sign-in lies', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'default.json'), 'torn');

    const { lines, text } = await run(codecKeys, context({ CONVOKE_CODEC_KEYS: `${NEW},old:${OLD}` }));

    expect(lines).toEqual(['green keys.codec new', 'green keys.codec old', 'yellow keys.codec default']);
    expect(text).not.toContain('may be dropped');
    expect(text).toContain('convoke login');
  });
});
