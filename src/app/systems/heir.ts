import type { MailboxKey, PlatformKey } from '../../domain/model';
import type { Config } from '../config/config-types';

/**
 * The platform that takes over what Docebo Connect left in a mailbox: the one whose operator said that Docebo Connect is off. Its ids name no
 * platform, so that of two platforms in one mailbox neither does.
 */
export function heirOf({ platforms }: Pick<Config, 'platforms'>, mailbox: MailboxKey): PlatformKey | null {
  const users = Object.entries(platforms).filter(([, { settings }]) => {
    const { defaultMailbox, routes } = settings.routing;
    return defaultMailbox === mailbox || routes.some((route) => route.mailbox === mailbox);
  });
  const [only] = users;
  return users.length === 1 && only?.[1].mayBeSwept === true ? only[0] : null;
}
