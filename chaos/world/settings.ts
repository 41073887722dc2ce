import { stringify } from 'yaml';

/** Names that the simulators are set up with and Convoke is told of. */
export const PLATFORM = 'academy';
export const DOMAIN = 'academy.docebosaas.example';
export const MAILBOX = { address: 'training@academy.example', displayName: 'Training Calendar' };
export const TENANT = { id: '6f1c2b5e-0c1d-4c86-9d2a-5d0f3f6f7a10' };
export const APP = { clientId: 'c0ffee00-1111-4222-8333-444455556666', clientSecret: 'app-secret' };
export const DOCEBO_ACCOUNT = {
  clientId: 'convoke',
  clientSecret: 'docebo-secret',
  username: 'service.connect',
  password: 'service-password',
};
export const WEBHOOK = { username: 'docebo', password: 'webhook-password' };
export const NAMESPACE = 'convoke';
/** What the API lags behind at most for the product to bridge it by its second look. */
export const SETTLE_MS = 1_000;
export const COALESCE_MS = 300;
export const CODEC_KEY = { id: 'chaos', key: Buffer.alloc(32, 5) };
/** Nothing here is about the hour's budget. */
export const CALLS_PER_HOUR = 1_000_000;

export interface Addresses {
  readonly docebo: string;
  readonly microsoft: string;
  readonly apiPort: number;
  readonly temporalPort: number;
}

export interface WorldPace {
  readonly coalesceMs: number;
  readonly settleMs: number;
}

/** The pace of the tests. */
const QUICK: WorldPace = { coalesceMs: COALESCE_MS, settleMs: SETTLE_MS };

/** convoke.yaml. Scheduled work runs when the harness starts it. */
export function toSettingsFile(at: Addresses, { coalesceMs, settleMs }: WorldPace = QUICK): string {
  return stringify({
    platforms: {
      [PLATFORM]: {
        baseUrl: at.docebo,
        profile: './profile.json',
        doceboConnectIsOff: true,
        originalDomain: DOMAIN,
        lmsBaseUri: DOMAIN,
        addInstructors: true,
        // The calendar then follows from Docebo's state alone, not from the order in which changes were seen.
        courseOff: 'now',
        callsPerHour: CALLS_PER_HOUR / 10,
        callBurst: CALLS_PER_HOUR / 10,
      },
    },
    mailboxes: { training: { user: MAILBOX.address } },
    microsoft: {
      tenant: TENANT.id,
      clientId: APP.clientId,
      tokenEndpoint: `${at.microsoft}/${TENANT.id}/oauth2/v2.0/token`,
      graphBaseUrl: at.microsoft,
    },
    pace: { coalesce: `${coalesceMs}ms`, settle: `${settleMs}ms`, retry: ['1s', '2s', '5s'] },
    schedules: { rsvpPoll: '30d', sweep: '30d', failureDigest: '1d', sweepCalls: 5_000 },
    temporal: { address: `127.0.0.1:${at.temporalPort}`, namespace: NAMESPACE },
    api: { host: '127.0.0.1', port: at.apiPort },
  });
}

/** The shipped tenant profile, which says how Docebo is told of answers. */
export function toProfile(shipped: string): string {
  const profile = JSON.parse(shipped) as { readonly rsvpWriteBack: object };
  return JSON.stringify({ ...profile, rsvpWriteBack: { ...profile.rsvpWriteBack, enabled: true } });
}

/** Keys are the same in every run: nothing in it is worth keeping from anybody. */
export function toEnvironment(): Record<string, string | undefined> {
  const platform = PLATFORM.toUpperCase();
  return {
    PATH: process.env.PATH,
    CONVOKE_ENVIRONMENT: 'development',
    CONVOKE_CONFIG: 'convoke.yaml',
    CONVOKE_MICROSOFT_CLIENT_SECRET: APP.clientSecret,
    CONVOKE_CODEC_KEYS: `${CODEC_KEY.id}:${CODEC_KEY.key.toString('base64')}`,
    CONVOKE_ADDRESS_KEY: Buffer.alloc(32, 7).toString('base64'),
    [`CONVOKE_DOCEBO_${platform}_CLIENT_ID`]: DOCEBO_ACCOUNT.clientId,
    [`CONVOKE_DOCEBO_${platform}_CLIENT_SECRET`]: DOCEBO_ACCOUNT.clientSecret,
    [`CONVOKE_WEBHOOK_${platform}`]: `${WEBHOOK.username}:${WEBHOOK.password}`,
  };
}

/** Temporal as `npm start` runs it; without a file it keeps everything in memory. */
export function temporalArgs(at: { readonly port: number; readonly databaseFile: string | null }): string[] {
  const inFile = ['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=FULL'];
  return [
    ...['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(at.port), '--log-level', 'error'],
    ...['--namespace', NAMESPACE],
    ...(at.databaseFile === null ? [] : ['--db-filename', at.databaseFile, ...inFile]),
    ...['--dynamic-config-value', 'history.maximumBufferedEventsBatch=1000'],
    // A search attribute that the worker has just registered counts at once.
    ...['--dynamic-config-value', 'system.forceSearchAttributesCacheRefreshOnRead=true'],
  ];
}
