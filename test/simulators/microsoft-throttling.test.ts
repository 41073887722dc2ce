import { MicrosoftRig, organizer, type ErrorAnswer } from './microsoft-rig';

interface QuotaRow {
  readonly mailbox: string;
  readonly maxInFlight: number;
  readonly throttled: number;
}

describe('quota per app and mailbox', () => {
  let rig: MicrosoftRig;
  beforeEach(async () => (rig = await MicrosoftRig.start()));
  afterEach(() => rig.close());

  const quota = () => rig.control<QuotaRow[]>('GET', '/quota');
  const ask = () => rig.graph<ErrorAnswer>('GET', 'calendar');

  test('a fifth request in flight is refused with the real words and Retry-After; four are served', async () => {
    const fault = { match: '/calendar$', kind: 'hold', where: 'before', times: 0 };
    await rig.control('POST', '/faults', fault);
    const four = [ask(), ask(), ask(), ask()];
    while ((await quota())[0]?.maxInFlight !== 4) await rig.control('GET', '/holds?wait=50');

    const fifth = await ask();
    await rig.control('DELETE', '/faults');

    expect(fifth.status).toBe(429);
    expect(fifth.headers.get('retry-after')).toBe('1');
    expect(fifth.body.error).toMatchObject({
      code: 'ApplicationThrottled',
      message: 'Application is over its MailboxConcurrency limit.',
    });
    expect((await Promise.all(four)).map((a) => a.status)).toEqual([200, 200, 200, 200]);
    expect(await quota()).toMatchObject([{ mailbox: organizer, maxInFlight: 5, throttled: 1 }]);
  });

  test('a slot is free as soon as the answer is there', async () => {
    await rig.control('PATCH', '/knobs', { maxConcurrentRequests: 1 });

    for (let i = 0; i < 30; i++) expect((await ask()).status).toBe(200);
  });

  test('an answer that breaks off is 200 and no JSON any more; the next one is whole', async () => {
    await rig.control('POST', '/faults', { match: '/calendar$', kind: 'truncated' });

    await expect(ask()).rejects.toThrow(SyntaxError);
    expect((await ask()).status).toBe(200);
    expect((await rig.control<{ struck: number }[]>('GET', '/faults'))[0]?.struck).toBe(1);
  });

  test('other mailboxes and other apps have their own account', async () => {
    await rig.control('POST', '/mailboxes', { address: 'other@academy.example' });
    await rig.control('PATCH', '/knobs', { maxConcurrentRequests: 1 });
    await rig.control('POST', '/faults', { match: `${organizer}/calendar$`, kind: 'hold', where: 'before' });
    const held = ask();
    await rig.control('GET', '/holds?wait=5000');

    expect((await rig.graph('GET', '/users/other@academy.example/calendar')).status).toBe(200);
    await rig.control('POST', '/holds/release');
    expect((await held).status).toBe(200);
  });

  test('a caller that hangs up gives its slot back', async () => {
    await rig.control('PATCH', '/knobs', { maxConcurrentRequests: 1 });
    await rig.control('POST', '/faults', { match: '/calendar$', kind: 'reset' });

    await expect(ask()).rejects.toThrow('fetch failed');
    expect((await ask()).status).toBe(200);
  });

  test('more requests than the limit in ten minutes are refused until time has passed', async () => {
    await rig.control('PATCH', '/knobs', { maxRequestsPerTenMinutes: 3, throttleRetryAfterSeconds: null });
    for (let i = 0; i < 3; i++) expect((await ask()).status).toBe(200);

    const refused = await ask();
    expect([refused.status, refused.body.error.code]).toEqual([429, 'ApplicationThrottled']);
    expect(refused.headers.get('retry-after')).toBeNull();

    await rig.control('POST', '/clock', { advanceMs: 600_001 });
    expect((await ask()).status).toBe(200);
  });

  test('the fault board refuses with and without Retry-After', async () => {
    await rig.control('POST', '/faults', { match: '/calendar$', kind: 'status', status: 429, retryAfter: 12 });
    await rig.control('POST', '/faults', { match: '/calendar$', kind: 'status', status: 504 });

    const [first, second] = [await ask(), await ask()];

    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '12']);
    expect([second.status, second.headers.get('retry-after')]).toEqual([504, null]);
  });
});
