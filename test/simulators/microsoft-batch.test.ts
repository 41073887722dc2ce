import { anEvent, MicrosoftRig, organizer, type ErrorAnswer } from './microsoft-rig';

interface Inner {
  readonly id: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body?: Record<string, unknown> & Partial<ErrorAnswer>;
}

const json = { 'Content-Type': 'application/json', Prefer: 'IdType="ImmutableId"' };
const root = `/users/${organizer}`;

describe('$batch', () => {
  let rig: MicrosoftRig;
  beforeEach(async () => (rig = await MicrosoftRig.start()));
  afterEach(() => rig.close());

  const send = (requests: unknown) => rig.graph<ErrorAnswer & { responses: Inner[] }>('POST', '/$batch', { requests });
  async function answers(requests: unknown): Promise<Map<string, Inner>> {
    const outer = await send(requests);
    expect(outer.status).toBe(200);
    return new Map(outer.body.responses.map((r) => [r.id, r]));
  }
  const create = (id: string, more: object = {}) => ({
    id,
    method: 'POST',
    url: `${root}/events`,
    headers: json,
    body: anEvent({ transactionId: id }),
    ...more,
  });

  test('answers each request by itself, with 200 outside even if all fail', async () => {
    const inner = await answers([
      create('a'),
      { id: 'b', method: 'GET', url: `${root}/events/nothing` },
      { id: 'c', method: 'DELETE', url: `${root}/events/nothing` },
    ]);

    expect([...inner].map(([id, r]) => [id, r.status]).sort()).toEqual([
      ['a', 201],
      ['b', 404],
      ['c', 404],
    ]);
    expect(inner.get('a')?.body).toMatchObject({
      subject: 'Forklift safety',
      id: expect.stringMatching(/^AAkA/) as string,
    });
    expect(inner.get('b')?.body?.error?.code).toBe('ErrorItemNotFound');
  });

  test('a fifth request to one mailbox at once is throttled by itself', async () => {
    const inner = await answers(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => create(id)));

    const statuses = [...inner.values()].map((r) => r.status).sort();
    expect(statuses).toEqual([201, 201, 201, 201, 429, 429]);
    const throttled = [...inner.values()].find((r) => r.status === 429);
    expect(throttled?.headers['retry-after']).toBe('1');
    expect(throttled?.body?.error?.message).toBe('Application is over its MailboxConcurrency limit.');
  });

  test('dependsOn makes an order, and spares the limit', async () => {
    const chain = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, i, all) =>
      create(id, i === 0 ? {} : { dependsOn: [all[i - 1]] }),
    );

    expect([...(await answers(chain)).values()].map((r) => r.status)).toEqual([201, 201, 201, 201, 201, 201]);
  });

  test('what depends on a failure is 424', async () => {
    const inner = await answers([
      { id: 'a', method: 'GET', url: `${root}/events/nothing` },
      create('b', { dependsOn: ['a'] }),
      create('c', { dependsOn: ['b'] }),
    ]);

    expect([inner.get('b')?.status, inner.get('c')?.status]).toEqual([424, 424]);
    expect(await rig.outbox()).toEqual([]);
  });

  test('a body without content type, and a url with the version in it, are refused by themselves', async () => {
    const inner = await answers([
      create('a', { headers: {} }),
      { id: 'b', method: 'GET', url: `/v1.0${root}/calendar` },
    ]);

    expect([inner.get('a')?.status, inner.get('b')?.status]).toEqual([400, 400]);
  });

  test.each([
    [
      'more than twenty',
      Array.from({ length: 21 }, (_, i) => ({ id: String(i), method: 'GET', url: `${root}/calendar` })),
    ],
    ['two of one id', [create('a'), create('a')]],
    ['an absolute url', [{ id: 'a', method: 'GET', url: 'https://graph.microsoft.com/v1.0/me' }]],
    ['no method', [{ id: 'a', url: `${root}/calendar` }]],
    ['a dependency on nothing', [create('a', { dependsOn: ['z'] })]],
    ['no list', { id: 'a' }],
  ])('refuses %s as a whole', async (_what, requests) => {
    const refused = await send(requests);

    expect([refused.status, refused.body.error.code]).toEqual([400, 'BadRequest']);
  });

  test('faults strike inner requests, too', async () => {
    await rig.control('POST', '/faults', { match: '^POST .+/events$', kind: 'commitThenFail', status: 503 });
    await rig.control('POST', '/faults', { match: '^GET .+/calendar$', kind: 'reset' });

    const inner = await answers([create('a'), { id: 'b', method: 'GET', url: `${root}/calendar` }]);

    expect([inner.get('a')?.status, inner.get('b')?.status]).toEqual([503, 502]);
    expect(await rig.outbox()).toHaveLength(2);
  });
});
