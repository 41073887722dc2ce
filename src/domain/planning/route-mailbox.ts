import type { CourseId, MailboxKey, SessionFacts } from '../model';
import type { MailboxRoute, MailboxRouting } from '../settings';

/** What must be read of Docebo beside a session's own facts, for its route to be told. */
export interface RouteReads {
  readonly category: boolean;
  readonly fields: readonly { readonly of: 'course' | 'session'; readonly field: string }[];
}

export function routeReadsOf({ routes }: MailboxRouting): RouteReads {
  const fields = new Map(
    routes.flatMap((r) => (r.fields ?? []).map(({ of, field }) => [`${of}:${field}`, { of, field }])),
  );
  return { category: routes.some((r) => r.categories !== undefined), fields: [...fields.values()] };
}

/**
 * The mailbox of the first route of which every condition holds, else the default. null: a route before comes into question, and what it
 * asks for could not be read. A session stays in the mailbox of its first event, so nothing may be sent on a guess.
 */
export function routeMailbox(routing: MailboxRouting, facts: SessionFacts, unreadPlaces: boolean): MailboxKey | null {
  for (const route of routing.routes) {
    const holds = conditionsOf(route, facts, unreadPlaces);
    if (holds.includes(false)) continue;
    return holds.includes(null) ? null : route.mailbox;
  }
  return routing.defaultMailbox;
}

/** For a session of which the course alone is known: where it may be looked for. */
export function routeByCourse({ routes, defaultMailbox }: MailboxRouting, courseId: CourseId | null): MailboxKey {
  const route = routes.find(
    ({ courses, categories, locations, fields }) =>
      courseId !== null && courses?.includes(courseId) === true && (categories ?? locations ?? fields) === undefined,
  );
  return route?.mailbox ?? defaultMailbox;
}

/** Of each condition that the route has: whether it holds; null: cannot be told. */
function conditionsOf(route: MailboxRoute, facts: SessionFacts, unreadPlaces: boolean): (boolean | null)[] {
  const { courses, categories, locations, fields = [] } = route;
  const read = facts.routing;
  return [
    ...(courses === undefined ? [] : [courses.includes(facts.course.courseId)]),
    ...(categories === undefined ? [] : [isAmong(read?.category ?? null, categories)]),
    ...(locations === undefined ? [] : [isAtOne(facts, locations, unreadPlaces)]),
    ...fields.map(({ of, field, values }) => isAmong(read?.fields[`${of}:${field}`] ?? null, values)),
  ];
}

function isAtOne(facts: SessionFacts, locations: readonly string[], unreadPlaces: boolean): boolean | null {
  const names = facts.events.flatMap(({ location }) => (location === null ? [] : [location.name]));
  const isThere = isAmong(names, locations) === true;
  return isThere || (facts.eventsComplete && !unreadPlaces) ? isThere : null;
}

function isAmong(found: readonly string[] | null, wanted: readonly string[]): boolean | null {
  if (found === null) return null;
  const known = new Set(wanted.map(fold));
  return found.some((text) => known.has(fold(text)));
}

/** People write names in several ways. */
function fold(text: string): string {
  return text.trim().toLowerCase();
}
