import { createSweepActivities, type SweepProgress } from '../../../src/activities/sweep';
import type { SweepInput, SweepResult } from '../../../src/contract/scheduled';
import { AccessError, ContractError, ThrottledError, UpstreamError, type AppError } from '../../../src/domain/errors';
import type { SessionRow } from '../../../src/domain/sweep/session-row';
import type { SessionInspection, SessionStanding } from '../../../src/domain/sweep/session-standing';
import type { SweepMemory } from '../../../src/domain/sweep/sweep-memory';
import type { SweepSettings } from '../../../src/domain/sweep/sweep-settings';
import { FakeSessionHints } from '../../fakes/fake-session-hints';
import { FakeSessionLister } from '../../fakes/fake-session-lister';
import { FakeSessionRegistry } from '../../fakes/fake-session-registry';
import { digest, NOW } from '../../support/builders';
import { aCourseRow, anInspection, aRow, aStanding, sweepSettings } from '../../support/sweep-builders';

let lister: FakeSessionLister;
let registry: FakeSessionRegistry;
let hints: FakeSessionHints;
let nowMs: number;
let told: SweepProgress[];
beforeEach(() => {
  lister = new FakeSessionLister();
  registry = new FakeSessionRegistry();
  hints = new FakeSessionHints();
  nowMs = Date.parse(NOW);
  told = [];
});

const HOUR = 3_600_000;
const busy = new ThrottledError('the budget is used up', { code: 'DOCEBO_BUDGET', retryAfterMs: 1000 });
const away = new UpstreamError('503', { code: 'DOCEBO_UNAVAILABLE' });

interface Options {
  readonly settings?: Partial<SweepSettings>;
  readonly frozen?: boolean;
  /** What the attempt before this one told. */
  readonly last?: SweepProgress | null;
}

function activities({ settings = {}, frozen = false, last = null }: Options = {}) {
  return createSweepActivities({
    isConnectOff: () => true,
    sessionListerOf: () => lister,
    registry,
    hints,
    settingsOf: () => ({ plan: { rsvp: frozen ? 'frozen' : 'on' } }),
    sweepSettingsOf: () => sweepSettings(settings),
    sweepProgress: { last: () => last, tell: (progress) => told.push(progress) },
    clock: { now: () => new Date(nowMs) },
    digest,
  });
}

function sweep(
  memory: SweepMemory | null = null,
  { horizon = 'all', ...options }: Options & { readonly horizon?: SweepInput['horizon'] } = {},
): Promise<SweepResult> {
  return activities(options).sweepPlatform({ platform: 'acme', horizon, memory });
}

/** A session in Docebo with a workflow that knows it. */
function add(sessionId: string, over: Partial<SessionRow> = {}, known: Partial<SessionInspection> = {}): void {
  const row = addAlone(sessionId, over);
  registry.standings.set(sessionId, aStanding({ courseId: row.courseId }));
  registry.inspections.set(sessionId, anInspection({ learners: row.enrolled ?? 0, ...known }));
}

/** A session in Docebo that nobody looks after. */
function addAlone(sessionId: string, over: Partial<SessionRow> = {}): SessionRow {
  const row = aRow({ sessionId, ...over });
  lister.rows.set(sessionId, row);
  if (!lister.courses.has(row.courseId)) lister.courses.set(row.courseId, aCourseRow(row.courseId));
  if (!lister.looks.has(row.courseId)) lister.looks.set(row.courseId, { facts: 'as ever', rsvp: true });
  return row;
}

function change(sessionId: string, over: Partial<SessionRow>): void {
  const row = lister.rows.get(sessionId);
  if (row !== undefined) lister.rows.set(sessionId, { ...row, ...over });
}

function stand(sessionId: string, over: Partial<SessionStanding>): void {
  registry.standings.set(sessionId, aStanding(over));
}

/** Ids of the sessions hinted since the last look. */
function hinted(): string[] {
  const ids = hints.stored.map(({ batch }) => (batch.target.kind === 'session' ? batch.target.sessionId : '?'));
  hints.stored.length = 0;
  return ids.sort();
}

async function baseline(): Promise<SweepMemory> {
  const { memory } = await sweep();
  hinted();
  registry.asked.length = 0;
  lister.calls.length = 0;
  told.length = 0;
  nowMs += HOUR;
  return memory;
}

describe('a sweep', () => {
  it('hints nobody while workflows know what the lists tell', async () => {
    add('54');
    add('55');

    const first = await sweep();
    nowMs += HOUR;
    const second = await sweep(first.memory);

    expect(hinted()).toEqual([]);
    expect(registry.asked).toEqual(['54', '55']);
    expect(second).toMatchObject({ sessions: 2, differing: 0, hinted: 0, doceboCalls: 2, finished: true });
  });

  it('hints a session whose row changed and whose workflow does not know it', async () => {
    add('54');
    add('55');
    const memory = await baseline();
    change('54', { enrolled: 13 });

    const result = await sweep(memory);

    expect(result).toMatchObject({ differing: 1, hinted: 1, reasons: { differs: 1 }, expectedCalls: 4 });
    expect(hints.stored[0]).toMatchObject({
      workflowId: 'session/acme/54',
      batch: { hints: [{ kind: 'sweep', courseId: '190', eventId: null, userId: null }] },
    });
  });

  it('leaves a change alone that a webhook has told of', async () => {
    add('54');
    const memory = await baseline();
    change('54', { enrolled: 13 });
    registry.inspections.set('54', anInspection({ learners: 13 }));

    const result = await sweep(memory);

    expect(result).toMatchObject({ differing: 0, hinted: 0 });
  });

  it('hints once for a change, not again', async () => {
    add('54');
    const memory = await baseline();
    change('54', { enrolled: 13 });
    const { memory: after } = await sweep(memory);
    hinted();
    nowMs += HOUR;
    registry.inspections.set('54', anInspection({ learners: 13 }));

    await sweep(after);

    expect(hinted()).toEqual([]);
  });

  it('hints again, by another key, when a change did not arrive', async () => {
    add('54');
    const memory = await baseline();
    change('54', { enrolled: 13 });
    const { memory: after } = await sweep(memory);
    nowMs += HOUR;

    await sweep(after);

    const keys = hints.stored.map(({ batch }) => batch.hints[0]?.key);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(2);
  });

  it('starts a workflow for a session that has none', async () => {
    addAlone('54');

    const result = await sweep();

    expect(hinted()).toEqual(['54']);
    expect(result.reasons).toEqual({ missing: 1 });
  });

  it('asks a session once that turns out to want no workflow', async () => {
    addAlone('54');
    const { memory } = await sweep();
    nowMs += HOUR;
    hinted();

    const result = await sweep(memory);

    expect(hinted()).toEqual([]);
    expect(result.coverage).toMatchObject({ seats: 0, unknownSessions: 0 });
  });

  it('asks it again when its course changed, unless the course is off', async () => {
    addAlone('54');
    addAlone('55', { courseId: '191' });
    const { memory } = await sweep();
    nowMs += HOUR;
    hinted();
    for (const id of ['190', '191']) lister.courses.set(id, aCourseRow(id, { details: 'edited' }));
    lister.looks.set('190', { facts: 'another text', rsvp: true });
    lister.looks.set('191', { facts: 'another text', rsvp: false });

    const result = await sweep(memory, { settings: { maxCalls: 14 } });

    expect(hinted()).toEqual(['54']);
    expect(result).toMatchObject({ reasons: { missing: 1 }, waiting: 1 });
  });

  it('puts sessions of courses that are off last', async () => {
    addAlone('54');
    addAlone('55', { courseId: '191' });
    lister.looks.set('190', { facts: 'f', rsvp: false });

    const result = await sweep(null, { settings: { maxCalls: 11 } });

    expect(hinted()).toEqual(['55']);
    expect(result).toMatchObject({ reasons: { missing: 1 }, waiting: 1, finished: false });
  });

  it('hints a session whose workflow fails or is stuck, wherever it is', async () => {
    add('54');
    add('55', { startsAt: '2027-01-01T00:00:00.000Z', endsAt: '2027-01-02T00:00:00.000Z', courseId: '191' });
    registry.inspections.set(
      '55',
      anInspection({ startsAt: '2027-01-01T00:00:00.000Z', endsAt: '2027-01-02T00:00:00.000Z' }),
    );
    const memory = await baseline();
    stand('54', { status: 'error' });
    stand('55', { status: 'pending', courseId: '191' });

    const result = await sweep(memory, { horizon: 'near' });

    expect(hinted()).toEqual(['54', '55']);
    expect(result.reasons).toEqual({ failing: 1, stale: 1 });
  });

  it('hints a session that a complete list lacks, and forgets it', async () => {
    add('54');
    add('55');
    const memory = await baseline();
    lister.rows.delete('54');

    const result = await sweep(memory);

    expect(hinted()).toEqual(['54']);
    expect(result).toMatchObject({ differing: 1, reasons: { vanished: 1 } });
    expect(Object.keys(result.memory.rows)).toEqual(['55']);
  });

  it('says nothing of a session that is over', async () => {
    add('54');
    const memory = await baseline();
    lister.rows.delete('54');
    lister.past.set('54', '190');

    const result = await sweep(memory);

    expect(hinted()).toEqual([]);
    expect(result.sessions).toBe(0);
  });

  it('hints the sessions of a course that is gone', async () => {
    add('54');
    add('55', { courseId: '191' });
    const memory = await baseline();
    lister.courses.delete('190');

    const result = await sweep(memory);

    expect(hinted()).toEqual(['54']);
    expect(Object.keys(result.memory.courses)).toEqual(['191']);
  });

  it('reads a rotating sample in depth, calendar included', async () => {
    for (const id of ['54', '55', '56']) add(id);
    const memory = await baseline();

    const first = await sweep(memory, { settings: { sampleSize: 2 } });
    const kinds = hints.stored.map(({ batch }) => batch.hints[0]?.kind);
    const sampled = hinted();
    await sweep(first.memory, { settings: { sampleSize: 1 } });

    expect(kinds).toEqual(['sample', 'sample']);
    expect([...sampled, ...hinted()]).toEqual(['54', '55', '56']);
  });
});

describe('a course whose row changed', () => {
  beforeEach(() => {
    add('54');
    add('55');
  });

  it('is looked at, and its sessions are hinted when what invitations show of it changed', async () => {
    const memory = await baseline();
    lister.courses.set('190', aCourseRow('190', { details: 'edited' }));

    const result = await sweep(memory);

    expect(hinted()).toEqual(['54', '55']);
    expect(result.doceboCalls).toBe(4);
  });

  it('costs two calls when nothing that matters changed', async () => {
    const memory = await baseline();
    lister.courses.set('190', aCourseRow('190', { details: 'edited' }));
    const { memory: known } = await sweep(memory);
    hinted();
    nowMs += HOUR;
    lister.courses.set('190', aCourseRow('190', { details: 'edited again' }));

    const result = await sweep(known, { horizon: 'near' });

    expect(hinted()).toEqual([]);
    expect(result.doceboCalls).toBe(4);
  });

  it('is looked at the next time when there is no room now', async () => {
    const memory = await baseline();
    lister.courses.set('190', aCourseRow('190', { details: 'edited' }));

    const poor = await sweep(memory, { settings: { maxCalls: 3 } });
    const without = hinted();
    await sweep(poor.memory, { horizon: 'near' });

    expect(without).toEqual([]);
    expect(hinted()).toEqual(['54', '55']);
  });

  it.each([
    ['cannot be read', new AccessError('403', { code: 'DOCEBO_ACCESS' }), null],
    ['cannot be asked now', busy, 'DOCEBO_BUDGET'],
  ])('is compared all the same when it %s', async (_what, error, stoppedBy) => {
    const memory = await baseline();
    lister.courses.set('190', aCourseRow('190', { details: 'edited' }));
    lister.failures.set('look 190', error);
    change('54', { name: 'Cranes' });

    const result = await sweep(memory);

    expect(hinted()).toEqual(['54']);
    expect(result.stoppedBy).toBe(stoppedBy);
  });
});

describe('a list that may lack sessions', () => {
  it('hints those that differ and forgets nobody', async () => {
    add('54');
    add('55');
    const memory = await baseline();
    change('55', { name: 'Cranes' });
    lister.rows.delete('54');
    lister.incomplete.add('190');

    const result = await sweep(memory);

    expect(hinted()).toEqual(['55']);
    expect(Object.keys(result.memory.rows)).toEqual(['54', '55']);
    expect(result).toMatchObject({ unreadable: { incomplete: 1 }, coverage: { seats: 48 } });
  });

  it('of courses forgets no course', async () => {
    add('54');
    const memory = await baseline();
    lister.courses.clear();
    lister.incomplete.add('*');

    const result = await sweep(memory);

    expect(hinted()).toEqual([]);
    expect(result).toMatchObject({ sessions: 1, finished: false });
  });

  it('that Docebo cuts short is used as far as it goes, and the sweep ends there', async () => {
    add('54', { courseId: '1' });
    add('55', { courseId: '2' });
    const memory = await baseline();
    change('54', { name: 'Cranes' });
    lister.interruptions.set('1', away);

    const result = await sweep(memory);

    expect(hinted()).toEqual(['54']);
    expect(result).toMatchObject({
      stoppedBy: 'DOCEBO_UNAVAILABLE',
      coursesVisited: 1,
      coursesPlanned: 2,
      finished: false,
    });
  });

  it('of workflows takes none for missing', async () => {
    addAlone('54');
    registry.complete = false;

    await sweep();

    expect(hinted()).toEqual([]);
  });
});

describe('the budget', () => {
  it('ends a walk, which goes on where it stopped', async () => {
    for (let i = 1; i <= 9; i++) add(String(100 + i), { courseId: String(i) });

    const visits: string[] = [];
    let memory: SweepMemory | null = null;
    for (let run = 0; run < 3; run++) {
      const result: SweepResult = await sweep(memory, { settings: { maxCalls: 4 } });
      visits.push(`${result.coursesVisited} ${result.stoppedBy}`);
      memory = result.memory;
      nowMs += HOUR;
    }

    expect(visits).toEqual(['3 max-calls', '3 max-calls', '3 null']);
    expect(lister.calls.filter((call) => call !== '*').sort()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(memory).toMatchObject({ fullFrom: null, fullAt: NOW });
  });

  it('is kept, with what its hints will cost', async () => {
    for (let i = 1; i <= 20; i++) addAlone(String(100 + i));

    const result = await sweep(null, { settings: { maxCalls: 30 } });

    expect(result.doceboCalls + result.expectedCalls).toBeLessThanOrEqual(30);
    expect(result).toMatchObject({ hinted: 6, waiting: 14, finished: false });
  });

  it('puts off what differs, which differs the next time as well', async () => {
    for (const id of ['54', '55']) add(id);
    const memory = await baseline();
    change('54', { name: 'Cranes', startsAt: '2026-06-03T07:00:00.000Z' });
    change('55', { name: 'Cranes' });

    const first = await sweep(memory, { settings: { maxCalls: 7 } });
    const nearest = hinted();
    nowMs += HOUR;
    registry.inspections.set('55', anInspection());
    await sweep(first.memory, { settings: { maxCalls: 7 } });

    expect(first).toMatchObject({ differing: 2, hinted: 1, waiting: 1 });
    expect([...nearest, ...hinted()]).toEqual(['55', '54']);
  });

  it('takes those it has not asked yet for unknown, and asks them the next time', async () => {
    for (const id of ['54', '55', '56']) add(id);

    const first = await sweep(null, { settings: { maxInspections: 2 } });
    const second = await sweep(first.memory, { settings: { maxInspections: 2 } });

    expect(hinted()).toEqual([]);
    expect(registry.asked).toEqual(['54', '55', '56']);
    expect([first, second].map((r) => r.coverage.unknownSessions)).toEqual([1, 0]);
  });
});

describe('trouble', () => {
  it('with one course does not keep the others waiting', async () => {
    add('54', { courseId: '1' });
    add('55', { courseId: '2' });
    lister.failures.set('1', new ContractError('no list', { code: 'DOCEBO_CONTRACT' }));

    const result = await sweep();

    expect(result).toMatchObject({ sessions: 1, unreadable: { DOCEBO_CONTRACT: 1 }, coursesVisited: 2 });
  });

  it('with course after course fails the sweep', async () => {
    for (let i = 1; i <= 6; i++) {
      add(String(100 + i), { courseId: String(i) });
      lister.failures.set(String(i), new AccessError('403', { code: 'DOCEBO_ACCESS' }));
    }

    await expect(sweep()).rejects.toMatchObject({ code: 'DOCEBO_ACCESS' });
  });

  it.each([busy, away])('of Docebo’s ends the sweep with what it has: $code', async (error) => {
    add('54', { courseId: '1' });
    add('55', { courseId: '2' });
    lister.failures.set('2', error);

    const result = await sweep();

    expect(result).toMatchObject({ sessions: 1, stoppedBy: error.code, finished: false });
  });

  it('before anything could be read fails the sweep', async () => {
    lister.failures.set('*', away);

    await expect(sweep()).rejects.toBe(away);
  });

  it('of Temporal’s fails the sweep, and another attempt goes on behind the courses that are done', async () => {
    for (const id of ['1', '2', '3']) addAlone(`10${id}`, { courseId: id });
    for (const id of ['1', '2', '3']) add(`20${id}`, { courseId: id });
    const memory = await baseline();
    for (const id of ['1', '2', '3']) change(`20${id}`, { name: 'Cranes' });
    hints.failFor(['session/acme/202']);
    const error: AppError = await sweep(memory).then(
      () => Promise.reject(new Error('nothing was thrown')),
      (thrown: AppError) => thrown,
    );
    const before = hinted();
    lister.calls.length = 0;
    hints.behave(async () => {});

    const last = told.at(-1);
    told.length = 0;
    const result = await sweep(memory, { last });

    expect(error.code).toBe('TEMPORAL_UNAVAILABLE');
    expect(before).toEqual(['201']);
    expect(lister.calls).toEqual(['*', '2', '3']);
    expect(hinted()).toEqual(['202', '203']);
    expect(result).toMatchObject({ coursesVisited: 3, hinted: 3 });
    expect(told.map(({ done }) => done)).toEqual([['1'], ['1', '2'], ['1', '2', '3']]);
  });

  it('leaves a frozen platform alone', async () => {
    addAlone('54');
    const result = await sweep(null, { frozen: true });

    expect(lister.calls).toEqual([]);
    expect(result).toMatchObject({ hinted: 0, doceboCalls: 0 });
  });
});

describe('coverage', () => {
  it('counts the seats that a lost webhook left uncovered, until they are', async () => {
    add('54');
    add('55');
    const memory = await baseline();
    change('54', { enrolled: 13 });

    const found = await sweep(memory);
    nowMs += HOUR;
    registry.inspections.set('54', anInspection({ learners: 13, ledger: { learners: 13, live: 2, ended: 0 } }));
    const healed = await sweep(found.memory);

    expect(found.coverage).toMatchObject({ seats: 50, covered: 48, oldestGapSince: '2026-05-01T09:00:00.000Z' });
    expect(healed.coverage).toMatchObject({ seats: 50, covered: 50, oldestGapSince: null });
  });

  it('counts a failing session by its ledger, since it fails', async () => {
    add('54');
    const memory = await baseline();
    stand('54', { status: 'error' });
    const failingSince = '2026-05-01T07:00:00.000Z';
    registry.inspections.set('54', anInspection({ failingSince, ledger: { learners: 12, live: 1, ended: 0 } }));

    const { coverage } = await sweep(memory);

    expect(coverage).toMatchObject({ seats: 24, covered: 12, oldestGapSince: failingSince });
  });

  it('counts a session that is known to want invitations and has no workflow', async () => {
    addAlone('54');

    expect((await sweep()).coverage).toMatchObject({ seats: 24, covered: 0, oldestGapSince: NOW });
  });

  it('counts sessions of courses that this sweep did not visit', async () => {
    add('54');
    add(
      '55',
      { startsAt: '2027-01-01T00:00:00.000Z', endsAt: null, courseId: '191' },
      { startsAt: '2027-01-01T00:00:00.000Z', endsAt: null },
    );
    const memory = await baseline();

    const result = await sweep(memory, { horizon: 'near', settings: { nearMs: 60 * 86_400_000 } });

    expect(lister.calls).toEqual(['*', '190']);
    expect(result.coverage).toMatchObject({ seats: 48, covered: 48 });
  });
});

describe('a backfill', () => {
  const input = { platform: 'acme', memory: null };

  it('refuses while Docebo Connect may be on', async () => {
    await expect(activities().backfillPlatform({ ...input, doceboConnectIsOff: false })).rejects.toMatchObject({
      code: 'INPUT_BACKFILL_DOCEBO_CONNECT',
      kind: 'input',
      message: expect.stringContaining('--docebo-connect-is-off') as string,
    });
    expect(lister.calls).toEqual([]);
  });

  it('starts a workflow for every future session, run by run', async () => {
    for (let i = 1; i <= 5; i++) addAlone(String(100 + i));
    let memory: SweepMemory | null = null;
    const finished: boolean[] = [];
    for (let run = 0; run < 3; run++) {
      const result: SweepResult = await activities({ settings: { maxCalls: 12 } }).backfillPlatform({
        platform: 'acme',
        memory,
        doceboConnectIsOff: true,
      });
      memory = result.memory;
      finished.push(result.finished);
      nowMs += HOUR;
    }

    expect(hints.stored.every(({ batch }) => batch.hints[0]?.kind === 'backfill')).toBe(true);
    expect(hinted()).toEqual(['101', '102', '103', '104', '105']);
    expect(finished).toEqual([false, false, true]);
  });
});

it('chooses the horizon by itself when told so', async () => {
  add(
    '54',
    { startsAt: '2027-01-01T00:00:00.000Z', endsAt: null },
    { startsAt: '2027-01-01T00:00:00.000Z', endsAt: null },
  );

  const first = await sweep(null, { horizon: 'due' });
  nowMs += HOUR;
  const second = await sweep(first.memory, { horizon: 'due' });
  nowMs += 20 * HOUR;
  const third = await sweep(second.memory, { horizon: 'due' });

  expect([first, second, third].map((r) => `${r.horizon} ${r.coursesVisited}`)).toEqual(['all 1', 'near 0', 'all 1']);
});
