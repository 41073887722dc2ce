import { createHash, X509Certificate } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aCertificate, aJwt } from '../support/a-certificate';
import { MicrosoftRig } from './microsoft-rig';

const mine = aCertificate();
const other = aCertificate();
const old = aCertificate({ validTo: '2024-01-01' });
const issuerKey = aCertificate();
const ISSUER = 'https://oidc.cluster.example';
const SUBJECT = 'system:serviceaccount:convoke:worker';

let rig: MicrosoftRig;
beforeAll(async () => {
  rig = await MicrosoftRig.start();
  const jwks = {
    keys: [{ ...new X509Certificate(issuerKey.certificate).publicKey.export({ format: 'jwk' }), kid: 'k1' }],
  };
  await rig.control('POST', '/apps', {
    clientId: 'certified',
    certificates: [mine.certificate, old.certificate],
    federated: [{ issuer: ISSUER, subject: SUBJECT, audience: 'api://AzureADTokenExchange', jwks }],
  });
});
afterAll(() => rig.close());

function thumbprint(certificate: string): string {
  return createHash('sha256').update(new X509Certificate(certificate).raw).digest('base64url');
}

const seconds = () => Math.floor(Date.now() / 1000);

function own(change: object = {}, by = mine, named = by): string {
  const aud = `${rig.origin}/academy.example/oauth2/v2.0/token`;
  const claims = {
    aud,
    iss: 'certified',
    sub: 'certified',
    jti: 'j1',
    nbf: seconds(),
    exp: seconds() + 600,
    ...change,
  };
  return aJwt(by.key, { header: { 'x5t#S256': thumbprint(named.certificate) }, claims });
}

function federated(change: object = {}, by = issuerKey): string {
  const claims = { aud: ['api://AzureADTokenExchange'], iss: ISSUER, sub: SUBJECT, exp: seconds() + 600, ...change };
  return aJwt(by.key, { header: { kid: 'k1' }, claims });
}

async function ask(assertion: string, clientId = 'certified') {
  const response = await fetch(`${rig.origin}/academy.example/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      scope: 'https://graph.microsoft.com/.default',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }),
  });
  const body = (await response.json()) as { access_token?: string; error_codes?: number[] };
  return { status: response.status, number: body.error_codes?.[0], token: body.access_token };
}

describe('an app that signs for itself', () => {
  test('gets a token that Graph accepts', async () => {
    const { token } = await ask(own());

    rig.token = token ?? '';
    expect((await rig.graph('GET', 'calendar')).status).toBe(200);
  });

  test.each<[string, () => string, number]>([
    ['a certificate that is not registered', () => own({}, other), 700027],
    ['the name of one certificate and the key of another', () => own({}, other, mine), 700027],
    ['a certificate whose time is over', () => own({}, old), 700027],
    ['another audience', () => own({ aud: 'https://login.microsoftonline.com/elsewhere/oauth2/v2.0/token' }), 700023],
    ['a time that is over', () => own({ exp: seconds() - 301 }), 700024],
    ['a time that has not begun', () => own({ nbf: seconds() + 400, exp: seconds() + 900 }), 700024],
    ['no end', () => own({ exp: undefined }), 700024],
    ['no id', () => own({ jti: undefined }), 50027],
    ['another subject', () => own({ sub: 'somebody' }), 700021],
    ['a text that is no token', () => 'nonsense', 50027],
  ])('is refused with %s', async (_what, make, number) => {
    expect((await ask(make())).number).toBe(number);
  });

  test('may have a clock that is five minutes off', async () => {
    expect((await ask(own({ nbf: seconds() + 290, exp: seconds() + 900 }))).status).toBe(200);
  });
});

describe('an app that another issuer vouches for', () => {
  test('gets a token', async () => {
    expect((await ask(federated())).status).toBe(200);
  });

  test.each<[string, () => string, number]>([
    ['an issuer that is not registered', () => federated({ iss: 'https://elsewhere.example' }), 700211],
    ['another audience', () => federated({ aud: 'api://other' }), 700212],
    ['another subject', () => federated({ sub: 'system:serviceaccount:other:worker' }), 700213],
    ['a time that is over', () => federated({ exp: seconds() - 301 }), 700024],
    ['the key of another', () => federated({}, other), 700027],
  ])('is refused with %s', async (_what, make, number) => {
    expect((await ask(make())).number).toBe(number);
  });

  test('is refused when it trusts nobody', async () => {
    expect((await ask(federated(), 'client-1')).number).toBe(70025);
  });

  test('has the keys fetched from where the issuer publishes them', async () => {
    const key = new X509Certificate(other.certificate).publicKey.export({ format: 'jwk' });
    const server = createServer((request, response) => {
      const isKeys = request.url === '/keys';
      response.end(JSON.stringify(isKeys ? { keys: [key] } : { jwks_uri: `${issuer}/keys` }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await rig.control('PATCH', '/apps/certified', {
      federated: [{ issuer, subject: SUBJECT, audience: 'api://AzureADTokenExchange', jwks: null }],
    });

    const given = await ask(federated({ iss: issuer }, other));
    server.close();

    expect(given.status).toBe(200);
  });
});
