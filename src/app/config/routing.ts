import { didYouMean } from '../../domain/closest-name';
import type { PlatformKey } from '../../domain/model';
import type { MailboxRoute, MailboxRouting } from '../../domain/settings';
import type { ConfigContext } from './config-context';
import type { PlatformSection, RouteSection } from './settings-file';

/** A single mailbox needs no naming. */
export function toRouting(context: ConfigContext, key: PlatformKey, section: PlatformSection): MailboxRouting | null {
  const { mailboxKeys } = context;
  const only = mailboxKeys.length === 1 ? mailboxKeys[0] : undefined;
  const defaultMailbox = section.mailbox ?? only;
  if (defaultMailbox === undefined) {
    context.report(
      ['platforms', key],
      `mailbox is missing; write which of ${mailboxKeys.join(', ')} organises its meetings`,
    );
    return null;
  }
  checkMailbox(context, ['platforms', key, 'mailbox'], defaultMailbox);
  const routed = new Set<string>();
  const routes = (section.routes ?? []).map((route, i) => {
    const at = ['platforms', key, 'routes', i] as const;
    checkMailbox(context, [...at, 'mailbox'], route.mailbox);
    const given = Object.keys(route).filter((name) => name !== 'mailbox');
    if (given.length === 0) {
      context.report(
        at,
        'has no condition; write courses, categories, locations or fields, or set platforms.<platform>.mailbox',
      );
    }
    // With other conditions beside it, a course may well be routed by several routes.
    for (const course of given.join() === 'courses' ? (route.courses ?? []).map(String) : []) {
      if (routed.has(course)) context.report(at, `routes course ${course} a second time; keep one`);
      routed.add(course);
    }
    return toRoute(route);
  });
  return { defaultMailbox, routes };
}

function toRoute({ mailbox, courses, categories, locations, fields }: RouteSection): MailboxRoute {
  return {
    mailbox,
    ...(courses !== undefined && { courses: courses.map(String) }),
    ...(categories !== undefined && { categories: categories.map(String) }),
    ...(locations !== undefined && { locations }),
    ...(fields !== undefined && { fields: Object.entries(fields).map(([name, values]) => toField(name, values)) }),
  };
}

function toField(name: string, values: readonly (number | string)[]): NonNullable<MailboxRoute['fields']>[number] {
  return {
    of: name.startsWith('course:') ? 'course' : 'session',
    field: name.slice(name.indexOf(':') + 1),
    values: values.map(String),
  };
}

export function checkMailbox(context: ConfigContext, at: readonly (string | number)[], mailbox: string): void {
  if (context.mailboxKeys.includes(mailbox)) return;
  const hint = didYouMean(mailbox, context.mailboxKeys) || `; there are ${context.mailboxKeys.join(', ')}`;
  context.report(at, `there is no mailbox "${mailbox}"${hint}`);
}
