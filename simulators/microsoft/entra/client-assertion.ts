import { X509Certificate, type KeyObject } from 'node:crypto';
import type { App, FederatedCredential } from '../state/model';
import { refusals } from './entra-error';
import { isSignedBy, keyOf, readJwt, type Jwt } from './jwt';

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** Clocks may differ by so much. */
const SKEW_SECONDS = 300;

interface Asked {
  readonly app: App;
  /** Addresses that an assertion of the app's own may be made out to. */
  readonly audiences: readonly string[];
  readonly now: Date;
}

/**
 * An app that says who it is by a signed token: its own, with a key whose certificate is registered, or that of an issuer which the app trusts.
 * @throws EntraError for each way in which it can be wrong.
 */
export async function checkAssertion(text: string, asked: Asked): Promise<void> {
  const { app } = asked;
  const jwt = readJwt(text);
  if (jwt === null) throw refusals.malformedAssertion();
  if (jwt.claims.iss === app.clientId) checkOwn(jwt, asked);
  else await checkFederated(jwt, asked);
}

function checkOwn(jwt: Jwt, { app, audiences, now }: Asked): void {
  const { aud, sub, jti } = jwt.claims;
  const certificate = app.certificates.map((pem) => new X509Certificate(pem)).find((c) => isNamed(jwt, c));
  if (certificate === undefined) throw refusals.unknownCertificate(app.clientId);
  if (!isSignedBy(jwt, certificate.publicKey)) throw refusals.wrongSignature();
  if (Date.parse(certificate.validTo) <= now.getTime()) throw refusals.expiredCertificate(certificate.validTo);
  if (sub !== app.clientId) throw refusals.wrongSubject(app.clientId);
  if (!audiences.includes(String(aud))) throw refusals.wrongAudience(String(aud));
  if (typeof jti !== 'string' || jti === '') throw refusals.malformedAssertion();
  checkTimes(jwt, now);
}

async function checkFederated(jwt: Jwt, { app, now }: Asked): Promise<void> {
  const { iss, sub, aud } = jwt.claims;
  if (app.federated.length === 0) throw refusals.noFederation(app.clientId);
  const byIssuer = app.federated.filter(({ issuer }) => issuer === iss);
  if (byIssuer.length === 0) throw refusals.unknownIssuer(String(iss));
  const bySubject = byIssuer.filter(({ subject }) => subject === sub);
  if (bySubject.length === 0) throw refusals.unknownSubject(String(sub));
  const audience = Array.isArray(aud) ? (aud as unknown[]).map(String) : [String(aud)];
  const trusted = bySubject.find((credential) => audience.includes(credential.audience));
  if (trusted === undefined) throw refusals.unknownAudience(audience.join(' '));
  checkTimes(jwt, now);
  const keys = await keysOf(trusted, jwt);
  if (!keys.some((key) => isSignedBy(jwt, key))) throw refusals.wrongSignature();
}

/** By thumbprint: SHA-256, or SHA-1 as older clients send it. */
function isNamed({ header }: Jwt, certificate: X509Certificate): boolean {
  const encoded = (hex: string) => Buffer.from(hex.replaceAll(':', ''), 'hex').toString('base64url');
  return header['x5t#S256'] === encoded(certificate.fingerprint256) || header.x5t === encoded(certificate.fingerprint);
}

function checkTimes({ claims: { exp, nbf } }: Jwt, now: Date): void {
  const seconds = now.getTime() / 1000;
  const isCurrent =
    typeof exp === 'number' &&
    exp > seconds - SKEW_SECONDS &&
    (nbf === undefined || (typeof nbf === 'number' && nbf <= seconds + SKEW_SECONDS));
  if (!isCurrent) throw refusals.assertionTime(now);
}

async function keysOf({ issuer, jwks }: FederatedCredential, { header }: Jwt): Promise<KeyObject[]> {
  const { keys } = jwks ?? (await fetchKeys(issuer));
  return keys.filter((key) => header.kid === undefined || key.kid === undefined || key.kid === header.kid).map(keyOf);
}

async function fetchKeys(issuer: string): Promise<{ keys: Record<string, unknown>[] }> {
  try {
    const discovery = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    const { jwks_uri } = (await discovery.json()) as { jwks_uri: string };
    return (await (await fetch(jwks_uri)).json()) as { keys: Record<string, unknown>[] };
  } catch {
    throw refusals.issuerUnreachable(issuer);
  }
}
