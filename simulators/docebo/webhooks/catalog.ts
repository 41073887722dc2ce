import { CommandError } from '../academy/command-error';
import type { Profile } from '../profile';

export interface CatalogEvent {
  /** What the administrator reads when selecting events. */
  readonly label: string;
  readonly name: string;
  /** One of the four that the Outlook guide tells to select. */
  readonly forCalendar: boolean;
}

/** The events a webhook can subscribe to. The labels of the first four are Docebo's; three of their names come from the profile. */
export function eventCatalog({ events }: Profile): CatalogEvent[] {
  const calendar = [
    ['Course properties have been changed', 'course.updated'],
    ['Ext Calendar ILT event changed', events.eventChanged[0]],
    ['Ext Calendar ILT session changed', events.sessionChanged[0]],
    ['User has been unenrolled from a Learning Plan', events.learningPlanUnenrolled[0]],
  ] as const;
  const others = [
    ['Course has been deleted', 'course.deleted'],
    ['ILT session has been updated', 'ilt.session.updated'],
    ['ILT session has been deleted', 'ilt.session.deleted'],
    ['User has been enrolled in a course', 'course.enrollment.created'],
    ['Enrollment has been updated', 'course.enrollment.updated'],
    ['User has been unenrolled from a course', 'course.enrollment.deleted'],
    ['Learner completed course', 'course.enrollment.completed'],
  ] as const;
  return [
    ...calendar.map(([label, name]) => ({ label, name, forCalendar: true })),
    ...others.map(([label, name]) => ({ label, name, forCalendar: false })),
  ];
}

/** Names of the wanted events, each given by name or label; the guide's four when nothing is given. */
export function toEventNames(profile: Profile, wanted: readonly string[] | undefined): string[] {
  const catalog = eventCatalog(profile);
  if (wanted === undefined) return catalog.filter((e) => e.forCalendar).map((e) => e.name);
  return wanted.map((text) => {
    const found = catalog.find((e) => e.name === text || e.label === text);
    if (found !== undefined) return found.name;
    const known = catalog.map((e) => `${e.name} ("${e.label}")`).join(', ');
    throw new CommandError(400, `there is no event "${text}". Events: ${known}`);
  });
}
