import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { anApp, closeApps } from './an-app';
import { OIDC } from './an-issuer';

let provider: ChildProcess;
let issuer: string;

beforeAll(async () => {
  const script = join(__dirname, '../support/oidc-provider.mjs');
  provider = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [first] = (await once(provider.stdout ?? provider, 'data')) as [Buffer];
  issuer = first.toString().trim();
});
afterEach(closeApps);
afterAll(async () => {
  provider.kill();
  await once(provider, 'close');
});

async function tokenOf(client: string, resource: string): Promise<string> {
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${client}:${client}-secret`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource, scope: 'api' }),
  });
  const { access_token: token } = (await answer.json()) as { readonly access_token: string };
  return token;
}

describe('with a real OpenID provider', () => {
  it.each([
    ['a token with the role', 'convoke-decode', 'urn:convoke', 200],
    ['a token with another role', 'convoke-read', 'urn:convoke', 403],
    ['a token for something else', 'convoke-decode', 'urn:payroll', 401],
  ])('the codec endpoint answers %s', async (_, client, resource, status) => {
    const codec = { encode: async <T>(p: T) => p, decode: async <T>(p: T) => p };
    const { app } = anApp({
      access: { tokens: [], oidc: { ...OIDC, issuer, audiences: ['urn:convoke'] }, fetch },
      codec: { codec, access: { kind: 'bearer' }, allowedOrigins: [] },
    });

    const answer = await app.inject({
      method: 'POST',
      url: '/codec/decode',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await tokenOf(client, resource)}` },
      payload: '{}',
    });

    expect([answer.statusCode, answer.body]).toEqual([status, expect.any(String)]);
  });
});
