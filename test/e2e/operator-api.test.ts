import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { temporalAddress } from '../support/temporal';
import { OidcProvider } from '../support/oidc-provider';
import { eventually, seedSession, Stack } from '../support/stack';

/** The api's own process, a worker, Temporal and a real OpenID provider: who may see and do what. */
let provider: OidcProvider;
let stack: Stack;
let sessionId: string;

const DESK = 'd'.repeat(32);
const AUDIENCE = 'urn:convoke';

beforeAll(async () => {
  provider = await OidcProvider.start();
  const oidc = {
    issuer: provider.issuer,
    audience: [AUDIENCE],
    roles: { read: ['convoke-read'], operate: ['convoke-operate'], decode: ['convoke-decode'] },
  };
  stack = await Stack.open({ name: 'operator-api', api: { oidc } });
  stack.moreEnvironment.CONVOKE_API_TOKENS = `desk:operate:${DESK}`;
  const seed = await seedSession(stack);
  sessionId = String(seed.session.id);
  await stack.start();
  await stack.control.run('update-session', { sessionId: seed.session.id, name: 'Spring 2027' });
  await stack.settled(sessionId, (s) => s.lastChangeAt !== null);
});
afterAll(async () => {
  await stack.close();
  await provider.close();
});

async function ask(method: string, path: string, token: string, body?: object) {
  const answer = await fetch(`http://127.0.0.1:${stack.apiPort}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const tokenOf = (client: string) => provider.token(client, AUDIENCE);

test('a reader sees sessions, one state, coverage and health, without a name or an address', async () => {
  const reader = await tokenOf('convoke-read');
  const listed = await eventually(async () => {
    const answer = await ask('GET', '/sessions?status=in_sync', reader);
    return answer.body['matching'] === 1 ? answer : null;
  }, 'the session in the list');

  const state = await ask('GET', `/sessions/academy/${sessionId}`, reader);
  const why = await ask('GET', `/sessions/academy/${sessionId}/why?history=true`, reader);
  const events = await ask('GET', `/sessions/academy/${sessionId}/events`, reader);
  const coverage = await ask('GET', '/coverage', reader);
  const health = await ask('GET', '/platforms/academy/health', reader);

  expect(listed.body).toMatchObject({ rows: [{ platform: 'academy', sessionId, status: 'in_sync' }] });
  expect(state.body).toMatchObject({
    status: 'in_sync',
    state: { counts: { events: 2, learners: 3, instructors: 1 } },
  });
  const timeline = why.body['timeline'] as { readonly kind: string; readonly details: readonly string[] }[];
  expect(timeline.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['hint', 'facts', 'decision', 'Graph', 'mail']),
  );
  expect(timeline.flatMap(({ details }) => details).join()).toContain('createCalendarEvent took');
  expect(events.body).toMatchObject({ mailbox: 'training', events: [{ answers: {} }, { generation: 1 }] });
  expect(coverage).toMatchObject({ status: 200, body: { platforms: [{ platform: 'academy' }] } });
  expect(health.body['webhooks']).toBeGreaterThan(0);
  expect(JSON.stringify([listed, state, why, events, coverage, health])).not.toMatch(
    /learner1|Tess|academy\.example|First aid|Spring/i,
  );
});

test('a reader changes nothing; an operator does, under a name that the journal keeps', async () => {
  const path = `/sessions/academy/${sessionId}`;
  const operator = await tokenOf('convoke-operate');

  const refused = await ask('POST', `${path}/hold`, await tokenOf('convoke-read'));
  const held = await ask('POST', `${path}/hold`, operator, { reason: 'room unclear' });
  const during = await ask('GET', path, operator);
  const released = await ask('POST', `${path}/release`, DESK);

  expect(refused).toMatchObject({ status: 403, body: { code: 'API_FORBIDDEN' } });
  expect(held.status).toBe(200);
  expect(during.body).toMatchObject({
    state: { held: { by: expect.stringMatching(/^oidc:[0-9a-f]{16}$/) as string, reason: 'room unclear' } },
  });
  expect(released.status).toBe(200);
  expect(JSON.stringify((await stack.state(sessionId)).journal)).toContain('token:desk');
  const audited = stack
    .log()
    .split('\n')
    .filter((line) => line.includes('"audit":true'));
  expect(audited.map((line) => (JSON.parse(line) as { action: string; outcome: string }).outcome)).toEqual([
    'refused',
    'done',
    'done',
  ]);
  expect(stack.log()).not.toContain(DESK);
});

test('an operator sees what a session would do now: nothing when it is in step, and the same calls for one without a workflow', async () => {
  const plan = (id: string) => ask('POST', `/sessions/academy/${id}/plan`, DESK);

  const inStep = await plan(sessionId);
  await ask('POST', `/sessions/academy/${sessionId}/terminate`, DESK, { confirm: `session/academy/${sessionId}` });
  const adopted = await plan(sessionId);
  const unknown = await plan('999999');
  const nowhere = await ask('POST', '/sessions/nowhere/1/plan', DESK);

  expect(inStep).toMatchObject({
    status: 200,
    body: { position: 'on', counts: { events: 2, learners: 3, instructors: 1 }, adopted: null, changes: [] },
  });
  expect(adopted).toMatchObject({ status: 200, body: { adopted: 2, changes: [] } });
  expect(unknown).toMatchObject({ status: 200, body: { position: 'unproven', adopted: 0, changes: [] } });
  expect(nowhere).toMatchObject({ status: 404, body: { code: 'API_PLATFORM_UNKNOWN' } });
  expect(JSON.stringify([inStep, adopted])).not.toMatch(/learner1|Tess|academy\.example|First aid|Spring/i);
});

test("Temporal's own command decodes with a person's access token of the right role, and with no other", async () => {
  const show = async (client: string) => {
    const { stdout } = await promisify(execFile)(
      process.env['TEMPORAL_CLI_PATH'] ?? 'temporal',
      [
        ...['workflow', 'show', '--workflow-id', `session/academy/${sessionId}`, '--detailed'],
        ...['--address', temporalAddress(), '--namespace', stack.client.options.namespace],
        ...['--codec-endpoint', `http://127.0.0.1:${stack.apiPort}/codec`],
        ...['--codec-auth', `Bearer ${await tokenOf(client)}`],
      ],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    return stdout;
  };

  expect(await show('convoke-decode')).toContain('learner1@academy.example');
  expect(await show('convoke-operate').catch((error: Error) => error.message)).not.toContain(
    'learner1@academy.example',
  );
});
