import { fc } from '../../support/properties';
import type { SessionFacts } from '../../../src/domain/model';
import { routeByCourse, routeMailbox, routeReadsOf } from '../../../src/domain/planning/route-mailbox';
import type { MailboxRoute } from '../../../src/domain/settings';
import { anEvent, someFacts } from '../../support/builders';

const LOCATION = { address: '', phone: '', email: '', direction: '', accommodations: '', otherInfo: '' };
const word = fc.constantFrom('a', 'b', 'c');
const words = fc.uniqueArray(word, { minLength: 1, maxLength: 2 });
const field = fc.record({
  of: fc.constantFrom('course' as const, 'session' as const),
  field: fc.constantFrom('1', '2'),
  values: words,
});
const route = fc
  .record(
    {
      mailbox: fc.constantFrom('m1', 'm2', 'm3'),
      courses: fc.subarray(['190', '191', '192'], { minLength: 1 }),
      categories: words,
      locations: words,
      fields: fc.array(field, { minLength: 1, maxLength: 2 }),
    },
    { requiredKeys: ['mailbox'] },
  )
  .filter((one) => Object.keys(one).length > 1);
const routes = fc.array(route, { maxLength: 4 });
const found = fc.option(fc.array(word, { maxLength: 2 }));
const facts = fc.record({
  places: fc.array(fc.option(word), { minLength: 1, maxLength: 3 }),
  complete: fc.boolean(),
  category: found,
  fields: fc.record({ 'course:1': found, 'course:2': found, 'session:1': found, 'session:2': found }),
});

function toFacts(f: typeof facts extends fc.Arbitrary<infer T> ? T : never): SessionFacts {
  const events = f.places.map((name, i) =>
    anEvent({ eventId: String(i), location: name === null ? null : { name, ...LOCATION } }),
  );
  return { ...someFacts({ events, eventsComplete: f.complete }), routing: { category: f.category, fields: f.fields } };
}

const choose = (list: readonly MailboxRoute[], of: SessionFacts) =>
  routeMailbox({ defaultMailbox: 'default', routes: list }, of, false);

/** Everything that is not known, filled in. */
const complete = fc.tuple(facts, fc.array(word, { maxLength: 2 })).map(([f, filling]) => ({
  partial: toFacts(f),
  whole: toFacts({
    places: f.complete ? f.places : [...f.places, ...filling],
    complete: true,
    category: f.category ?? filling,
    fields: Object.fromEntries(
      Object.entries(f.fields).map(([key, value]) => [key, value ?? filling]),
    ) as typeof f.fields,
  }),
}));

test('what is decided on half of what there is to know is decided the same on all of it', () => {
  let decided = 0;
  fc.assert(
    fc.property(routes, complete, (list, { partial, whole }) => {
      const mailbox = choose(list, partial);
      if (mailbox === null) return;
      decided++;
      expect(choose(list, whole)).toBe(mailbox);
    }),
    { numRuns: 1_000 },
  );
  expect(decided).toBeGreaterThan(200);
});

test('when all is known there is a mailbox: that of the first route which would be chosen alone, else the default', () => {
  fc.assert(
    fc.property(routes, complete, (list, { whole }) => {
      const alone = list.map((one) => choose([one], whole)).find((mailbox) => mailbox !== 'default');

      expect(choose(list, whole)).toBe(alone ?? 'default');
    }),
    { numRuns: 500 },
  );
});

test('a further condition, or fewer values, never makes a route hold that did not', () => {
  fc.assert(
    fc.property(route, route, complete, (one, more, { whole }) => {
      const narrower = { ...more, ...one };

      if (choose([one], whole) === 'default') expect(choose([narrower], whole)).toBe('default');
    }),
    { numRuns: 500 },
  );
});

test('the order of values, their case and blanks around them do not matter', () => {
  const shout = (list: readonly string[] | undefined) => list?.map((text) => ` ${text.toUpperCase()} `).reverse();
  fc.assert(
    fc.property(routes, complete, (list, { partial }) => {
      const loud = list.map(({ categories, locations, fields, courses, ...one }): MailboxRoute => ({
        ...one,
        ...(courses !== undefined && { courses: [...courses].reverse() }),
        ...(categories !== undefined && { categories: shout(categories)! }),
        ...(locations !== undefined && { locations: shout(locations)! }),
        ...(fields !== undefined && { fields: fields.map((f) => ({ ...f, values: shout(f.values)! })).reverse() }),
      }));

      expect(choose(loud, partial)).toBe(choose(list, partial));
    }),
    { numRuns: 500 },
  );
});

test('what routes ask for is read: facts beyond that change nothing', () => {
  fc.assert(
    fc.property(routes, complete, (list, { whole }) => {
      const { category, fields } = routeReadsOf({ defaultMailbox: 'default', routes: list });
      const asked = new Set(fields.map(({ of, field }) => `${of}:${field}`));
      const kept = Object.entries(whole.routing!.fields).map(([key, value]) => [key, asked.has(key) ? value : null]);
      const trimmed = {
        ...whole,
        routing: {
          category: category ? whole.routing!.category : null,
          fields: Object.fromEntries(kept) as Record<string, string[] | null>,
        },
      };

      expect(choose(list, trimmed)).toBe(choose(list, whole));
    }),
    { numRuns: 500 },
  );
});

test('a guess by the course alone is what routes of courses alone say', () => {
  fc.assert(
    fc.property(fc.uniqueArray(route, { maxLength: 4 }), fc.constantFrom('190', '191', '9'), (list, course) => {
      const ofCourses = list.filter((one) => Object.keys(one).sort().join() === 'courses,mailbox');
      const whole = { ...someFacts(), course: { ...someFacts().course, courseId: course } };

      expect(routeByCourse({ defaultMailbox: 'default', routes: list }, course)).toBe(choose(ofCourses, whole));
    }),
  );
});
