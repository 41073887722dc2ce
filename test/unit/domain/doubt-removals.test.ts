import type { SessionFacts, SessionReading } from '../../../src/domain/model';
import type { SessionLedger, SessionPlan } from '../../../src/domain/plan';
import { afterSteps, aLearner, ledgerOf, outline, planOf, someFacts } from '../../support/builders';

const ids = Array.from({ length: 20 }, (_, i) => String(i + 1));
const all = someFacts({ enrolments: ids.map((id) => aLearner(id)) });
const ledger: SessionLedger = ledgerOf(all);

/** Docebo's list shows those alone, and the others with these standings. */
function listing(shown: readonly string[], more: SessionFacts['enrolments'] = []): SessionFacts {
  return someFacts({ enrolments: [...shown.map((id) => aLearner(id)), ...more] });
}

function removedBy({ steps }: SessionPlan): readonly string[] {
  return steps.flatMap((step) => (step.kind === 'updateAttendees' ? step.remove : []));
}

describe('learners who are missing from the list at once', () => {
  test.each([
    ['all of them', listing([])],
    ['half of them', listing(ids.slice(10))],
    ['others in their stead', listing(['101', '102'])],
  ])('%s: nobody is taken off, and an operator is asked', (_what, facts) => {
    const plan = planOf(facts, ledger);

    expect(removedBy(plan)).toEqual([]);
    expect(Object.keys(plan.ledger.people)).toEqual(expect.arrayContaining(ids));
    expect(plan.problems).toEqual([
      expect.objectContaining({
        code: 'PLAN_MANY_MISSING',
        message: expect.stringMatching(/of 20 learners .* accept it by "resync"/) as string,
      }),
    ]);
  });

  test('an operator who accepts it has them taken off, once', () => {
    const asked = afterSteps(ledger, planOf(listing([]), ledger));

    const accepted = planOf(listing([]), { ...asked, readAs: null });

    expect(accepted.problems).toEqual([]);
    expect(outline(accepted)).toEqual(['updateAttendees/all 101']);
    expect(removedBy(accepted)).toHaveLength(20);
    expect(accepted.ledger.readAs).toBe('7/godadmin');
  });

  test('who is there again is as before: nothing is written, and nobody asked', () => {
    const asked = afterSteps(ledger, planOf(listing([]), ledger));

    expect(planOf(all, asked)).toMatchObject({ steps: [], problems: [] });
  });

  test.each<[string, SessionFacts, number]>([
    ['fewer than it takes', listing(ids.slice(9)), 10],
    ['less than half', listing(ids.slice(9)), 5],
    [
      'of whom rows say that they left',
      listing(
        [],
        ids.map((id) => aLearner(id, { standing: 'inactive' })),
      ),
      10,
    ],
    ['where nobody is to be asked', listing([]), 0],
  ])('%s: they are taken off', (_what, facts, askBeforeRemoving) => {
    const plan = planOf(facts, ledger, { settings: { askBeforeRemoving } });

    expect(plan.problems).toEqual([]);
    expect(removedBy(plan).length).toBeGreaterThan(8);
  });

  test('a session that is switched off is withdrawn, whoever is on its list', () => {
    const plan = planOf(someFacts({ enrolments: [], session: { rsvp: 'off' } }), ledger);

    expect(plan.problems).toEqual([]);
    expect(outline(plan)).toEqual(['cancel 101']);
  });
});

describe('a session whose course is not found either', () => {
  const gone = (readAs: string, evidence: 'course-gone' | 'absent-from-course' = 'course-gone'): SessionReading => ({
    kind: 'gone',
    readAs,
    evidence,
  });
  const as = (readAs: string | null): SessionLedger => ({ ...ledger, readAs });

  test('is not gone to a user who may have lost sight of it', () => {
    const plan = planOf(gone('7/power_user'), as('7/power_user'));

    expect(plan).toMatchObject({ position: 'unproven', steps: [] });
    expect(plan.problems).toEqual([expect.objectContaining({ code: 'PLAN_COURSE_MISSING' })]);
  });

  test.each([
    ['to a Superadmin', gone('7/godadmin'), as('7/godadmin')],
    ['when an operator has accepted it', gone('7/power_user'), as(null)],
    ['when its course is seen and lists it no more', gone('7/power_user', 'absent-from-course'), as('7/power_user')],
  ])('is gone %s', (_what, reading, known) => {
    expect(outline(planOf(reading, known))).toEqual(['cancel 101']);
  });
});
