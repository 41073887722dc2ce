import { fc } from '../../support/properties';
import type { SessionFacts } from '../../../src/domain/model';
import type { PlanStep, SessionLedger, SessionPlan } from '../../../src/domain/plan';
import { afterSteps, aLearner, anEvent, aPerson, emptyLedger, keyOf, planOf, someFacts } from '../../support/builders';

/** What plans may depend on, and what whole histories of them add up to. */

const EVENTS = ['101', '102', '103'] as const;
const userId = fc.integer({ min: 1, max: 7 }).map(String);
const at = (hours: number): string => new Date(Date.UTC(2026, 4, 1, 8) + hours * 3_600_000).toISOString();

/** 6 and 7 share the address of 5; 7 is also often listed twice, once as somebody who teaches. */
const PEOPLE = Array.from({ length: 7 }, (_, i) =>
  aPerson(String(i + 1), i < 5 ? {} : { address: ` USER5@example.com` }),
);
const event = fc.record({
  hour: fc.constantFrom(-48, 24, 24, 48),
  name: fc.constantFrom('a', 'b'),
  teachers: fc.uniqueArray(userId, { maxLength: 3 }),
});
const facts: fc.Arbitrary<SessionFacts> = fc
  .record({
    events: fc.tuple(...EVENTS.map(() => fc.option(event, { freq: 3 }))),
    seats: fc.uniqueArray(
      fc.record({
        userId,
        standing: fc.constantFrom('active' as const, 'active' as const, 'waiting' as const),
        level: fc.constantFrom('learner' as const, 'learner' as const, 'instructor' as const),
      }),
      { selector: (seat) => seat.userId, maxLength: 7 },
    ),
    teachers: fc.uniqueArray(userId, { maxLength: 3 }),
    rsvp: fc.constantFrom('on' as const, 'on' as const, 'on' as const, 'off' as const),
    status: fc.constantFrom('active' as const, 'active' as const, 'active' as const, 'cancelled' as const),
    complete: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  })
  .map((r) =>
    someFacts({
      events: r.events.flatMap((e, i) =>
        e === null
          ? []
          : anEvent({
              ...{ eventId: EVENTS[i]!, name: e.name, instructors: e.teachers },
              ...{ startsAt: at(e.hour), endsAt: at(e.hour + 2) },
            }),
      ),
      enrolments: r.seats.map((seat) => aLearner(seat.userId, seat)),
      session: { instructors: r.teachers, rsvp: r.rsvp, status: r.status },
      people: PEOPLE,
      eventsComplete: r.complete[0],
      enrolmentsComplete: r.complete[1],
      instructorsComplete: r.complete[2],
    }),
  );

const isWhole = (reading: SessionFacts): SessionFacts => ({
  ...reading,
  ...{ eventsComplete: true, enrolmentsComplete: true, instructorsComplete: true },
});

function play(readings: readonly SessionFacts[]): { ledger: SessionLedger; plans: SessionPlan[] } {
  let ledger = emptyLedger;
  const plans = readings.map((reading) => {
    const plan = planOf(reading, ledger);
    ledger = afterSteps(ledger, plan);
    return plan;
  });
  return { ledger, plans };
}

const history = fc.array(facts, { maxLength: 5 });

/** The same plan, whatever the order in which equal things are named. */
function plain(plan: SessionPlan) {
  const roster = [...plan.roster]
    .map((p) => ({ ...p, events: p.events === 'all' ? p.events : [...p.events].sort() }))
    .sort((a, b) => (a.addressKey < b.addressKey ? -1 : 1));
  const byEvent = EVENTS.map((eventId) => plan.steps.filter((step) => step.eventId === eventId));
  return { ...plan, roster, steps: byEvent, problems: plan.problems.map(({ message }) => message).sort() };
}

test('the order of Docebo’s lists changes nothing, neither of this plan nor of the next one', () => {
  const shuffled = facts.chain((reading) =>
    fc
      .tuple(
        fc.shuffledSubarray([...reading.events], { minLength: reading.events.length }),
        fc.shuffledSubarray([...reading.enrolments], { minLength: reading.enrolments.length }),
        fc.shuffledSubarray([...reading.people], { minLength: reading.people.length }),
        fc.shuffledSubarray([...reading.session.instructors], { minLength: reading.session.instructors.length }),
      )
      .map(([events, enrolments, people, instructors]) => ({
        reading,
        other: {
          ...reading,
          events: events.map((e) => ({ ...e, instructors: [...e.instructors].reverse() })),
          ...{ enrolments, people, session: { ...reading.session, instructors } },
        },
      })),
  );
  fc.assert(
    fc.property(history, shuffled, (before, { reading, other }) => {
      const { ledger } = play(before);
      const plan = planOf(reading, ledger);

      expect(plain(planOf(other, ledger))).toEqual(plain(plan));
      expect(planOf(isWhole(other), afterSteps(ledger, planOf(isWhole(reading), ledger))).steps).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('a generation is used for one event in the calendar, each cancelled before the next, and never again', () => {
  fc.assert(
    fc.property(fc.array(facts, { minLength: 1, maxLength: 8 }), (readings) => {
      const live = new Map<string, number>();
      const used = new Map<string, number>();
      for (const step of play(readings).plans.flatMap(({ steps }) => steps)) {
        const { eventId, generation } = step;
        if (step.kind === 'create') {
          expect([live.has(eventId), generation]).toEqual([false, (used.get(eventId) ?? 0) + 1]);
          live.set(eventId, generation);
          used.set(eventId, generation);
        } else {
          expect(live.get(eventId)).toBe(generation);
          if (step.kind === 'cancel') live.delete(eventId);
        }
      }
    }),
    { numRuns: 400 },
  );
});

/** Who would be mailed how often by a plan: each step tells those who are on the event, or come to it or leave it. */
function mailsOf(plan: SessionPlan, on: ReadonlyMap<string, ReadonlySet<string>>) {
  const mails = new Map<string, number>();
  const after = new Map([...on].map(([eventId, keys]) => [eventId, new Set(keys)]));
  const mail = (eventId: string, key: string): void => {
    mails.set(`${eventId} ${key}`, (mails.get(`${eventId} ${key}`) ?? 0) + 1);
  };
  for (const step of plan.steps) {
    const { eventId } = step;
    const wanted = new Set(
      plan.roster.filter((p) => p.events === 'all' || p.events.includes(eventId)).map((p) => p.addressKey),
    );
    const there = after.get(eventId) ?? new Set<string>();
    apply(step, { there, wanted, tell: (key) => mail(eventId, key) });
    after.set(eventId, there);
  }
  return { mails, after };
}

function apply(
  step: PlanStep,
  { there, wanted, tell }: { there: Set<string>; wanted: ReadonlySet<string>; tell: (key: string) => void },
): void {
  if (step.kind === 'cancel' || step.kind === 'updateContent') for (const key of there) tell(key);
  if (step.kind === 'cancel') there.clear();
  if (step.kind === 'updateAttendees') {
    for (const key of step.remove) if (there.delete(key)) tell(key);
  }
  if (step.kind !== 'create' && !(step.kind === 'updateAttendees' && step.phase === 'all')) return;
  for (const key of wanted) {
    if (there.has(key)) continue;
    there.add(key);
    tell(key);
  }
}

test('a plan mails nobody twice about one event, and after it exactly those are on it who are to be', () => {
  let mailed = 0;
  fc.assert(
    fc.property(fc.array(facts, { minLength: 1, maxLength: 6 }), facts.map(isWhole), (before, last) => {
      let ledger = emptyLedger;
      let on: ReadonlyMap<string, ReadonlySet<string>> = new Map();
      for (const reading of [...before, last]) {
        const plan = planOf(reading, ledger);
        const { mails, after } = mailsOf(plan, on);
        ledger = afterSteps(ledger, plan);
        on = after;

        mailed += mails.size;
        expect([...mails].filter(([, count]) => count > 1)).toEqual([]);
        if (plan.position !== 'on' || reading !== last) continue;
        for (const [eventId, row] of Object.entries(ledger.events)) {
          if (row.graphEventId === null || row.endsAt <= at(0)) continue;
          const wanted = plan.roster.filter((p) => p.events === 'all' || p.events.includes(eventId));
          expect([...(on.get(eventId) ?? [])].sort()).toEqual(wanted.map((p) => p.addressKey).sort());
        }
      }
    }),
    { numRuns: 600 },
  );
  expect(mailed).toBeGreaterThan(500);
});

test('what changes of one event brings steps for that event alone', () => {
  fc.assert(
    fc.property(
      history,
      facts.map(isWhole),
      fc.constantFrom(...EVENTS),
      fc.nat({ max: 400 }),
      (before, last, changed, hour) => {
        const ledger = afterSteps(play(before).ledger, planOf(last, play(before).ledger));
        const events = last.events.map((e) =>
          e.eventId === changed ? { ...e, name: 'another', startsAt: at(hour), endsAt: at(hour + 1) } : e,
        );

        const { steps } = planOf({ ...last, events }, ledger);

        expect(steps.filter(({ eventId }) => eventId !== changed)).toEqual([]);
      },
    ),
    { numRuns: 400 },
  );
});

test('users who share an address have one entry, and each a row: an answer is about the seats of all of them', () => {
  fc.assert(
    fc.property(facts.map(isWhole), (reading) => {
      const plan = planOf({ ...reading, session: { ...reading.session, rsvp: 'on', status: 'active' } });
      const seated = reading.enrolments.filter((e) => e.standing === 'active' && e.level === 'learner');

      expect(new Set(plan.roster.map((p) => p.addressKey)).size).toBe(plan.roster.length);
      for (const { userId: id } of seated) {
        const key = keyOf(PEOPLE[Number(id) - 1]!.address);
        expect(plan.ledger.people[id]).toEqual({ addressKey: key, role: 'learner' });
        expect(plan.roster.find((p) => p.addressKey === key)?.role).toBe('learner');
      }
    }),
  );
});
