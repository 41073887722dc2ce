import { OidcProvider } from '../support/oidc-provider';
import { anApp, closeApps } from './an-app';
import { OIDC } from './an-issuer';

let provider: OidcProvider;

beforeAll(async () => {
  provider = await OidcProvider.start();
});
afterEach(closeApps);
afterAll(() => provider.close());

describe('with a real OpenID provider', () => {
  it.each([
    ['a token with the role', 'convoke-decode', 'urn:convoke', 200],
    ['a token with another role', 'convoke-read', 'urn:convoke', 403],
    ['a token for something else', 'convoke-decode', 'urn:payroll', 401],
  ])('the codec endpoint answers %s', async (_, client, resource, status) => {
    const codec = { encode: async <T>(p: T) => p, decode: async <T>(p: T) => p };
    const { app } = anApp({
      access: { tokens: [], oidc: { ...OIDC, issuer: provider.issuer, audiences: ['urn:convoke'] }, fetch },
      codec: { codec, access: { kind: 'bearer' }, allowedOrigins: [] },
    });

    const answer = await app.inject({
      method: 'POST',
      url: '/codec/decode',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await provider.token(client, resource)}`,
      },
      payload: '{}',
    });

    expect(answer.statusCode).toBe(status);
  });
});
