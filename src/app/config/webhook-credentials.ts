import type { PlatformKey } from '../../domain/model';
import { platformVariable } from '../env';
import type { Env } from '../env';

/** A pair that Docebo may send with its webhooks. */
export interface WebhookCredential {
  readonly user: string;
  readonly password: string;
}

/** `user:password`, or several with commas between them, all accepted; empty, and reports, when something is wrong. */
export function toWebhookCredentials(
  { variables }: Env,
  platform: PlatformKey,
  report: (problem: string) => void,
): WebhookCredential[] {
  const name = platformVariable('webhook', platform);
  const text = variables[name];
  if (text === undefined) {
    report(`${name}: is missing; write user:password as entered at the webhook in Docebo`);
    return [];
  }
  const pairs = text.split(',').map((pair) => pair.trim());
  return pairs.flatMap((pair, i) => {
    const colon = pair.indexOf(':');
    if (colon > 0 && colon < pair.length - 1) {
      return [{ user: pair.slice(0, colon), password: pair.slice(colon + 1) }];
    }
    const which = pairs.length === 1 ? '' : ` number ${i + 1}`;
    report(`${name}: the pair${which} is not user:password; commas separate pairs, so a password cannot hold one`);
    return [];
  });
}
