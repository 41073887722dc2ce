import type { ConfigContext } from './config-context';
import type { AccountConfig, AccountKey, MicrosoftConfig } from './config-types';
import { toEndpoint } from './endpoints';

/** Microsoft's clouds: a token of one is worth nothing at the Graph of another (learn.microsoft.com/graph/deployments). */
const CLOUDS = {
  public: { logins: ['login.microsoftonline.com'], graph: 'graph.microsoft.com' },
  'us-gov': { logins: ['login.microsoftonline.us'], graph: 'graph.microsoft.us' },
  'us-gov-dod': { logins: ['login.microsoftonline.us'], graph: 'dod-graph.microsoft.us' },
  china: {
    logins: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
    graph: 'microsoftgraph.chinacloudapi.cn',
  },
} as const;

/** null, and reports, when something will not do. */
export function toMicrosoft(
  context: ConfigContext,
  accounts: Readonly<Record<AccountKey, AccountConfig>>,
): MicrosoftConfig | null {
  const section = context.file.microsoft;
  if (section === undefined) return null;
  const cloud = CLOUDS[section.cloud ?? 'public'];
  const authority = toEndpoint(context, ['microsoft', 'authority'], section.authority ?? `https://${cloud.logins[0]}`);
  const graphBaseUrl = toEndpoint(
    context,
    ['microsoft', 'graphBaseUrl'],
    section.graphBaseUrl ?? `https://${cloud.graph}`,
  );
  const tokenEndpoint =
    section.tokenEndpoint === undefined
      ? null
      : toEndpoint(context, ['microsoft', 'tokenEndpoint'], section.tokenEndpoint);
  if (authority === null || graphBaseUrl === null) return null;
  checkPaths(context, { authority, graphBaseUrl });
  checkCloud(context, { authority, graphBaseUrl });
  return { accounts, authority, tokenEndpoint, graphBaseUrl };
}

interface Places {
  readonly authority: string;
  readonly graphBaseUrl: string;
}

function checkPaths(context: ConfigContext, { authority, graphBaseUrl }: Places): void {
  const login = new URL(authority);
  if (login.pathname !== '/') {
    context.report(
      ['microsoft', 'authority'],
      `"${authority}" has a path; write ${login.origin} and put the tenant into microsoft.tenant`,
    );
  }
  if (/\/(v1\.0|beta)$/.test(new URL(graphBaseUrl).pathname)) {
    context.report(['microsoft', 'graphBaseUrl'], `"${graphBaseUrl}" has a version; leave that out, Convoke adds it`);
  }
}

function checkCloud(context: ConfigContext, { authority, graphBaseUrl }: Places): void {
  const { cloud } = context.file.microsoft ?? {};
  const login = new URL(authority).hostname;
  const graph = new URL(graphBaseUrl).hostname;
  const clouds = Object.values(CLOUDS);
  const ofLogin = clouds.filter(({ logins }) => (logins as readonly string[]).includes(login));
  const isKnown = clouds.some((other) => other.graph === graph);
  if (ofLogin.length > 0 && isKnown && !ofLogin.some((other) => other.graph === graph)) {
    const graphs = ofLogin.map((other) => `https://${other.graph}`).join(' or ');
    context.report(
      ['microsoft', 'graphBaseUrl'],
      `"${graphBaseUrl}" belongs to another cloud than ${login}; write ${graphs}`,
    );
  } else if (cloud !== undefined && isKnown && CLOUDS[cloud].graph !== graph) {
    context.report(['microsoft', 'cloud'], `is ${cloud}, but microsoft.graphBaseUrl is another cloud's; take one out`);
  }
}
