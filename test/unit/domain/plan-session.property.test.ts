import { fc } from '../../support/properties';
import type { SessionFacts } from '../../../src/domain/model';
import type { SessionLedger, SessionPlan } from '../../../src/domain/plan';
import { afterSteps, aLearner, anEvent, emptyLedger, keyOf, planOf, someFacts } from '../../support/builders';

const userId = fc.integer({ min: 1, max: 8 }).map(String);
const standing = fc.constantFrom('active' as const, 'active' as const, 'waiting' as const, 'inactive' as const);
const hour = fc.integer({ min: -48, max: 480 });

const event = fc.record({ hour, name: fc.constantFrom('a', 'b'), teachers: fc.uniqueArray(userId, { maxLength: 2 }) });
const facts: fc.Arbitrary<SessionFacts> = fc
  .record({
    events: fc.array(fc.option(event, { nil: null }), { maxLength: 4 }),
    seats: fc.uniqueArray(fc.tuple(userId, standing), { selector: ([id]) => id, maxLength: 8 }),
    teachers: fc.uniqueArray(userId, { maxLength: 2 }),
    rsvp: fc.constantFrom('inherit' as const, 'inherit' as const, 'on' as const, 'off' as const),
    courseOn: fc.boolean(),
    status: fc.constantFrom('active' as const, 'active' as const, 'cancelled' as const),
    complete: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
    hide: fc.boolean(),
  })
  .map((r) =>
    someFacts({
      events: r.events.flatMap((e, i) =>
        e === null
          ? []
          : [
              anEvent({
                eventId: String(100 + i),
                name: e.name,
                startsAt: at(e.hour),
                endsAt: at(e.hour + 2),
                instructors: e.teachers,
              }),
            ],
      ),
      enrolments: r.seats.map(([id, s]) => aLearner(id, { standing: s })),
      session: { instructors: r.teachers, rsvp: r.rsvp, status: r.status },
      course: { rsvp: r.courseOn, hideAttendees: r.hide },
      eventsComplete: r.complete[0],
      enrolmentsComplete: r.complete[1],
      instructorsComplete: r.complete[2],
    }),
  );

function at(hours: number): string {
  return new Date(Date.UTC(2026, 4, 1, 8) + hours * 3_600_000).toISOString();
}

/** Plays readings one after another, each plan carried out in part or whole, as a drop by a fresh hint would. */
function play(
  readings: readonly SessionFacts[],
  cuts: readonly number[],
): { ledger: SessionLedger; plans: SessionPlan[] } {
  let ledger = emptyLedger;
  const plans: SessionPlan[] = [];
  readings.forEach((reading, i) => {
    const plan = planOf(reading, ledger);
    plans.push(plan);
    ledger = afterSteps(ledger, plan, plan.steps.slice(0, plan.steps.length - (cuts[i] ?? 0)));
  });
  return { ledger, plans };
}

const history = fc.tuple(
  fc.array(facts, { minLength: 1, maxLength: 5 }),
  fc.array(fc.nat({ max: 3 }), { maxLength: 5 }),
);

test('applying a plan twice changes nothing', () => {
  fc.assert(
    fc.property(history, facts, ([before, cuts], last) => {
      const { ledger } = play(before, cuts);
      const applied = afterSteps(ledger, planOf(last, ledger));

      expect(planOf(last, applied).steps).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('an incomplete list never takes anybody off or cancels an event', () => {
  fc.assert(
    fc.property(history, facts, ([before, cuts], last) => {
      const { ledger } = play(before, cuts);
      const reading: SessionFacts = {
        ...last,
        session: { ...last.session, rsvp: 'on', status: 'active' },
        eventsComplete: false,
        enrolmentsComplete: false,
        instructorsComplete: false,
      };
      const placed = new Set(Object.values(ledger.people).map((p) => p.addressKey));

      const plan = planOf(reading, ledger);

      expect(plan.steps.filter((s) => s.kind === 'cancel')).toEqual([]);
      const removed = plan.steps.flatMap((s) => (s.kind === 'updateAttendees' ? s.remove : []));
      expect(removed.filter((key) => placed.has(key) && !teaches(reading, key))).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

/** Somebody on the list may still be taken off an event that they do not teach. */
function teaches(reading: SessionFacts, key: string): boolean {
  const known = [
    ...reading.enrolments.map((e) => e.userId),
    ...reading.session.instructors,
    ...reading.events.flatMap((e) => e.instructors),
  ];
  return known.some((id) => keyOf(`user${id}@example.com`) === key);
}

test('past events are never cancelled, and nobody with a seat is ever taken off', () => {
  fc.assert(
    fc.property(history, facts, ([before, cuts], last) => {
      const { ledger } = play(before, cuts);

      const plan = planOf(last, ledger);

      for (const step of plan.steps) {
        if (step.kind === 'cancel') expect(ledger.events[step.eventId]!.endsAt > at(0)).toBe(true);
        if (step.kind !== 'updateAttendees') continue;
        const seated = plan.roster.filter((p) => p.events === 'all' || p.events.includes(step.eventId));
        expect(step.remove.filter((key) => seated.some((p) => p.addressKey === key))).toEqual([]);
      }
    }),
    { numRuns: 400 },
  );
});

test('state survives JSON', () => {
  fc.assert(
    fc.property(history, ([before, cuts]) => {
      const { ledger, plans } = play(before, cuts);

      expect(JSON.parse(JSON.stringify({ ledger, plans }))).toEqual({ ledger, plans });
    }),
    { numRuns: 100 },
  );
});
