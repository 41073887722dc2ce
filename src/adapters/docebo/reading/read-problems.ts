import type { ReadProblem } from '../../../domain/model';
import type { ListFault } from '../api/paging';
import { toText } from '../api/wire';

/** Codes of what Docebo's answers should have told and did not. */
export const READ = {
  listIncomplete: 'READ_LIST_INCOMPLETE',
  eventUnreadable: 'READ_EVENT_UNREADABLE',
  enrolmentUnreadable: 'READ_ENROLMENT_UNREADABLE',
  instructorUnreadable: 'READ_INSTRUCTOR_UNREADABLE',
  personMissing: 'READ_PERSON_MISSING',
  personWithoutAddress: 'READ_PERSON_WITHOUT_ADDRESS',
  placeUnreadable: 'READ_PLACE_UNREADABLE',
  switchUnreadable: 'READ_SWITCH_UNREADABLE',
  statusUnreadable: 'READ_STATUS_UNREADABLE',
  courseDetailsMissing: 'READ_COURSE_DETAILS_MISSING',
  inputUnreadable: 'READ_INPUT_UNREADABLE',
  sessionUnproven: 'READ_SESSION_UNPROVEN',
} as const;

/** Of one code this many are told one by one: a wrong profile entry concerns every item of a list. */
const TOLD_PER_CODE = 20;

/** The problems of one reading, bounded: they stand in Temporal's history. */
export class ReadProblems {
  private readonly told: ReadProblem[] = [];
  private readonly counts = new Map<string, number>();

  add(problem: ReadProblem): void {
    const count = (this.counts.get(problem.code) ?? 0) + 1;
    this.counts.set(problem.code, count);
    if (count <= TOLD_PER_CODE) this.told.push(problem);
  }

  /** A list that may lack items. */
  addIncomplete(
    what: { readonly subject: ReadProblem['subject']; readonly id: string; readonly list: string },
    faults: readonly ListFault[],
  ): void {
    if (faults.length === 0) return;
    const detail = `${what.list} could not be read in full: ${faults.join(', ')}.`;
    this.add({ code: READ.listIncomplete, subject: what.subject, id: what.id, detail });
  }

  list(): ReadProblem[] {
    const more = [...this.counts].filter(([, count]) => count > TOLD_PER_CODE);
    const sums = more.flatMap(([code, count]): ReadProblem[] => {
      const first = this.told.find((problem) => problem.code === code);
      if (first === undefined) return [];
      return [{ ...first, id: null, detail: `And ${count - TOLD_PER_CODE} more of this kind.` }];
    });
    return [...this.told, ...sums];
  }
}

/** A value that a profile lacks, for its operator. Only short plain words and numbers are quoted: a wrong pointer may lead to a person's data. */
export function quoteValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'object') return 'an object or list';
  const text = toText(value);
  if (text === '') return 'an empty text';
  return /^[\w-]{1,30}$/.test(text) ? `"${text}"` : 'a text that is not shown';
}
