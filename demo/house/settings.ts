import { randomBytes } from 'node:crypto';
import { stringify } from 'yaml';

/** Keys and passwords of one demo; kept with its data, which is worth nothing without them. */
export interface DemoSecrets {
  readonly codecKey: string;
  readonly addressKey: string;
  readonly webhookPassword: string;
  readonly doceboSecret: string;
  readonly microsoftSecret: string;
}

export function newSecrets(): DemoSecrets {
  const secret = (): string => randomBytes(24).toString('hex');
  return {
    codecKey: randomBytes(32).toString('base64'),
    addressKey: randomBytes(32).toString('base64'),
    webhookPassword: secret(),
    doceboSecret: secret(),
    microsoftSecret: secret(),
  };
}

/** Names that the simulators are set up with and Convoke is told of. */
export const PLATFORM = 'academy';
export const DOMAIN = 'academy.docebosaas.example';
export const MAILBOX = { address: 'training@academy.example', displayName: 'Training Calendar' };
export const TENANT = '6f1c2b5e-0c1d-4c86-9d2a-5d0f3f6f7a10';
export const CLIENT_ID = 'c0ffee00-1111-4222-8333-444455556666';
export const WEBHOOK_USER = 'docebo';
export const DOCEBO_CLIENT = 'convoke-demo';
export const NAMESPACE = 'convoke';
export const ADD_INSTRUCTORS = true;
export const TRAINING_DESK = 'training-desk@academy.example';
export const PROFILE_FILE = './profile.json';
export const TEMPLATE_FILE = './invitation.html';

export interface Addresses {
  readonly docebo: string;
  readonly microsoft: string;
  readonly apiPort: number;
  readonly temporalPort: number;
  readonly temporalUiPort: number;
}

export interface DemoPace {
  readonly coalesceMs: number;
  readonly settleMs: number;
  /** How often the scheduled work runs: answers, sweep, failure mails. */
  readonly schedules: { readonly rsvpPoll: string; readonly sweep: string; readonly failureDigest: string };
}

/** convoke.yaml as a customer would write it, but for addresses on this machine and a quick pace. */
export function toSettingsFile(at: Addresses, pace: DemoPace): string {
  return stringify({
    platforms: {
      [PLATFORM]: {
        baseUrl: at.docebo,
        profile: PROFILE_FILE,
        templates: { body: TEMPLATE_FILE },
        // Nobody else invites: what webhooks miss is made up for.
        doceboConnectIsOff: true,
        originalDomain: DOMAIN,
        lmsBaseUri: DOMAIN,
        addInstructors: ADD_INSTRUCTORS,
        courseOff: 'nextUpdate',
        // The academy is set up in a minute instead of over a year.
        callsPerHour: CALLS_PER_HOUR,
        callBurst: CALLS_PER_HOUR,
      },
    },
    mailboxes: { training: { user: MAILBOX.address, calendarName: 'Calendar' } },
    microsoft: {
      tenant: TENANT,
      clientId: CLIENT_ID,
      tokenEndpoint: `${at.microsoft}/${TENANT}/oauth2/v2.0/token`,
      graphBaseUrl: at.microsoft,
    },
    pace: {
      coalesce: `${pace.coalesceMs}ms`,
      settle: `${pace.settleMs}ms`,
      retry: ['5s', '15s', '1m'],
    },
    schedules: pace.schedules,
    notifications: { failureRecipients: [TRAINING_DESK], temporalUiUrl: `http://127.0.0.1:${at.temporalUiPort}` },
    api: {
      codec: { access: 'loopback', allowedOrigins: [`http://127.0.0.1:${at.temporalUiPort}`] },
    },
  });
}

/** The tenant profile of the simulated platform, which does say how it is told of answers. */
export function toProfile(shipped: string): string {
  const profile = JSON.parse(shipped) as { readonly rsvpWriteBack: object };
  return JSON.stringify({ ...profile, rsvpWriteBack: { ...profile.rsvpWriteBack, enabled: true } }, null, 2);
}

/** Of the simulated tenant too. */
export const CALLS_PER_HOUR = 20_000;

/** Nothing of the person's own CONVOKE_ and TEMPORAL_ variables gets in: the demo must not reach anything real. */
export function toEnvironment(
  source: Readonly<Record<string, string | undefined>>,
  at: Addresses,
  secrets: DemoSecrets,
  folder: string,
): Record<string, string | undefined> {
  const foreign = Object.entries(source).filter(([name]) => !/^(CONVOKE|TEMPORAL)_/.test(name));
  const platform = PLATFORM.toUpperCase();
  return {
    ...Object.fromEntries(foreign),
    CONVOKE_ENVIRONMENT: 'development',
    CONVOKE_CONFIG: 'convoke.yaml',
    CONVOKE_DATA_FOLDER: folder,
    CONVOKE_API_PORT: String(at.apiPort),
    CONVOKE_TEMPORAL_PORT: String(at.temporalPort),
    CONVOKE_TEMPORAL_UI_PORT: String(at.temporalUiPort),
    CONVOKE_MICROSOFT_CLIENT_SECRET: secrets.microsoftSecret,
    CONVOKE_CODEC_KEYS: `demo:${secrets.codecKey}`,
    CONVOKE_ADDRESS_KEY: secrets.addressKey,
    [`CONVOKE_DOCEBO_${platform}_CLIENT_ID`]: DOCEBO_CLIENT,
    [`CONVOKE_DOCEBO_${platform}_CLIENT_SECRET`]: secrets.doceboSecret,
    [`CONVOKE_WEBHOOK_${platform}`]: `${WEBHOOK_USER}:${secrets.webhookPassword}`,
    ...(source.TEMPORAL_CLI_PATH === undefined ? {} : { TEMPORAL_CLI_PATH: source.TEMPORAL_CLI_PATH }),
  };
}

/** The same for whoever uses the command `convoke` in the demo's folder. */
export function toEnvFile(environment: Readonly<Record<string, string | undefined>>): string {
  const own = Object.entries(environment).filter(([name]) => name.startsWith('CONVOKE_'));
  return own.map(([name, value = '']) => `${name}=${value}\n`).join('');
}
