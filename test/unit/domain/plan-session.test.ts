import type { SwitchedOff } from '../../../src/domain/model';
import { rosterOf } from '../../../src/domain/plan';
import { decideOff, decideSwitch } from '../../../src/domain/planning/decide-switch';
import { routeByCourse } from '../../../src/domain/planning/route-mailbox';
import {
  afterSteps,
  aLearner,
  anEvent,
  aPerson,
  emptyLedger,
  found,
  keyOf,
  ledgerOf,
  NOW,
  outline,
  planOf,
  planSettings,
  someFacts,
} from '../../support/builders';

const future = (n: number) =>
  anEvent({ eventId: String(100 + n), startsAt: `2026-06-0${n}T07:00:00.000Z`, endsAt: `2026-06-0${n}T15:00:00.000Z` });
const past = anEvent({ eventId: '99', startsAt: '2026-04-01T07:00:00.000Z', endsAt: '2026-04-01T15:00:00.000Z' });

describe('a session with the switch on', () => {
  test('creates every future event, by start, and no past one', () => {
    const plan = planOf(someFacts({ events: [future(2), past, future(1)] }));

    expect(outline(plan)).toEqual(['create 101', 'create 102']);
    expect(plan.position).toBe('on');
    expect(plan.mailbox).toBe('training');
  });

  test('plans nothing when nothing changed', () => {
    const facts = someFacts({ events: [future(1), future(2)] });

    expect(outline(planOf(facts, ledgerOf(facts)))).toEqual([]);
  });

  test('creates an event with nobody enrolled', () => {
    const plan = planOf(someFacts({ enrolments: [] }));

    expect(outline(plan)).toEqual(['create 101']);
    expect(rosterOf(plan, '101')).toEqual([]);
  });

  test('moves an event that was moved, without touching its body', () => {
    const facts = someFacts();
    const moved = someFacts({
      events: [anEvent({ startsAt: '2026-06-02T07:00:00.000Z', endsAt: '2026-06-02T15:00:00.000Z' })],
    });

    const plan = planOf(moved, ledgerOf(facts));

    expect(outline(plan)).toEqual(['updateContent 101']);
    expect(plan.steps[0]).toMatchObject({ render: false, schedule: { startsAt: '2026-06-02T07:00:00.000Z' } });
  });

  test('a zone that names the same instants differently is no change', () => {
    const plan = planOf(someFacts({ events: [anEvent({ timeZone: 'Europe/Berlin' })] }), ledgerOf(someFacts()));

    expect(outline(plan)).toEqual([]);
  });

  test.each([
    ['course name', someFacts({ course: { name: 'Other' } })],
    ['session description', someFacts({ session: { description: 'New text' } })],
    ['event name', someFacts({ events: [anEvent({ name: 'Day one' })] })],
    ['webinar tool', someFacts({ events: [anEvent({ webinarTool: 'Zoom' })] })],
  ])('a changed %s renders the invitation anew', (_what, facts) => {
    const plan = planOf(facts, ledgerOf(someFacts()));

    expect(outline(plan)).toEqual(['updateContent 101']);
    expect(plan.steps[0]).toMatchObject({ render: true });
  });

  test('a room shows as place', () => {
    const location = {
      name: 'HQ',
      address: 'Street 1',
      phone: '',
      email: '',
      direction: '',
      accommodations: '',
      otherInfo: '',
    };
    const classroom = { name: 'Room 2', details: '', seats: '', equipment: '' };

    const [step] = planOf(someFacts({ events: [anEvent({ location, classroom })] })).steps;

    expect(step).toMatchObject({ place: { locationName: 'Room 2, HQ' } });
  });

  test('an event added is created, an event removed is cancelled', () => {
    const ledger = ledgerOf(someFacts({ events: [future(1), future(2)] }));

    const plan = planOf(someFacts({ events: [future(2), future(3)] }), ledger);

    expect(outline(plan)).toEqual(['cancel 101', 'create 103']);
    expect(plan.steps[0]).toMatchObject({ reason: 'event-removed', graphEventId: 'g-101-1' });
  });

  test('an event that comes back gets the next generation', () => {
    const both = someFacts({ events: [future(1), future(2)] });
    const one = someFacts({ events: [future(1)] });
    const ledger = ledgerOf(both);
    const withdrawn = afterSteps(ledger, planOf(one, ledger));

    expect(planOf(both, withdrawn).steps).toEqual([
      expect.objectContaining({ kind: 'create', eventId: '102', generation: 2 }),
    ]);
  });

  test('an event moved into the past is moved once and then left alone', () => {
    const ledger = ledgerOf(someFacts());
    const facts = someFacts({
      events: [anEvent({ startsAt: '2026-04-20T07:00:00.000Z', endsAt: '2026-04-20T15:00:00.000Z' })],
      enrolments: [aLearner('1')],
    });

    const plan = planOf(facts, ledger);
    const next = planOf(
      someFacts({ events: [anEvent({ ...facts.events[0], name: 'Renamed' })] }),
      afterSteps(ledger, plan),
    );

    expect(outline(plan)).toEqual(['updateContent 101']);
    expect(outline(next)).toEqual([]);
  });

  test('a past event that moves into the future is moved', () => {
    const before = someFacts();
    const ledger = ledgerOf(before);
    const later = { now: '2026-06-02T00:00:00.000Z' };
    const facts = someFacts({
      events: [anEvent({ startsAt: '2026-07-01T07:00:00.000Z', endsAt: '2026-07-01T15:00:00.000Z' })],
    });

    expect(outline(planOf(before, ledger, later))).toEqual([]);
    expect(outline(planOf(facts, ledger, later))).toEqual(['updateContent 101']);
  });

  test('an event under way still changes', () => {
    const during = { now: '2026-06-01T10:00:00.000Z' };

    expect(outline(planOf(someFacts({ enrolments: [aLearner('1')] }), ledgerOf(someFacts()), during))).toEqual([
      'updateAttendees/all 101',
    ]);
  });
});

describe('attendees', () => {
  test.each([
    ['waiting', { standing: 'waiting' as const }],
    ['inactive', { standing: 'inactive' as const }],
    ['other level', { level: 'other' as const }],
  ])('%s people are not invited', (_what, over) => {
    const plan = planOf(someFacts({ enrolments: [aLearner('1'), aLearner('2', over)] }));

    expect(rosterOf(plan, '101').map((p) => p.userId)).toEqual(['1']);
  });

  test('a new learner is added by a step of its own', () => {
    const plan = planOf(
      someFacts({ enrolments: [aLearner('1'), aLearner('2'), aLearner('3')] }),
      ledgerOf(someFacts()),
    );

    expect(outline(plan)).toEqual(['updateAttendees/all 101']);
    expect(plan.steps[0]).toMatchObject({ remove: [] });
  });

  test('a learner who left is taken off, and nobody else may be', () => {
    const plan = planOf(someFacts({ enrolments: [aLearner('1')] }), ledgerOf(someFacts()));

    expect(plan.steps).toEqual([
      expect.objectContaining({ kind: 'updateAttendees', remove: [keyOf('user2@example.com')] }),
    ]);
    expect(plan.ledger.departed).toEqual([keyOf('user2@example.com')]);
  });

  test('who left is forgotten once every event is in order', () => {
    const ledger = ledgerOf(someFacts());
    const facts = someFacts({ enrolments: [aLearner('1')] });
    const first = planOf(facts, ledger);

    const next = planOf(facts, afterSteps(ledger, first));

    expect(outline(next)).toEqual([]);
    expect(next.ledger.departed).toEqual([]);
  });

  test('who left stays remembered until the step that takes them off has run', () => {
    const events = [future(1), future(2)];
    const ledger = ledgerOf(someFacts({ events }));
    const facts = someFacts({ events, enrolments: [aLearner('1')] });
    const first = planOf(facts, ledger);

    const next = planOf(facts, afterSteps(ledger, first, first.steps.slice(0, 1)));

    expect(next.steps).toEqual([expect.objectContaining({ eventId: '102', remove: [keyOf('user2@example.com')] })]);
  });

  test('who leaves is taken off before a change and who joins is added after it', () => {
    const facts = someFacts({ events: [anEvent({ name: 'Changed' })], enrolments: [aLearner('1'), aLearner('3')] });

    const plan = planOf(facts, ledgerOf(someFacts()));

    expect(outline(plan)).toEqual(['updateAttendees/remove 101', 'updateContent 101', 'updateAttendees/all 101']);
    expect(plan.steps[0]).toMatchObject({ peopleHash: null });
  });

  test('an instructor who leaves a moved event but stays with another is taken off before the move', () => {
    const other = anEvent({ ...future(2), instructors: ['8'] });
    const before = someFacts({ session: { instructors: ['8'] }, events: [anEvent(), other] });
    const moved = { startsAt: '2026-06-03T07:00:00.000Z', endsAt: '2026-06-03T15:00:00.000Z' };

    const plan = planOf(someFacts({ events: [anEvent(moved), other] }), ledgerOf(before));

    expect(outline(plan)).toEqual(['updateAttendees/remove 101', 'updateContent 101', 'updateAttendees/all 101']);
    expect(plan.steps[0]).toMatchObject({ remove: [keyOf('user8@example.com')] });
  });

  test('a changed address replaces the old one', () => {
    const facts = someFacts({ people: [aPerson('1'), aPerson('2', { address: 'new@example.com' })] });

    const plan = planOf(facts, ledgerOf(someFacts()));

    expect(plan.steps).toEqual([
      expect.objectContaining({ kind: 'updateAttendees', remove: [keyOf('user2@example.com')] }),
    ]);
    expect(rosterOf(plan, '101').map((p) => p.address)).toEqual(['user1@example.com', 'new@example.com']);
  });

  test("the session's instructors attend all events, an event's instructors only theirs", () => {
    const events = [anEvent({ ...future(1), instructors: ['8'] }), future(2)];
    const plan = planOf(someFacts({ events, session: { instructors: ['9'] }, enrolments: [aLearner('1')] }));

    expect(
      rosterOf(plan, '101')
        .map((p) => p.userId)
        .sort(),
    ).toEqual(['1', '8', '9']);
    expect(
      rosterOf(plan, '102')
        .map((p) => p.userId)
        .sort(),
    ).toEqual(['1', '9']);
  });

  test('an instructor who moves to another event is taken off the first', () => {
    const at = (one: string[], two: string[]) =>
      someFacts({ events: [anEvent({ ...future(1), instructors: one }), anEvent({ ...future(2), instructors: two })] });

    const plan = planOf(at([], ['8']), ledgerOf(at(['8'], [])));

    expect(plan.steps).toEqual([
      expect.objectContaining({ eventId: '101', remove: [keyOf('user8@example.com')] }),
      expect.objectContaining({ eventId: '102', remove: [] }),
    ]);
  });

  test('without addInstructors nobody is invited for teaching', () => {
    const facts = someFacts({
      session: { instructors: ['9'] },
      enrolments: [aLearner('1'), aLearner('7', { level: 'instructor' })],
    });

    const plan = planOf(facts, emptyLedger, { settings: { addInstructors: false } });

    expect(plan.roster.map((p) => p.userId)).toEqual(['1']);
  });

  test('who learns and teaches has one entry, as a learner', () => {
    const plan = planOf(someFacts({ enrolments: [aLearner('1')], session: { instructors: ['1'] } }));

    expect(plan.roster).toEqual([expect.objectContaining({ userId: '1', role: 'learner', events: 'all' })]);
  });

  test('two users with one address have one entry', () => {
    const people = [aPerson('1'), aPerson('2', { address: 'USER1@example.com ' })];

    const plan = planOf(someFacts({ people }));

    expect(plan.roster).toHaveLength(1);
    expect(Object.keys(plan.ledger.people)).toEqual(['1', '2']);
  });

  test('of a learner and an instructor with one address the entry is the learner, in whatever order they are listed', () => {
    const people = [aPerson('1'), aPerson('2', { address: 'user1@example.com' })];
    const enrolments = [aLearner('1', { level: 'instructor' }), aLearner('2')];

    const rosters = [enrolments, [...enrolments].reverse()].map(
      (list) => planOf(someFacts({ people, enrolments: list })).roster,
    );

    expect(rosters[0]).toEqual([expect.objectContaining({ userId: '2', role: 'learner' })]);
    expect(rosters[1]).toEqual(rosters[0]);
  });

  test('a person without a readable address is reported and keeps the place they have', () => {
    const facts = someFacts({ people: [aPerson('1')] });

    const plan = planOf(facts, ledgerOf(someFacts()));

    expect(outline(plan)).toEqual([]);
    expect(plan.problems).toEqual([
      expect.objectContaining({
        code: 'PLAN_PERSON_WITHOUT_ADDRESS',
        message: expect.stringContaining('User 2') as string,
      }),
    ]);
  });

  test('more people than Outlook takes are refused with a clear error', () => {
    const enrolments = Array.from({ length: 501 }, (_, i) => aLearner(String(i + 1)));

    const plan = planOf(someFacts({ enrolments }));

    expect(plan.steps).toEqual([]);
    expect(plan.problems).toEqual([
      {
        code: 'PLAN_TOO_MANY_ATTENDEES',
        eventId: '101',
        message: expect.stringMatching(/501 people; Outlook takes 500/) as string,
      },
    ]);
  });
});

describe('hiding attendees', () => {
  test.each([
    ['inherit', true, true],
    ['inherit', false, false],
    ['on', false, true],
    ['off', true, false],
  ] as const)('session %s, course %s: hidden %s', (session, course, hidden) => {
    const [step] = planOf(someFacts({ session: { hideAttendees: session }, course: { hideAttendees: course } })).steps;

    expect(step).toMatchObject({ place: { hideAttendees: hidden } });
  });

  test('unreadable: new events hide, old ones stay as they are, and it is reported', () => {
    const unreadable = someFacts({ session: { hideAttendees: null } });

    const fresh = planOf(unreadable);
    const known = planOf(unreadable, ledgerOf(someFacts()));

    expect(fresh.steps[0]).toMatchObject({ place: { hideAttendees: true } });
    expect(outline(known)).toEqual([]);
    expect(known.problems).toEqual([expect.objectContaining({ code: 'PLAN_HIDE_UNREADABLE' })]);
  });
});

describe('the switch', () => {
  const live = ledgerOf(someFacts());

  test('frozen platform: nothing is written', () => {
    const plan = planOf(someFacts({ session: { rsvp: 'off' } }), live, { settings: { rsvp: 'frozen' } });

    expect(plan).toMatchObject({ position: 'frozen', steps: [] });
  });

  test('frozen platform, read for an operator: who and what is there is counted, and nothing is done', () => {
    const plan = planOf(someFacts(), live, { settings: { rsvp: 'frozen' } });

    expect(plan).toMatchObject({ position: 'frozen', steps: [], roster: [], counts: { events: 1, learners: 2 } });
  });

  test('frozen platform that was not read: the ledger stays as it is, and nothing is said to be counted', () => {
    const { events: _rows, mailbox: _mailbox, ...known } = live;
    const plan = planOf({ kind: 'not-read' }, live, { settings: { rsvp: 'frozen' } });

    expect(plan).toMatchObject({ position: 'frozen', steps: [], ledger: known, counts: { unread: true } });
  });

  test('session off: its events are cancelled at once', () => {
    const plan = planOf(someFacts({ session: { rsvp: 'off' } }), live);

    expect(plan.position).toBe('off');
    expect(plan.steps).toEqual([expect.objectContaining({ kind: 'cancel', reason: 'switched-off' })]);
  });

  test('session on overrides a course that is off', () => {
    expect(outline(planOf(someFacts({ session: { rsvp: 'on' }, course: { rsvp: false } })))).toEqual(['create 101']);
  });

  test('course off, nothing sent: nothing to do', () => {
    expect(planOf(someFacts({ course: { rsvp: false } }))).toMatchObject({ position: 'off', steps: [] });
  });

  test("course off, Docebo's way: cancelled at the next change of the session's own facts, not before", () => {
    const off = { rsvp: false, name: 'The course changed too' };
    const waiting = planOf(someFacts({ course: off }), live);
    const still = planOf(someFacts({ course: off }), afterSteps(live, waiting));
    const changed = planOf(someFacts({ course: off, enrolments: [aLearner('1')] }), afterSteps(live, waiting));

    expect(waiting).toMatchObject({ position: 'course-off-waiting', steps: [] });
    expect(still).toMatchObject({ position: 'course-off-waiting', steps: [] });
    expect(changed.steps).toEqual([expect.objectContaining({ kind: 'cancel', reason: 'course-switched-off' })]);
  });

  test('course off after a new run adopted its events: waits from then on', () => {
    const adopted = { ...live, factsHash: null };
    const waiting = planOf(someFacts({ course: { rsvp: false } }), adopted);
    const changed = planOf(
      someFacts({ course: { rsvp: false }, session: { name: 'New name' } }),
      afterSteps(adopted, waiting),
    );

    expect(waiting.steps).toEqual([]);
    expect(outline(changed)).toEqual(['cancel 101']);
  });

  test('course off, an incomplete reading is no change', () => {
    const facts = someFacts({ course: { rsvp: false }, enrolments: [], enrolmentsComplete: false });

    expect(planOf(facts, live)).toMatchObject({ position: 'course-off-waiting', steps: [] });
  });

  test('course off, `now`: cancelled at once', () => {
    const plan = planOf(someFacts({ course: { rsvp: false } }), live, { settings: { courseOff: 'now' } });

    expect(outline(plan)).toEqual(['cancel 101']);
  });

  test('course off, `leave`: left', () => {
    const facts = someFacts({ course: { rsvp: false }, enrolments: [] });

    expect(planOf(facts, live, { settings: { courseOff: 'leave' } })).toMatchObject({
      position: 'course-off-left',
      steps: [],
    });
  });

  describe('read alone, for a session of which nothing was written', () => {
    const off: SwitchedOff = { kind: 'off', readAs: '7/godadmin', position: 'off', courseId: '9', problems: [] };
    const table = (['active', 'cancelled'] as const).flatMap((status) =>
      ([null, 'on', 'off', 'inherit'] as const).flatMap((rsvp) =>
        [null, true, false].map((course) => ({ status, rsvp, course })),
      ),
    );

    test.each(table)('says off where a whole reading does, and only there: %o', ({ status, rsvp, course }) => {
      const facts = someFacts({ session: { status, rsvp }, course: { rsvp: course } });
      const { position } = decideSwitch({
        facts,
        ledger: emptyLedger,
        settings: planSettings,
        factsHash: null,
        now: NOW,
      });

      expect(decideOff(facts)).toBe(position === 'off' || position === 'session-cancelled' ? position : null);
    });

    test('a course that was not asked is not off', () => {
      expect(decideOff({ session: { status: 'active', rsvp: 'inherit' }, course: null })).toBeNull();
    });

    test.each(['off', 'session-cancelled'] as const)('%s: nothing to do, and nothing was counted', (position) => {
      expect(planOf({ ...off, position })).toMatchObject({
        position,
        steps: [],
        problems: [],
        ledger: { courseId: '9', readAs: '7/godadmin' },
        counts: { events: 0, learners: 0, instructors: 0, unread: true },
      });
    });

    test('with other rights than before: reported, and the former ones stay', () => {
      const found = planOf({ ...off, readAs: '8/power_user' }, { ...emptyLedger, readAs: '7/godadmin' });

      expect(found.problems).toEqual([expect.objectContaining({ code: 'PLAN_RIGHTS_CHANGED' })]);
      expect(found.ledger.readAs).toBe('7/godadmin');
    });
  });

  test.each([
    ['session', { session: { rsvp: null } }],
    ['course', { course: { rsvp: null } }],
  ])('unreadable at the %s: nothing changes, and it is reported', (_where, over) => {
    const plan = planOf(someFacts({ ...over, enrolments: [] }), live);

    expect(plan).toMatchObject({ position: 'unproven', steps: [] });
    expect(plan.problems).toEqual([expect.objectContaining({ code: 'PLAN_SWITCH_UNREADABLE' })]);
  });

  test('switched on again: new generation', () => {
    const off = afterSteps(live, planOf(someFacts({ session: { rsvp: 'off' } }), live));

    expect(planOf(someFacts(), off).steps).toEqual([expect.objectContaining({ kind: 'create', generation: 2 })]);
  });
});

describe('absence is not evidence', () => {
  const events = [future(1), future(2)];
  const live = ledgerOf(someFacts({ events }));

  test('an incomplete enrolment list removes nobody', () => {
    const plan = planOf(
      someFacts({ events, enrolments: [aLearner('1'), aLearner('3')], enrolmentsComplete: false }),
      live,
    );

    expect(outline(plan)).toEqual(['updateAttendees/all 101', 'updateAttendees/all 102']);
    expect(plan.steps.map((s) => s.kind === 'updateAttendees' && s.remove)).toEqual([[], []]);
    expect(plan.problems).toEqual([expect.objectContaining({ code: 'PLAN_READ_INCOMPLETE' })]);
  });

  test('a complete list afterwards removes who left', () => {
    const partial = planOf(someFacts({ events, enrolments: [], enrolmentsComplete: false }), live);
    const plan = planOf(someFacts({ events, enrolments: [aLearner('1')] }), afterSteps(live, partial));

    expect(plan.steps.map((s) => s.kind === 'updateAttendees' && s.remove)).toEqual([
      [keyOf('user2@example.com')],
      [keyOf('user2@example.com')],
    ]);
  });

  test('an incomplete event list cancels nothing', () => {
    expect(outline(planOf(someFacts({ events: [], eventsComplete: false }), live))).toEqual([]);
  });

  test('instructors of an incomplete list stay', () => {
    const taught = ledgerOf(someFacts({ session: { instructors: ['9'] } }));

    expect(outline(planOf(someFacts({ instructorsComplete: false }), taught))).toEqual([]);
  });

  test('who left while an incomplete list hid an event is taken off that event, too, when it shows again', () => {
    const two = someFacts({ events: [future(1), future(2)] });
    const hidden = { ...someFacts({ events: [future(1)], enrolments: [aLearner('1')] }), eventsComplete: false };
    const ledger = [hidden, hidden].reduce((before, one) => afterSteps(before, planOf(one, before)), ledgerOf(two));

    const plan = planOf(someFacts({ events: [future(1), future(2)], enrolments: [aLearner('1')] }), ledger);

    expect(plan.steps).toEqual([
      expect.objectContaining({ kind: 'updateAttendees', eventId: '102', remove: [keyOf('user2@example.com')] }),
    ]);
  });

  test('who left while an event stood in the past by mistake is taken off when it is moved back', () => {
    const wrong = anEvent({ startsAt: '2025-06-01T07:00:00.000Z', endsAt: '2025-06-01T15:00:00.000Z' });
    const readings = [
      someFacts(),
      someFacts({ events: [wrong] }),
      someFacts({ events: [wrong], enrolments: [aLearner('1')] }),
    ];
    const ledger = readings.reduce((before, reading) => afterSteps(before, planOf(reading, before)), emptyLedger);

    const plan = planOf(someFacts({ enrolments: [aLearner('1')] }), ledger);

    expect(outline(plan)).toEqual(['updateAttendees/remove 101', 'updateContent 101', 'updateAttendees/all 101']);
    expect(plan.steps.at(-1)).toMatchObject({ remove: [keyOf('user2@example.com')] });
  });

  test('an event that is made while a list is incomplete gets the rest of its people as soon as it is complete', () => {
    const before = ledgerOf(someFacts());
    const events = [anEvent(), future(2)];
    const half = someFacts({ events, enrolments: [aLearner('1')], enrolmentsComplete: false });
    const first = planOf(half, before);
    const ledger = afterSteps(before, first);

    expect(outline(first)).toEqual(['create 102']);
    expect(outline(planOf(half, ledger))).toEqual([]);
    const plan = planOf(someFacts({ events }), ledger);
    expect(plan.steps).toEqual([expect.objectContaining({ kind: 'updateAttendees', eventId: '102', remove: [] })]);
  });

  test('an unproven absence changes nothing and is reported', () => {
    const problem = {
      code: 'DOCEBO_SESSION_UNPROVEN',
      subject: 'session' as const,
      id: '54',
      detail: 'not listed, not proven',
    };

    const plan = planOf({ kind: 'unproven', problem }, live);

    expect(plan).toMatchObject({ position: 'unproven', steps: [] });
    expect(plan.problems).toEqual([
      { code: 'DOCEBO_SESSION_UNPROVEN', eventId: null, message: 'not listed, not proven' },
    ]);
  });

  test('a session that is gone takes its future events with it and leaves the past ones', () => {
    const now = '2026-06-01T20:00:00.000Z';

    const plan = planOf({ kind: 'gone', readAs: '7/godadmin', evidence: 'absent-from-course' }, live, { now });

    expect(plan.position).toBe('session-gone');
    expect(plan.steps).toEqual([
      expect.objectContaining({ kind: 'cancel', eventId: '102', reason: 'session-deleted' }),
    ]);
  });

  test('gone for a token with other rights is not gone', () => {
    const plan = planOf({ kind: 'gone', readAs: '7/user', evidence: 'absent-from-course' }, live);

    expect(plan).toMatchObject({ position: 'unproven', steps: [] });
    expect(plan.problems).toEqual([expect.objectContaining({ code: 'PLAN_RIGHTS_CHANGED' })]);
  });

  test('a reader with other rights adds people and removes nobody, until the operator accepts it', () => {
    const facts = someFacts({ events: [future(1)], enrolments: [aLearner('1'), aLearner('3')] });

    const plan = planOf(found(facts, '8/power_user'), live);
    const accepted = planOf(found(facts, '8/power_user'), { ...afterSteps(live, plan), readAs: null });

    expect(outline(plan)).toEqual(['updateAttendees/all 101']);
    expect(plan.steps).toEqual([expect.objectContaining({ remove: [] })]);
    expect(plan.ledger.readAs).toBe('7/godadmin');
    expect(plan.problems).toEqual([
      expect.objectContaining({
        code: 'PLAN_RIGHTS_CHANGED',
        message: expect.stringContaining('accept it by "resync"') as string,
      }),
    ]);
    expect(outline(accepted)).toEqual(['cancel 102', 'updateAttendees/all 101']);
    expect(accepted.ledger.readAs).toBe('8/power_user');
  });

  test('a cancelled session is withdrawn and a restored one is sent anew', () => {
    const plan = planOf(someFacts({ events, session: { status: 'cancelled' } }), live);
    const restored = planOf(someFacts({ events }), afterSteps(live, plan));

    expect(plan.steps).toEqual([
      expect.objectContaining({ kind: 'cancel', reason: 'session-cancelled' }),
      expect.objectContaining({ kind: 'cancel', reason: 'session-cancelled' }),
    ]);
    expect(restored.steps.map((s) => s.generation)).toEqual([2, 2]);
  });
});

test('after adoption, everybody found on the event who has no seat may be taken off', () => {
  const ledger = {
    ...ledgerOf(someFacts()),
    people: {},
    departed: [keyOf('user1@example.com'), keyOf('stranger@example.com')],
  };
  const events = { '101': { ...ledger.events['101']!, peopleHash: 'as found' } };

  const plan = planOf(someFacts(), { ...ledger, events });

  expect(plan.steps).toEqual([
    expect.objectContaining({ kind: 'updateAttendees', remove: [keyOf('stranger@example.com')] }),
  ]);
});

test('a course may have a mailbox of its own', () => {
  const routing = { defaultMailbox: 'training', routes: [{ courses: ['190'], mailbox: 'sales' }] };

  expect(routeByCourse(routing, '190')).toBe('sales');
  expect(routeByCourse(routing, '1')).toBe('training');
  expect(routeByCourse(routing, null)).toBe('training');
  expect(planOf(someFacts(), { ...emptyLedger, mailbox: 'old' }, { routing }).mailbox).toBe('old');
});

test('500 people and 50 events fit into one plan', () => {
  const enrolments = Array.from({ length: 500 }, (_, i) => aLearner(String(i + 1)));
  const events = Array.from({ length: 50 }, (_, i) => anEvent({ eventId: String(i), description: 'x'.repeat(2000) }));

  const plan = planOf(found(someFacts({ enrolments, events })));

  expect(plan.steps).toHaveLength(50);
  expect(plan.roster).toHaveLength(500);
  expect(NOW < plan.startsAt!).toBe(true);
  expect(JSON.stringify(plan).length).toBeLessThan(2 * 1024 * 1024);
});
