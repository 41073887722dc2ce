import type { ConfigContext } from './config-context';
import type { SettingPath } from './parse-yaml';

/**
 * The address of a system that Convoke calls, without a slash at the end. In production neither http nor this machine will do, so that
 * no production configuration ever reaches a simulator.
 * @returns null, and a report, when the address will not do.
 */
export function toEndpoint(context: ConfigContext, at: SettingPath, address: string): string | null {
  const problem = problemOf(address, context);
  if (problem === null) return address.replace(/\/+$/, '');
  context.report(at, problem);
  return null;
}

function problemOf(address: string, { environment }: ConfigContext): string | null {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) {
    return `"${address}" is no web address; begin it with https://`;
  }
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return 'holds a name or password; these belong into the environment';
  if (url.search !== '' || url.hash !== '')
    return `"${address}" goes on after its path; leave out everything from ${url.search === '' ? '#' : '?'}`;
  if (environment === 'development') return null;
  if (url.protocol === 'http:') {
    return `"${address}" is not encrypted, which production refuses; write https:// (or set CONVOKE_ENVIRONMENT=development for a trial)`;
  }
  if (isLoopback(url.hostname)) {
    return `"${address}" is this machine, which production refuses; write the real system's address (or set CONVOKE_ENVIRONMENT=development for a trial)`;
  }
  return null;
}

/** By name and number; the URL parser has brought all spellings of a number to one. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  return /^(127\.|0\.0\.0\.0$)/.test(host) || /^\[(::1?|::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}|::ffff:0:0)\]$/.test(host);
}
