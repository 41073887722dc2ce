import { anApp, closeApps, send, textLike } from './an-app';

afterEach(closeApps);

const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

describe('the body of a webhook', () => {
  it.each([
    ['nothing at all', undefined, {}, 400, 'INPUT_BODY_EMPTY', /body is empty/],
    ['white space', ' \n ', {}, 400, 'INPUT_BODY_EMPTY', /body is empty/],
    ['a cut-off message', '{"event": "ilt.sess', {}, 400, 'INPUT_BODY_NOT_JSON', /ends too early, as if cut off/],
    ['a message cut off between parts', '{"event": ', {}, 400, 'INPUT_BODY_NOT_JSON', /ends too early/],
    ['a comma too many', '{"event": "x",}', {}, 400, 'INPUT_BODY_NOT_JSON', /does not parse at character 14/],
    ['text', 'hello', {}, 400, 'INPUT_BODY_NOT_JSON', /does not parse/],
    ['Latin-1', Buffer.from('{"name":"Mühle"}', 'latin1'), {}, 400, 'INPUT_BODY_NOT_UTF8', /not valid UTF-8/],
    ['UTF-16', Buffer.from('{"name":"x"}', 'utf16le'), {}, 400, 'INPUT_BODY_NOT_UTF8', /looks like UTF-16/],
    ['33 levels', deep(33), {}, 400, 'INPUT_BODY_TOO_DEEP', /deeper than 32 levels/],
    ['100,000 levels', '['.repeat(1e5) + ']'.repeat(1e5), {}, 400, 'INPUT_BODY_TOO_DEEP', /deeper than 32 levels/],
    ['a list', '[]', {}, 400, 'INPUT_WEBHOOK_BODY', /body is no object/],
    ['null', 'null', {}, 400, 'INPUT_WEBHOOK_BODY', /body is no object/],
    ['XML', '<a/>', { 'content-type': 'text/xml' }, 415, 'INPUT_CONTENT_TYPE', /send application\/json/],
    ['a form', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'INPUT_CONTENT_TYPE', /Neither/],
    ['an unreadable type', 'a', { 'content-type': 'text' }, 415, 'INPUT_CONTENT_TYPE', /send application\/json/],
    ['gzip', Buffer.from([0x1f, 0x8b]), { 'content-encoding': 'gzip' }, 415, 'INPUT_CONTENT_ENCODING', /send it plain/],
  ] as const)('is refused with the reason: %s', async (_, body, headers, status, code, message) => {
    const { app, hints, reports, metrics } = anApp();

    const answer = await send(app, { body, headers: { ...headers } });

    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toEqual({
      code,
      message: textLike(message),
      occurrenceId: textLike(/^[0-9a-f-]{36}$/),
    });
    expect(hints.calls).toEqual([]);
    expect(reports.webhooks).toEqual([]);
    expect(metrics.refused).toEqual([{ platform: 'acme', code }]);
  });

  it.each([
    ['with a byte order mark', Buffer.from('\uFEFF{"sessions":["7"]}'), 'application/json'],
    ['declared as text', '{"sessions":["7"]}', 'text/plain'],
    ['declared as a form', '{"sessions":["7"]}', 'application/x-www-form-urlencoded'],
    ['with a character set', '{"sessions":["7"]}', 'application/json; charset=utf-8'],
    ['with an empty type', '{"sessions":["7"]}', ''],
    ['with an unreadable type', '{"sessions":["7"]}', 'json'],
    ['without a type', '{"sessions":["7"]}', undefined],
  ])('is accepted when it is JSON %s', async (_, body, contentType) => {
    const { app, hints } = anApp();

    const answer = await send(app, { body, headers: { 'content-type': contentType } });

    expect(answer.json()).toMatchObject({ accepted: 1 });
    expect(hints.stored).toHaveLength(1);
  });

  it('may be 32 levels deep', async () => {
    const { app } = anApp();

    expect((await send(app, { body: deep(31) })).statusCode).toBe(200);
  });

  it('is refused with 413 beyond the limit, announced or not, and accepted at it', async () => {
    const { app, hints, metrics } = anApp({ limits: { bodyBytes: 100 } });
    const exactly = JSON.stringify({ sessions: ['7'] }).padEnd(100);

    const atLimit = await send(app, { body: exactly });
    const beyond = await send(app, { body: `${exactly} ` });

    expect(atLimit.statusCode).toBe(200);
    expect(beyond.statusCode).toBe(413);
    expect(beyond.json()).toMatchObject({
      code: 'INPUT_BODY_TOO_LARGE',
      message: textLike(/larger than/),
    });
    expect(hints.stored).toHaveLength(1);
    expect(metrics.refused).toEqual([{ platform: 'acme', code: 'INPUT_BODY_TOO_LARGE' }]);
  });

  it('cannot reach a prototype, and the rest of it counts', async () => {
    const seen: unknown[] = [];
    const { app } = anApp({
      platforms: {
        acme: {
          readWebhook: (body) => {
            seen.push(body);
            return { event: 'e', originalDomain: null, hints: [], ignored: {}, unknown: [] };
          },
          credentials: [{ user: 'docebo', password: 'new secret' }],
          originalDomain: null,
        },
      },
    });

    const answer = await send(app, {
      body: '{"event":"e","__proto__":{"admin":true},"payload":{"constructor":{"prototype":{"admin":true}},"id":1}}',
    });

    expect(answer.statusCode).toBe(200);
    expect(seen).toEqual([{ event: 'e', payload: { id: 1 } }]);
    expect(Object.getPrototypeOf(seen[0])).toBe(Object.prototype);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('is not quoted in the answer or the log', async () => {
    const lines: string[] = [];
    const { app } = anApp({ logger: { level: 'trace', stream: { write: (line) => lines.push(line) } } });

    const answers = [
      await send(app, { body: 'anna@example.com' }),
      await send(app, { body: '{"mail":"anna@example.com"' }),
      await send(app, { body: '{"mail":"anna@example.com",}' }),
      await send(app, { body: '["anna@example.com"]' }),
    ];

    expect(answers.map((a) => a.statusCode)).toEqual([400, 400, 400, 400]);
    expect(answers.map((a) => a.body).join()).not.toMatch(/anna/);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join()).not.toMatch(/anna/);
  });
});
