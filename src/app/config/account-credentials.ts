import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { AppCredential } from '../../adapters/graph/tokens/app-tokens';
import { accountVariable, type Env } from '../env';
import type { AccountConfig, AccountKey } from './config-types';

export const DEFAULT_ACCOUNT: AccountKey = 'default';

/** What proves an account, as far as it is a secret; a certificate's text is none, but goes with its key. */
export type AccountCredential = Extract<AppCredential, { readonly kind: 'secret' | 'certificate' }>;

/** What convoke.yaml says of an account. */
export interface AccountWithSecrets {
  readonly key: AccountKey;
  readonly kind: AccountConfig['kind'];
  /** Texts of the files that it names, empty when they cannot be read; null: it names none, so that the environment has to. */
  readonly certificate?: string | null;
  readonly certificateKey?: string | null;
  readonly sendChain?: boolean;
}

interface Told {
  readonly report: (problem: string) => void;
  readonly notice: (sentence: string) => void;
  readonly now: Date;
}

/** So early is a certificate's end told at each start. */
const WARNING_DAYS = 30;
const DAY_MS = 86_400_000;

/** null, and reports, when something is missing or wrong; null without a report for kinds that have no secret here. */
export function toAccountCredential(env: Env, account: AccountWithSecrets, told: Told): AccountCredential | null {
  const { key, kind } = account;
  const name = {
    clientSecret: accountVariable('clientSecret', key),
    certificate: accountVariable('certificate', key),
    certificateKey: accountVariable('certificateKey', key),
  };
  const used: readonly string[] =
    kind === 'app-secret'
      ? [name.clientSecret]
      : kind === 'app-certificate'
        ? [name.certificate, name.certificateKey]
        : [];
  for (const unused of Object.values(name).filter((n) => !used.includes(n) && env.variables[n] !== undefined)) {
    told.report(`${unused}: is set, but the Microsoft account is of kind ${kind}; take it out, or change the kind`);
  }
  if (kind === 'app-secret') return toSecret(env.variables[name.clientSecret], name.clientSecret, told);
  if (kind !== 'app-certificate') return null;
  const certificate = account.certificate ?? env.variables[name.certificate];
  const privateKey = account.certificateKey ?? env.variables[name.certificateKey];
  if (certificate === undefined)
    told.report(`${name.certificate}: is missing; write the certificate as PEM, or name its file as certificateFile`);
  if (privateKey === undefined)
    told.report(`${name.certificateKey}: is missing; write the private key as PEM, or name its file as keyFile`);
  // Empty: a file that could not be read, which is reported where it is named.
  if (!certificate || !privateKey) return null;
  return toCertificate({ ...account, certificate, privateKey }, told);
}

/** Two while they are changed: Entra takes both, until the old one is deleted there. */
function toSecret(text: string | undefined, name: string, { report }: Told): AccountCredential | null {
  if (text === undefined) {
    report(
      `${name}: is missing; write the value of a client secret of the app registration (Entra, Certificates & secrets)`,
    );
    return null;
  }
  const secrets = text.split(',').map((secret) => secret.trim());
  if (!secrets.includes('')) return { kind: 'secret', secrets };
  report(`${name}: has an empty entry; write one secret, or the old one and the new one with a comma between`);
  return null;
}

function toCertificate(
  { key, certificate, privateKey, sendChain }: AccountWithSecrets & { certificate: string; privateKey: string },
  { report, notice, now }: Told,
): AccountCredential | null {
  const what = `the certificate of the Microsoft account "${key}"`;
  const parsed = attempt(() => new X509Certificate(certificate));
  if (parsed === null) {
    report(`${what}: is no certificate as PEM; it begins with -----BEGIN CERTIFICATE-----`);
    return null;
  }
  const parsedKey = attempt(() => createPrivateKey(privateKey));
  if (parsedKey === null) {
    const isEncrypted = /ENCRYPTED/.test(privateKey);
    report(
      isEncrypted
        ? `${what}: its private key is encrypted; write it without a passphrase (openssl pkey -in key.pem -out plain.pem)`
        : `${what}: its private key is no PEM; it begins with -----BEGIN PRIVATE KEY-----`,
    );
    return null;
  }
  if (parsedKey.asymmetricKeyType !== 'rsa' || !parsed.checkPrivateKey(parsedKey)) {
    report(`${what}: does not belong to its private key, or that is no RSA key; use the pair that was made together`);
    return null;
  }
  const daysLeft = Math.floor((Date.parse(parsed.validTo) - now.getTime()) / DAY_MS);
  if (daysLeft < 0) notice(`${what} has expired: Entra refuses it. Make a new one and upload it to the app.`);
  else if (daysLeft <= WARNING_DAYS) {
    notice(`${what} expires in ${daysLeft} days: make a new one and upload it to the app.`);
  }
  return {
    kind: 'certificate',
    privateKey: parsedKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    thumbprintSha256: parsed.fingerprint256.replaceAll(':', ''),
    chain: sendChain === true ? certificate : null,
  };
}

function attempt<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}
