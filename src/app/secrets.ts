import type { DoceboCredentials } from '../adapters/docebo/api/token';
import type { PlatformKey } from '../domain/model';
import type { TemporalSettings } from '../temporal/connection';
import type { KeyRing } from '../temporal/payload-codec';
import { toApiTokens } from './config/api-tokens';
import type { ApiToken } from './config/api-tokens';
import { toAccountCredential } from './config/account-credentials';
import type { AccountCredential, AccountWithSecrets } from './config/account-credentials';
import type { AccountKey } from './config/config-types';
import { toDoceboCredentials } from './config/docebo-credentials';
import { toAddressKey, toCodecKeys, toCodecToken } from './config/keys';
import { toTracingHeaders } from './config/tracing';
import { toWebhookCredentials } from './config/webhook-credentials';
import type { WebhookCredential } from './config/webhook-credentials';
import type { Env } from './env';
import { redacted } from './redacted';

/** Everything that only the environment knows. Its JSON and its picture in logs hold nothing of it. */
export interface Secrets {
  readonly docebo: Readonly<Record<PlatformKey, DoceboCredentials>>;
  /** All that are accepted now, for password changes without a gap. */
  readonly webhooks: Readonly<Record<PlatformKey, readonly WebhookCredential[]>>;
  /** Of the accounts that prove themselves by a secret of ours: a client secret or a certificate's key. */
  readonly microsoft: Readonly<Record<AccountKey, AccountCredential>>;
  /** The first encrypts, all decrypt. */
  readonly codecKeys: KeyRing;
  /** Of the HMAC that makes address keys. */
  readonly addressKey: Uint8Array;
  /** Opens the codec endpoint; null: not set. */
  readonly codecToken: string | null;
  /** Open the operator API, and the codec endpoint with the role `decode`. */
  readonly apiTokens: readonly ApiToken[];
  /** For failure mails by SMTP; null: not set. */
  readonly smtpPassword: string | null;
  /** Of each request to the collector of traces. */
  readonly tracingHeaders: Readonly<Record<string, string>>;
  /** Its other half is `Config.temporal`. */
  readonly temporal: Pick<TemporalSettings, 'apiKey' | 'tls'>;
}

/** What convoke.yaml says of a platform; `grant` is null when it says something wrong. */
export interface PlatformWithSecrets {
  readonly key: PlatformKey;
  readonly grant: DoceboCredentials['grant'] | null;
}

/** @returns null, and problems, when anything is missing or wrong. No problem quotes a value. */
export function toSecrets(
  env: Env,
  {
    platforms,
    accounts,
    temporal,
    problems,
    notice = () => undefined,
    now = new Date(),
  }: {
    readonly platforms: readonly PlatformWithSecrets[];
    readonly accounts: readonly AccountWithSecrets[];
    readonly temporal: Secrets['temporal'];
    readonly problems: string[];
    readonly notice?: (sentence: string) => void;
    readonly now?: Date;
  },
): Secrets | null {
  const before = problems.length;
  const report = (problem: string): void => void problems.push(problem);
  const microsoft: Record<AccountKey, AccountCredential> = {};
  for (const account of accounts) {
    const credential = toAccountCredential(env, account, { report, notice, now });
    if (credential !== null) microsoft[account.key] = credential;
  }
  const codecKeys = toCodecKeys(env, report);
  const addressKey = toAddressKey(env, report);
  const codecToken = toCodecToken(env, report);
  const apiTokens = toApiTokens(env, report);
  if (codecToken !== null && apiTokens.some(({ token }) => token === codecToken)) {
    report('CONVOKE_CODEC_TOKEN: is also in CONVOKE_API_TOKENS; every token opens one thing, so make another');
  }
  const tracingHeaders = toTracingHeaders(env, report);
  const docebo: Record<PlatformKey, DoceboCredentials> = {};
  const webhooks: Record<PlatformKey, readonly WebhookCredential[]> = {};
  for (const platform of platforms) {
    const credentials = toDoceboCredentials(env, platform, report);
    if (credentials !== null) docebo[platform.key] = credentials;
    webhooks[platform.key] = toWebhookCredentials(env, platform.key, report);
  }
  if (problems.length > before || addressKey === null) return null;
  const smtpPassword = env.variables.CONVOKE_SMTP_PASSWORD ?? null;
  return redacted({
    docebo,
    webhooks,
    microsoft,
    codecKeys,
    addressKey,
    codecToken,
    apiTokens,
    smtpPassword,
    tracingHeaders,
    temporal,
  });
}
