import { X509Certificate } from 'node:crypto';
import type { AppCredential } from '../../src/adapters/graph/tokens/app-tokens';
import type { AppError } from '../../src/domain/errors';
import { aCertificate, aJwt } from '../support/a-certificate';
import { rejection } from '../unit/adapters/graph/stub-server';
import { AccountsRig, PERSON } from './microsoft-accounts-rig';

const mine = aCertificate();
const other = aCertificate();
const old = aCertificate({ validTo: '2024-01-01' });
const cluster = aCertificate();
const ISSUER = 'https://oidc.cluster.example';
const SUBJECT = 'system:serviceaccount:convoke:worker';

let rig: AccountsRig;
afterEach(() => rig.close());

function certificate(pair = mine, key = pair, chain: string | null = null): AppCredential {
  const thumbprintSha256 = new X509Certificate(pair.certificate).fingerprint256.replaceAll(':', '');
  return { kind: 'certificate', privateKey: key.privateKey, thumbprintSha256, chain };
}

function startCertified(): Promise<AccountsRig> {
  return AccountsRig.start({ app: { certificates: [mine.certificate, old.certificate] } });
}

describe('an app with a certificate', () => {
  it.each([
    ['by its thumbprint', null],
    ['with its chain', mine.certificate],
  ])('gets a token %s, and Graph accepts it', async (_what, chain) => {
    rig = await startCertified();

    const token = await rig.app(certificate(mine, mine, chain)).get();

    expect(await rig.graphStatus(token, `/users/${PERSON}/calendar`)).toBe(200);
  });

  it.each<[string, () => AppCredential]>([
    ['is not registered', () => certificate(other)],
    ['has expired', () => certificate(old)],
    ['belongs to another key', () => certificate(mine, other)],
  ])('is told what to do when the certificate %s', async (_what, credential) => {
    rig = await startCertified();

    const thrown = await rejection<AppError>(rig.app(credential()).get());

    expect(thrown).toMatchObject({ kind: 'access', code: 'GRAPH_TOKEN', context: { errorNo: '700027' } });
    expect(thrown.message).toContain('upload the certificate of run: convoke login (Certificates & secrets)');
  });

  it('is told of a clock that goes wrong', async () => {
    rig = await startCertified();
    await rig.control('POST', '/clock', { advanceMs: 3_600_000 });

    const thrown = await rejection<AppError>(rig.app(certificate()).get());

    expect(thrown.message).toContain(
      "(AADSTS700024): the time of the signed request is not right: set this machine's clock",
    );
  });
});

describe('an app of a workload identity', () => {
  const jwks = {
    keys: [new X509Certificate(cluster.certificate).publicKey.export({ format: 'jwk' }) as Record<string, unknown>],
  };

  function startFederated(): Promise<AccountsRig> {
    const federated = [{ issuer: ISSUER, subject: SUBJECT, audience: 'api://AzureADTokenExchange', jwks }];
    return AccountsRig.start({ app: { federated } });
  }

  function workloadToken(change: object = {}): string {
    const exp = Math.floor(rig.clock.now().getTime() / 1000) + 600;
    const claims = { iss: ISSUER, sub: SUBJECT, aud: ['api://AzureADTokenExchange'], exp, ...change };
    return aJwt(cluster.key, { claims });
  }

  it('shows a token that is read anew for each request', async () => {
    rig = await startFederated();
    const read = jest.fn(() => Promise.resolve(workloadToken()));
    const tokens = rig.app({ kind: 'federated', readToken: read });

    const first = await tokens.get();
    await rig.control('POST', '/clock', { advanceMs: 3_600_000 });
    const second = await tokens.get({ refused: first });

    expect(second).not.toBe(first);
    expect(await rig.graphStatus(second, `/users/${PERSON}/calendar`)).toBe(200);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['of another audience', { aud: 'api://other' }, '700212', 'compare issuer, subject and audience'],
    ['of another subject', { sub: 'system:serviceaccount:x:y' }, '700213', 'compare issuer, subject and audience'],
    ['of another issuer', { iss: 'https://elsewhere.example' }, '700211', 'compare issuer, subject and audience'],
    ['that is too old', { exp: 1_000 }, '700024', 'is renewed in time'],
  ])('is told what to do about a token %s', async (_what, change, errorNo, advice) => {
    rig = await startFederated();

    const thrown = await rejection<AppError>(
      rig.app({ kind: 'federated', readToken: () => Promise.resolve(workloadToken(change)) }).get(),
    );

    expect(thrown).toMatchObject({ code: 'GRAPH_TOKEN', context: { errorNo } });
    expect(thrown.message).toContain(advice);
  });
});

describe('an app with two secrets', () => {
  it('goes on with the new one when the old one expires', async () => {
    rig = await AccountsRig.start({ app: { publicClient: false } });
    const tokens = rig.app({ kind: 'secret', secrets: ['secret-1', 'secret-2'] });
    const first = await tokens.get();
    await rig.control('PATCH', '/apps/client-1', {
      secrets: [
        { value: 'secret-1', expired: true },
        { value: 'secret-2', expired: false },
      ],
    });

    const second = await tokens.get({ refused: first });

    expect(await rig.graphStatus(second, `/users/${PERSON}/calendar`)).toBe(200);
  });
});
