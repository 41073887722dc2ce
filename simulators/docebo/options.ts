import { parseArgs } from 'node:util';
import { loadProfile } from './profile';
import { defaultAccount, type SimulatorOptions } from './server';

type Env = Readonly<Record<string, string | undefined>>;

export interface ProcessOptions {
  readonly port: number;
  readonly host: string;
  readonly simulator: SimulatorOptions;
}

/** `--flag` by the side of each environment variable; a flag wins. */
const SETTINGS = {
  port: ['DOCEBO_SIM_PORT', '0'],
  host: ['DOCEBO_SIM_HOST', '127.0.0.1'],
  profile: ['DOCEBO_SIM_PROFILE', 'profiles/assumed-v1.json'],
  platform: ['DOCEBO_SIM_PLATFORM', 'main'],
  domain: ['DOCEBO_SIM_DOMAIN', 'academy.docebosaas.com'],
  'client-id': ['DOCEBO_SIM_CLIENT_ID', defaultAccount.clientId],
  'client-secret': ['DOCEBO_SIM_CLIENT_SECRET', defaultAccount.clientSecret],
  username: ['DOCEBO_SIM_USERNAME', defaultAccount.username],
  password: ['DOCEBO_SIM_PASSWORD', defaultAccount.password],
  'temporal-ui': ['TEMPORAL_UI_URL', ''],
  'temporal-namespace': ['TEMPORAL_NAMESPACE', 'convoke'],
} as const;
type Setting = keyof typeof SETTINGS;

/** @throws Error that names the wrong flag, variable or profile entry. */
export function readOptions(argv: readonly string[], env: Env): ProcessOptions {
  const flags = Object.fromEntries(Object.keys(SETTINGS).map((key) => [key, { type: 'string' as const }]));
  const { values } = parseArgs({ args: [...argv], options: flags });
  const get = (key: Setting): string => {
    const [variable, byDefault] = SETTINGS[key];
    return values[key] ?? env[variable] ?? byDefault;
  };
  const ui = get('temporal-ui');
  return {
    port: toPort(get('port')),
    host: get('host'),
    simulator: {
      profile: loadProfile(get('profile')),
      platform: get('platform'),
      domain: get('domain'),
      account: {
        clientId: get('client-id'),
        clientSecret: get('client-secret'),
        username: get('username'),
        password: get('password'),
      },
      ...(ui === '' ? {} : { temporalUi: { url: toUrl(ui), namespace: get('temporal-namespace') } }),
    },
  };
}

function toPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`DOCEBO_SIM_PORT (--port) must be a port number from 0 to 65535, not "${text}"`);
}

function toUrl(text: string): string {
  if (URL.canParse(text)) return text.replace(/\/+$/, '');
  throw new Error(`TEMPORAL_UI_URL (--temporal-ui) must be a URL such as http://127.0.0.1:8233, not "${text}"`);
}
