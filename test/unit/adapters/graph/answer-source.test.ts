import { createGraphAnswerSource } from '../../../../src/adapters/graph/answer-source';
import { createGraphMailbox, mailboxRoot } from '../../../../src/adapters/graph/client';
import { keys } from './calendar-keys';
import { ManualClock, StubServer, rejection } from './stub-server';

let stub: StubServer;
beforeEach(async () => void (stub = await StubServer.start()));
afterEach(() => stub.stop());

function source() {
  const graph = createGraphMailbox({
    mailbox: 'training',
    root: mailboxRoot('training@academy.example'),
    baseUrl: stub.origin,
    tokens: { get: () => Promise.resolve('T1'), calls: () => 0 },
    clock: new ManualClock(),
  });
  return createGraphAnswerSource({ graph, keys });
}

const window = { kind: 'window', from: '2026-05-03T09:00:00.000Z', to: '2027-06-08T09:00:00.000Z' } as const;
const utc = (dateTime: string) => ({ dateTime, timeZone: 'UTC' });
const event = {
  '@odata.type': '#microsoft.graph.event',
  id: 'e1',
  type: 'singleInstance',
  isOrganizer: true,
  transactionId: 'cvk1-acme-54-101-1',
  body: { contentType: 'html', content: '' },
  start: utc('2026-06-01T07:00:00.0000000'),
  end: utc('2026-06-01T15:00:00.0000000'),
  organizer: { emailAddress: { address: 'Training@academy.example' } },
  attendees: [
    {
      type: 'required',
      emailAddress: { address: 'ada@academy.example', name: 'Ada' },
      status: { response: 'tentativelyAccepted', time: '2026-05-04T08:00:00Z' },
    },
    {
      type: 'required',
      emailAddress: { address: 'ben@academy.example' },
      status: { response: 'none', time: '0001-01-01T00:00:00Z' },
    },
  ],
};

function delta(value: readonly object[], link: object = { '@odata.deltaLink': `${stub.origin}/v1.0/users/x/d?t=1` }) {
  stub.answer({ body: { value, ...link } });
}

describe('a page of changed events', () => {
  test('tells whose event it is and who answered, and where to go on', async () => {
    delta([event]);

    await expect(source().changedEvents(window)).resolves.toEqual({
      kind: 'page',
      link: '/users/x/d?t=1',
      isLast: true,
      removed: [],
      unread: [],
      events: [
        {
          graphEventId: 'e1',
          ref: { platform: 'acme', sessionId: '54', eventId: '101' },
          startsAt: '2026-06-01T07:00:00.000Z',
          endsAt: '2026-06-01T15:00:00.000Z',
          isCancelled: false,
          organiserAddress: 'training@academy.example',
          attendees: [
            {
              address: 'ada@academy.example',
              name: 'Ada',
              type: 'required',
              response: 'tentative',
              respondedAt: '2026-05-04T08:00:00.000Z',
            },
            { address: 'ben@academy.example', name: '', type: 'required', response: 'none', respondedAt: null },
          ],
        },
      ],
    });
    expect(stub.seen[0]?.url).toContain(
      '/calendarView/delta?startDateTime=2026-05-03T09%3A00%3A00.000Z&endDateTime=2027-06-08T09%3A00%3A00.000Z',
    );
    expect(stub.seen[0]?.headers.prefer).toContain('odata.maxpagesize=200');
  });

  test.each<[string, object, 'removed' | 'unread' | 'nothing']>([
    ['a removed one', { id: 'e1', '@removed': { reason: 'deleted' } }, 'removed'],
    ['one without attendees', { ...event, attendees: undefined }, 'unread'],
    [
      'one in another zone than was asked for',
      { ...event, start: { ...event.start, timeZone: 'Europe/Rome' } },
      'unread',
    ],
    ['one with an attendee who is none', { ...event, attendees: [{}] }, 'unread'],
    ['an occurrence of a series', { id: 'e1', type: 'occurrence', start: event.start, end: event.end }, 'nothing'],
    ['a meeting that others organise', { ...event, isOrganizer: false }, 'nothing'],
  ])('%s is no event of the page', async (_what, item, where) => {
    delta([item]);

    await expect(source().changedEvents(window)).resolves.toMatchObject({
      events: [],
      removed: where === 'removed' ? ['e1'] : [],
      unread: where === 'unread' ? ['e1'] : [],
    });
  });

  test('may lack type, organiser, body and transaction id', async () => {
    const { type: _t, isOrganizer: _o, body: _b, transactionId: _x, organizer: _g, ...bare } = event;
    delta([bare]);

    const page = await source().changedEvents(window);

    expect(page).toMatchObject({ events: [{ graphEventId: 'e1', ref: null, organiserAddress: null }] });
  });

  test.each([
    ['no link', {}],
    ['a link to another host', { '@odata.nextLink': 'https://evil.example/v1.0/d?t=1' }],
  ])('with %s is an error', async (_what, link) => {
    delta([], link);

    await expect(rejection(source().changedEvents(window))).resolves.toMatchObject({ code: 'GRAPH_CONTRACT' });
  });
});

describe('a link whose state is forgotten', () => {
  const lost = (status: number, code: string) => ({ status, body: { error: { code, message: 'x' } } });

  test.each([
    [410, 'Gone'],
    [410, 'syncStateNotFound'],
    [400, 'SyncStateInvalid'],
    [404, 'resyncRequired'],
    [409, 'SYNCSTATENOTFOUND'],
  ])('%i %s: the reading begins anew', async (status, code) => {
    stub.answer(lost(status, code), lost(status, code));

    await expect(source().changedEvents({ kind: 'link', link: '/users/x/d?t=1' })).resolves.toEqual({
      kind: 'expired',
    });
    await expect(source().meetingResponses({ kind: 'link', link: '/users/x/m?t=1' })).resolves.toEqual({
      kind: 'expired',
    });
  });

  test('is not what a failed first request means', async () => {
    stub.answer(lost(410, 'syncStateNotFound'));

    await expect(rejection(source().changedEvents(window))).resolves.toMatchObject({ code: 'GRAPH_NOT_FOUND' });
  });

  test('is not what any other failure means', async () => {
    stub.answer(lost(400, 'ErrorInvalidUrlQuery'));

    const failed = source().changedEvents({ kind: 'link', link: '/users/x/d?t=1' });

    await expect(rejection(failed)).resolves.toMatchObject({ code: 'GRAPH_REFUSED' });
  });
});

describe('a mail folder', () => {
  const folder = { id: 'f1', displayName: 'Answers' };

  test('is found by any case of its name', async () => {
    stub.answer({ body: { value: [{ id: 'f0', displayName: 'Inbox' }, folder] } });

    await expect(source().folderNamed('answers')).resolves.toBe('f1');
  });

  test('is made when there is none', async () => {
    stub.answer({ body: { value: [] } }, { status: 201, body: folder });

    await expect(source().folderNamed('Answers')).resolves.toBe('f1');
    expect(stub.seen[1]).toMatchObject({ method: 'POST', body: '{"displayName":"Answers"}' });
  });

  test('that somebody makes at the same time is found; one that is said to be there and is not is an error', async () => {
    const exists = { status: 409, body: { error: { code: 'ErrorFolderExists', message: 'x' } } };
    stub.answer({ body: { value: [] } }, exists, { body: { value: [folder] } });
    await expect(source().folderNamed('Answers')).resolves.toBe('f1');

    stub.answer({ body: { value: [] } }, exists, { body: { value: [] } });
    await expect(rejection(source().folderNamed('Answers'))).resolves.toMatchObject({ code: 'GRAPH_CONTRACT' });
  });
});

test('requests are counted apart from those of others', async () => {
  stub.answer({ body: { value: [], '@odata.deltaLink': `${stub.origin}/v1.0/d` } }, { status: 204, body: '' });
  const answers = source();

  await answers.changedEvents(window);
  await answers.clearResponse('m1', { kind: 'delete' });

  expect(answers.calls()).toBe(2);
});
