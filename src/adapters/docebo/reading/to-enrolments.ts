import type { EnrolmentFacts, PersonFacts } from '../../../domain/model';
import { readFirst, readFirstAs, readPointer } from '../profile/json-pointers';
import type { DoceboList } from '../api/paging';
import { toPerson } from './people';
import type { TenantProfile } from '../profile/profile';
import { quoteValue, READ, type ReadProblems } from './read-problems';
import { classify } from '../profile/value-lists';
import { toId } from '../api/wire';

export interface Enrolments {
  readonly enrolments: readonly EnrolmentFacts[];
  readonly complete: boolean;
  /** Those whose address stands in the list. */
  readonly people: ReadonlyMap<string, PersonFacts>;
}

const STANDINGS = ['inactive', 'waiting', 'active'] as const;
const LEVELS = ['other', 'instructor', 'learner'] as const;

/**
 * Who is on a session's list. A row that cannot be read, or whose status, level or waiting flag stands on no list of the profile, is
 * reported and leaves the list incomplete: nobody is invited because of it, and nobody loses an invitation. Two rows of one person count
 * as the better one.
 */
export function toEnrolments(
  list: DoceboList,
  context: { readonly profile: TenantProfile; readonly problems: ReadProblems; readonly sessionId: string },
): Enrolments {
  const { profile, problems, sessionId } = context;
  const rows = new Map<string, EnrolmentFacts>();
  const people = new Map<string, PersonFacts>();
  let readable = true;
  problems.addIncomplete({ subject: 'session', id: sessionId, list: 'The enrolment list' }, list.faults);

  for (const item of list.items) {
    const row = toEnrolment(item, profile);
    if ('fault' in row) {
      readable = false;
      problems.add({
        code: READ.enrolmentUnreadable,
        subject: 'enrolment',
        id: row.userId,
        detail: `An enrolment in session ${sessionId} cannot be read: ${row.fault}. Correct the tenant profile.`,
      });
      continue;
    }
    rows.set(row.userId, better(rows.get(row.userId), row));
    const person = toPerson(row.userId, {
      email: readPointer(item, '/email'),
      firstName: readPointer(item, '/firstname'),
      lastName: readPointer(item, '/lastname'),
    });
    if (person !== null) people.set(row.userId, person);
  }
  return { enrolments: [...rows.values()], complete: readable && list.faults.length === 0, people };
}

function toEnrolment(
  item: unknown,
  { fields, values }: TenantProfile,
): EnrolmentFacts | { readonly fault: string; readonly userId: string | null } {
  const userId = readFirstAs(item, fields.enrollment.userId, toId) ?? null;
  if (userId === null) return { userId, fault: 'it has no user id (fields.enrollment.userId)' };
  const status = readFirst(item, fields.enrollment.status);
  const waiting = readFirst(item, fields.enrollment.waiting);
  const level = readFirst(item, fields.enrollment.level);
  const standing = classify(status, {
    active: values.enrollmentActive,
    waiting: values.enrollmentWaiting,
    inactive: values.enrollmentInactive,
  });
  if (standing === undefined) return { userId, fault: unknown('status', status, 'values.enrollment*') };
  const waits = classify(waiting, { yes: values.waitingTrue, no: values.waitingFalse });
  if (waits === undefined) return { userId, fault: unknown('waiting flag', waiting, 'values.waiting*') };
  const role = classify(level, {
    learner: values.levelLearner,
    instructor: values.levelInstructor,
    other: values.levelOther,
  });
  if (role === undefined) return { userId, fault: unknown('level', level, 'values.level*') };
  return { userId, standing: standing === 'active' && waits === 'yes' ? 'waiting' : standing, level: role };
}

function unknown(what: string, value: unknown, lists: string): string {
  return `its ${what} is ${quoteValue(value)}, which stands on none of ${lists}`;
}

function better(a: EnrolmentFacts | undefined, b: EnrolmentFacts): EnrolmentFacts {
  if (a === undefined) return b;
  const rank = (e: EnrolmentFacts): number => STANDINGS.indexOf(e.standing) * LEVELS.length + LEVELS.indexOf(e.level);
  return rank(b) > rank(a) ? b : a;
}
