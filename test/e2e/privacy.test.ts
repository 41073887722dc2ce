import { Client, type Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { OtlpCollector } from '../support/otlp-collector';
import { OwnTemporal } from '../support/own-temporal';
import { findAll, toNeedle, type Hit } from '../support/personal-search';
import { answerMeeting, eventually, inDays, seedSession, Stack } from '../support/stack';

/**
 * Names and addresses stay in Docebo and Outlook: a day with everything that goes wrong, and then whatever Convoke has left behind is
 * searched, byte by byte. The last test proves that the search finds.
 */

const PEOPLE = [
  { firstName: 'Zuleikha', lastName: 'Quasselbein', email: 'zuleikha.quasselbein@people.example' },
  { firstName: 'Wenceslas', lastName: 'Brænnstrøm', email: 'wenceslas+courses@people.example' },
  { firstName: 'Peregrine', lastName: "O'Thistlewood", email: 'Peregrine.OThistlewood@People.Example' },
] as const;
const TEACHER = { firstName: 'Hortensia', lastName: 'Vogelsanger', email: 'hortensia.vogelsanger@people.example' };
const NEWCOMER = { firstName: 'Bartholomew', lastName: 'Krzyżanowski', email: 'bart.krzyzanowski@people.example' };
const STRANGER = {
  firstName: 'Ingeborg',
  lastName: 'Fremdenzimmer',
  email: 'ingeborg.fremdenzimmer@elsewhere.example',
};
const RECIPIENT = 'failures.for.waldtraut@desk.example';

const everybody = [...PEOPLE, TEACHER, NEWCOMER, STRANGER];
const needles = [
  ...everybody.flatMap(({ firstName, lastName, email }) => [firstName, lastName, email, email.split('@')[0]!]),
  RECIPIENT,
].map(toNeedle);

let collector: OtlpCollector;
let server: OwnTemporal;
let connection: Connection;
let stack: Stack;

beforeAll(async () => {
  collector = await OtlpCollector.open();
  server = await OwnTemporal.start('privacy');
  connection = await server.connect();
  stack = await Stack.open({
    name: 'privacy',
    temporal: { address: server.address, namespace: server.namespace },
    platform: { doceboConnectIsOff: true, originalDomain: 'academy.docebosaas.com' },
    schedules: { rsvpPoll: '2s', sweep: '4s', failureDigest: '3s' },
    notifications: { failureRecipients: [RECIPIENT], names: 'allowed', temporalUiUrl: 'http://127.0.0.1:8233' },
    writeBack: true,
    metrics: true,
    logLevel: 'debug',
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '200' },
  });
  await playTheDay();
});

afterAll(async () => {
  await stack?.close();
  await connection?.close();
  await server?.stop();
  await collector?.close();
});

async function playTheDay(): Promise<void> {
  const run = stack.control.run.bind(stack.control);
  const silent = { silent: true };
  const seed = await seedSession(stack, { learners: 0, events: 2 });
  const { result: learners } = await run('create-users', { users: [...PEOPLE] }, silent);
  const { result: teacher } = await run('create-user', TEACHER, silent);
  await run('update-session', { sessionId: seed.session.id, instructorIds: [teacher.id] }, silent);
  await run('enrol', { sessionId: seed.session.id, userIds: learners.map(({ id }) => id) }, silent);
  await stack.start();

  // Published, changed, somebody comes, somebody goes.
  await run('update-session', { sessionId: seed.session.id, name: 'Spring' });
  await stack.settled(seed.session.id, (s) => s.lastChangeAt !== null);
  const { result: newcomer } = await run('create-user', NEWCOMER, silent);
  await run('enrol', { sessionId: seed.session.id, userIds: [newcomer.id] });
  await run('unenrol', { sessionId: seed.session.id, userIds: [learners[2]!.id] });
  await run('update-event', { eventId: seed.eventIds[1]!, date: inDays(12) });
  await stack.settled(seed.session.id, (s) => s.journal.some((j) => j.what === 'updateContent'));

  // Answers, one of somebody to whom the invitation was forwarded.
  const event = stack.calendar()[0]!;
  await answerMeeting(stack, event.id, PEOPLE[0].email.toLowerCase(), 'accepted');
  await answerMeeting(stack, event.id, PEOPLE[1].email, 'declined');
  await eventually(async () => ((await stack.control.truth()).answers.length >= 2 ? true : null), 'answers in Docebo');

  await refuseEverything(seed.session.id);
  await sendNonsense();
  await stack.control.whenIdle();
}

/** Every system fails, and its answers quote people. */
async function refuseEverything(sessionId: number): Promise<void> {
  const { firstName, lastName, email } = STRANGER;
  const quoting = {
    error: { code: 'ErrorAccessDenied', message: `${firstName} ${lastName} <${email}> has no access` },
    message: [`${email} is not allowed`],
    name: lastName,
  };
  const change = (name: string) => stack.control.run('update-session', { sessionId, name });

  const refused = stack.armMicrosoft({
    match: '^PATCH .*/events/',
    kind: 'status',
    status: 403,
    times: 0,
    body: quoting,
  });
  await change('Refused');
  const mails = () => stack.microsoft.state.data.outbox.filter((m) => m.kind === 'mail' && m.to === RECIPIENT);
  await eventually(
    async () => (mails().some((m) => m.subject.includes('refuses access')) ? true : null),
    'the failure mail',
  );
  stack.microsoft.faults.disarm(refused);
  await stack.settled(sessionId, (s) => s.failures.length === 0);
  await eventually(
    async () => (mails().some((m) => m.subject.includes('solved')) ? true : null),
    'the mail of its end',
  );

  for (const status of [400, 409, 429, 500]) {
    stack.armMicrosoft({ match: '^PATCH .*/events/', kind: 'status', status, retryAfter: 1, body: quoting });
    await change(`Graph ${status}`);
    await stack.settled(sessionId);
  }
  for (const status of [400, 403, 500]) {
    stack.docebo.faults.arm({ match: 'enroll|enrol|user', kind: 'status', status, body: quoting });
    await change(`Docebo ${status}`);
    await stack.settled(sessionId);
  }
  stack.docebo.faults.arm({ match: 'session', kind: 'wrongJson' });
  await change('No JSON');
  await stack.settled(sessionId);

  // A broken session: a person without a usable address.
  const { result } = await stack.control.run(
    'create-user',
    { ...STRANGER, email: `${STRANGER.lastName} at home` },
    { silent: true },
  );
  await stack.control.run('enrol', { sessionId, userIds: [result.id] });
  await eventually(
    async () => ((await stack.state(sessionId)).failures.length > 0 ? true : null),
    'the broken session',
  );
}

/** What arrives at the webhook address: of strangers, and of Docebo in a form that nobody foresaw. */
async function sendNonsense(): Promise<void> {
  const { email, lastName } = STRANGER;
  const right = `Basic ${Buffer.from('docebo:webhook-password').toString('base64')}`;
  const wrong = `Basic ${Buffer.from(`${email}:${lastName}`).toString('base64')}`;
  const payload = { session_id: 1, course_id: 1, user: { email, lastname: lastName }, [email]: lastName };
  const bodies: unknown[] = [
    `{"event": "${email}`,
    email,
    `"${email}"`,
    [email],
    { event: email, payload: { [email]: lastName } },
    { event: `user.${lastName}.created`, payload },
    { event: 'ilt.session.updated', payload: email },
    { event: 'ilt.session.updated', payload: { session_id: email, course_id: lastName } },
    { event: 'ilt.session.updated', payload: { user: { email } } },
    { event: 'ilt.session.updated', payloads: [email] },
    { event: { [email]: email }, payload },
    { event: 'ilt.session.updated', message_id: email, original_domain: email, payload },
  ];
  for (const body of bodies) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    for (const authorization of [right, wrong]) {
      await fetch(stack.webhookUrl(), {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', 'user-agent': email, 'x-request-id': email },
        body: text,
      });
    }
  }
  const base = `http://127.0.0.1:${stack.apiPort}`;
  await fetch(`${base}/${encodeURIComponent(email)}?mail=${encodeURIComponent(email)}`);
  await fetch(`${base}/webhooks/docebo/${encodeURIComponent(email)}?q=${lastName}`, { method: 'POST', body: '{}' });
  await fetch(`${base}/healthz?who=${encodeURIComponent(email)}`, { headers: { referer: `https://x/${lastName}` } });
}

/** Failures of the search read as "who, in which form, where", one a line. */
const shown = (hits: readonly Hit[]): string[] => hits.map(({ text, form, around }) => `${text} (${form}): ${around}`);

test('the day was as bad as it was meant to be', async () => {
  const log = stack.log();
  for (const code of ['GRAPH_ACCESS', 'GRAPH_REFUSED', 'GRAPH_THROTTLED', 'DOCEBO_ACCESS', 'DOCEBO_UNAVAILABLE'])
    expect(log).toContain(code);
  for (const code of ['INPUT_BODY_NOT_JSON', 'INPUT_WEBHOOK_PAYLOAD', 'INGRESS_UNAUTHORIZED', 'API_ROUTE_NOT_FOUND'])
    expect(log).toContain(code);
  expect(log.split('\n').length).toBeGreaterThan(300);
  expect(stack.mails().some((mail) => mail.includes('bart.krzyzanowski'))).toBe(true);
});

test('every line of the logs is JSON with time, level, process and version', () => {
  const lines = stack
    .log()
    .split('\n')
    .filter((line) => line !== '');
  for (const line of lines) {
    expect(JSON.parse(line)).toEqual(
      expect.objectContaining({
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
        level: expect.stringMatching(/^(debug|info|warn|error)$/) as string,
        process: expect.stringMatching(/^(api|worker)$/) as string,
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
      }),
    );
  }
});

test('the logs name nobody', () => {
  expect(shown(findAll(stack.log(), needles))).toEqual([]);
});

test('the metrics name nobody', async () => {
  const texts = [await stack.metrics('api'), await stack.metrics('worker')];

  expect(texts.every((text) => text.includes('convoke_build_info'))).toBe(true);
  expect(texts[1]).toContain('temporal_');
  expect(shown(texts.flatMap((text) => findAll(text, needles)))).toEqual([]);
});

test('the traces name nobody', () => {
  const names = new Set(collector.spans().map(({ name }) => name));

  for (const name of ['POST /webhooks/docebo/:platform', 'signal hint', 'activity updateAttendees', 'graph attendees'])
    expect(names).toContain(name);
  expect(collector.spans().filter(({ failed }) => failed).length).toBeGreaterThan(5);
  expect(shown(collector.bodies.flatMap((body) => findAll(body, needles)))).toEqual([]);
});

test('the database of Temporal names nobody', () => {
  const files = server.files();

  expect(files.map(({ name }) => name)).toContain('temporal.db-wal');
  expect(files.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeGreaterThan(1_000_000);
  for (const { name, bytes } of files) expect([name, ...shown(findAll(bytes, needles))]).toEqual([name]);
});

/** As the server gives them to anybody: pages of the database may cut a text in two, this does not. */
test('histories and the list of workflows name nobody, as they are stored', async () => {
  const { workflowService } = connection;
  const { namespace } = server;
  const list = await workflowService.listWorkflowExecutions({ namespace, pageSize: 1_000 });
  const schedules = await workflowService.listSchedules({ namespace, maximumPageSize: 100 });
  const stored: Uint8Array[] = [
    temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse.encode(list).finish(),
    temporal.api.workflowservice.v1.ListSchedulesResponse.encode(schedules).finish(),
  ];
  for (const { execution } of list.executions) {
    const history = await workflowService.getWorkflowExecutionHistory({ namespace, execution });
    stored.push(temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse.encode(history).finish());
  }

  expect(list.executions.length).toBeGreaterThan(10);
  expect(shown(stored.flatMap((bytes) => findAll(Buffer.from(bytes), needles)))).toEqual([]);
});

test('the search finds what is there: in logs, metrics, traces and database, in each form', async () => {
  const planted = 'planted.person@people.example';
  const needle = toNeedle(planted);
  expect(needle.forms.length).toBeGreaterThan(8);
  for (const { form, bytes } of needle.forms) {
    const hits = findAll(Buffer.concat([Buffer.from('before'), bytes, Buffer.from('after')]), [needle]);
    expect(hits.map((hit) => hit.form)).toContain(form);
  }

  // The log: a harmless request id is taken over from the caller. Metrics: the platform's key.
  await fetch(stack.webhookUrl(), { method: 'POST', headers: { 'x-request-id': 'planted.person.log' } });
  await eventually(
    () => Promise.resolve(findAll(stack.log(), [toNeedle('planted.person.log')]).length > 0 || null),
    'the planted text in the log',
  );
  expect(findAll(await stack.metrics('worker'), [toNeedle('platform="academy"')])).not.toEqual([]);
  await eventually(
    () =>
      Promise.resolve(collector.bodies.some((b) => findAll(b, [toNeedle('planted.person.log')]).length > 0) || null),
    'the planted text in the traces',
  );

  // The database: a client without Convoke's codec.
  const plain = new Client({ connection, namespace: server.namespace });
  const forms = ['plain', 'URL', 'UTF-16 LE', 'base64 +0'];
  await plain.workflow.start('planted', {
    workflowId: 'planted',
    taskQueue: 'nobody',
    args: [planted, encodeURIComponent(planted), Buffer.from(planted, 'utf8').toString('base64')],
    memo: { planted: Buffer.from(planted, 'utf16le').toString('latin1') },
  });
  const found = server.files().flatMap(({ bytes }) => findAll(bytes, [needle]));
  expect([...new Set(found.map(({ form }) => form))].sort()).toEqual(expect.arrayContaining(forms.slice(0, 2)));
  expect(found.map(({ form }) => form)).toContain('base64 +0');
});
