import { defaultAccount } from '../../simulators/docebo/server';
import { startDocebo, type Harness, type Json } from './docebo-harness';

const { clientId: client_id, clientSecret: client_secret, username, password } = defaultAccount;
const byPassword = { grant_type: 'password', client_id, client_secret, username, password, scope: 'api' };

describe('Docebo simulator: tokens', () => {
  let docebo: Harness;
  beforeEach(async () => {
    docebo = await startDocebo();
  });
  afterEach(() => docebo.close());

  async function ask(body: RequestInit['body'], type?: string): Promise<{ status: number; body: Json }> {
    const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
    const answer = await fetch(`${docebo.url}/oauth2/token`, { method: 'POST', body, headers });
    return { status: answer.status, body: (await answer.json()) as Json };
  }

  function statusWith(token: string): Promise<number> {
    const headers = { authorization: `Bearer ${token}` };
    return fetch(`${docebo.url}/manage/v1/user/session`, { headers }).then((answer) => answer.status);
  }

  function multipart(): FormData {
    const form = new FormData();
    for (const [key, value] of Object.entries(byPassword)) form.append(key, value);
    return form;
  }

  it.each([
    ['a form', () => ask(new URLSearchParams(byPassword))],
    ['a multipart form', () => ask(multipart())],
    ['JSON', () => ask(JSON.stringify(byPassword), 'application/json')],
  ])('gives a token for %s', async (_what, send) => {
    const { status, body } = await send();

    expect(status).toBe(200);
    expect(body).toMatchObject({ expires_in: 3600, token_type: 'Bearer', scope: 'api' });
    expect(body.access_token).toMatch(/^[0-9a-f]{40}$/);
    expect(await statusWith(body.access_token as string)).toBe(200);
  });

  it('gives no refresh token for client credentials', async () => {
    const { body } = await ask(new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret }));

    expect(body).not.toHaveProperty('refresh_token');
    expect(await statusWith(body.access_token as string)).toBe(200);
  });

  it('takes a refresh token once', async () => {
    const first = await ask(new URLSearchParams(byPassword));
    const refresh = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id,
      client_secret,
      refresh_token: first.body.refresh_token as string,
    });

    expect((await ask(refresh)).status).toBe(200);
    expect(await ask(refresh)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it.each([
    ['a wrong client', { ...byPassword, client_secret: 'no' }, 400, 'invalid_client'],
    ['a wrong password', { ...byPassword, password: 'no' }, 401, 'invalid_grant'],
    ['an unknown grant', { ...byPassword, grant_type: 'guess' }, 400, 'unsupported_grant_type'],
  ])('refuses %s', async (_what, form, status, error) => {
    const answer = await ask(new URLSearchParams(form));

    expect(answer).toMatchObject({ status, body: { error } });
  });

  it('lets a token run out after the configured time', async () => {
    await docebo.control.settings({ tokens: { expiresInSeconds: 60 } });
    const { body } = await ask(new URLSearchParams(byPassword));
    const token = body.access_token as string;
    expect(body.expires_in).toBe(60);
    expect(await statusWith(token)).toBe(200);

    await docebo.control.advanceClock(61_000);

    expect(await statusWith(token)).toBe(401);
  });

  it('forgets all tokens when told to', async () => {
    const { body } = await ask(new URLSearchParams(byPassword));

    await docebo.control.call('POST', 'tokens/revoke');

    expect(await statusWith(body.access_token as string)).toBe(401);
  });

  it('refuses every token request while the client is switched off', async () => {
    await docebo.control.settings({ tokens: { refuse: true } });

    expect(await ask(new URLSearchParams(byPassword))).toMatchObject({
      status: 400,
      body: { error: 'invalid_client' },
    });
    await docebo.control.settings({ tokens: { refuse: false } });
    expect((await ask(new URLSearchParams(byPassword))).status).toBe(200);
  });

  it('lets a user log in without an OAuth client', async () => {
    const answer = await fetch(`${docebo.url}/manage/v1/user/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password, issue_refresh_token: true }),
    });

    const { data } = (await answer.json()) as Json;
    expect(data).toMatchObject({ token_type: 'Bearer', id_user: 13000 });
    expect(await statusWith((data as Json).access_token as string)).toBe(200);
  });

  it('answers 401 in the form of the Yii framework without a token', async () => {
    const answer = await fetch(`${docebo.url}/course/v1/courses/1`);

    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ name: 'Unauthorized', code: 0, status: 401 });
  });

  it('tells whose rights the token carries', async () => {
    expect(await docebo.get('/manage/v1/user/session')).toMatchObject({
      data: { id: 13000, username, user_level: 'godadmin', timezone: 'UTC' },
    });
  });
});
