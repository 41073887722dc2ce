import type { ConfigContext } from './config-context';
import type { MicrosoftConfig } from './config-types';
import { toEndpoint } from './endpoints';

/** Microsoft's clouds: a token of one is worth nothing at the Graph of another (learn.microsoft.com/graph/deployments). */
const CLOUDS = [
  { logins: ['login.microsoftonline.com'], graphs: ['graph.microsoft.com'] },
  { logins: ['login.microsoftonline.us'], graphs: ['graph.microsoft.us', 'dod-graph.microsoft.us'] },
  {
    logins: ['login.chinacloudapi.cn', 'login.partner.microsoftonline.cn'],
    graphs: ['microsoftgraph.chinacloudapi.cn'],
  },
];

/** null, and reports, when something will not do. */
export function toMicrosoft(context: ConfigContext): MicrosoftConfig | null {
  const section = context.file.microsoft;
  if (section === undefined) return null;
  if (['common', 'organizations', 'consumers'].includes(section.tenant.toLowerCase())) {
    context.report(
      ['microsoft', 'tenant'],
      `"${section.tenant}" stands for many tenants, but the app signs in to one; write its id or domain`,
    );
  }
  const authority = toEndpoint(
    context,
    ['microsoft', 'authority'],
    section.authority ?? 'https://login.microsoftonline.com',
  );
  const graphBaseUrl = toEndpoint(
    context,
    ['microsoft', 'graphBaseUrl'],
    section.graphBaseUrl ?? 'https://graph.microsoft.com',
  );
  const tokenEndpoint =
    section.tokenEndpoint === undefined
      ? null
      : toEndpoint(context, ['microsoft', 'tokenEndpoint'], section.tokenEndpoint);
  if (authority === null || graphBaseUrl === null) return null;
  checkPaths(context, { authority, graphBaseUrl });
  return { tenant: section.tenant, clientId: section.clientId, authority, tokenEndpoint, graphBaseUrl };
}

function checkPaths(
  context: ConfigContext,
  { authority, graphBaseUrl }: { readonly authority: string; readonly graphBaseUrl: string },
): void {
  const login = new URL(authority);
  const graph = new URL(graphBaseUrl);
  if (login.pathname !== '/') {
    context.report(
      ['microsoft', 'authority'],
      `"${authority}" has a path; write ${login.origin} and put the tenant into microsoft.tenant`,
    );
  }
  if (/\/(v1\.0|beta)$/.test(graph.pathname)) {
    context.report(['microsoft', 'graphBaseUrl'], `"${graphBaseUrl}" has a version; leave that out, Convoke adds it`);
  }
  const cloud = CLOUDS.find(({ logins }) => logins.includes(login.hostname));
  const known = CLOUDS.some(({ graphs }) => graphs.includes(graph.hostname));
  if (cloud !== undefined && known && !cloud.graphs.includes(graph.hostname)) {
    context.report(
      ['microsoft', 'graphBaseUrl'],
      `"${graphBaseUrl}" belongs to another cloud than ${login.hostname}; write https://${cloud.graphs.join(' or https://')}`,
    );
  }
}
