import type { SessionFacts } from '../../../src/domain/model';
import { routeByCourse, routeMailbox, routeReadsOf } from '../../../src/domain/planning/route-mailbox';
import type { MailboxRoute } from '../../../src/domain/settings';
import { anEvent, emptyLedger, found, ledgerOf, outline, planOf, someFacts } from '../../support/builders';

const LOCATION = { address: '', phone: '', email: '', direction: '', accommodations: '', otherInfo: '' };
const at = (name: string) => ({ name, ...LOCATION });

const facts = (over: Partial<SessionFacts> = {}): SessionFacts => ({
  ...someFacts({ events: [anEvent(), anEvent({ eventId: '102', location: at('Milan HQ') })] }),
  routing: { category: ['12', 'Safety'], fields: { 'session:Region': ['EMEA'], 'course:7': [] } },
  ...over,
});
const REGION = { of: 'session', field: 'Region', values: ['emea', 'APAC'] } as const;
const KIND = { of: 'course', field: '7', values: ['external'] } as const;

const routed = (route: Omit<MailboxRoute, 'mailbox'>, of = facts(), unreadPlaces = false) =>
  routeMailbox({ defaultMailbox: 'default', routes: [{ ...route, mailbox: 'routed' }] }, of, unreadPlaces);

describe('a route', () => {
  test.each<[string, Omit<MailboxRoute, 'mailbox'>, string]>([
    ['its course', { courses: ['1', '190'] }, 'routed'],
    ['other courses', { courses: ['191'] }, 'default'],
    ['its category by name, in any case', { categories: [' safety'] }, 'routed'],
    ['its category by id', { categories: ['12'] }, 'routed'],
    ['another category', { categories: ['1'] }, 'default'],
    ['the location of any of its events', { locations: ['milan hq'] }, 'routed'],
    ['another location', { locations: ['Rome'] }, 'default'],
    ['a value of its field', { fields: [REGION] }, 'routed'],
    ['a field that is empty', { fields: [KIND] }, 'default'],
    ['everything', { courses: ['190'], categories: ['Safety'], locations: ['Milan HQ'], fields: [REGION] }, 'routed'],
    [
      'all but one',
      { courses: ['190'], categories: ['Safety'], locations: ['Milan HQ'], fields: [REGION, KIND] },
      'default',
    ],
  ])('that names %s', (_what, route, mailbox) => {
    expect(routed(route)).toBe(mailbox);
  });

  test('before others wins', () => {
    const routes = [
      { categories: ['Sales'], mailbox: 'sales' },
      { categories: ['Safety'], mailbox: 'safety' },
      { courses: ['190'], mailbox: 'course' },
    ];

    expect(routeMailbox({ defaultMailbox: 'default', routes }, facts(), false)).toBe('safety');
  });

  test.each<[string, Omit<MailboxRoute, 'mailbox'>, SessionFacts, boolean]>([
    ['category', { categories: ['Safety'] }, facts({ routing: { category: null, fields: {} } }), false],
    ['field', { fields: [REGION] }, facts({ routing: { category: null, fields: { 'session:Region': null } } }), false],
    ['category that was never asked for', { categories: ['Safety'] }, facts({ routing: undefined }), false],
    ['place', { locations: ['Rome'] }, facts(), true],
    ['complete list of events', { locations: ['Rome'] }, facts({ eventsComplete: false }), false],
  ])(
    'whose %s could not be read leaves it undecided, unless something else in it fails',
    (_what, route, of, unread) => {
      expect(routed(route, of, unread)).toBeNull();
      expect(routed({ ...route, courses: ['191'] }, of, unread)).toBe('default');
    },
  );

  test('to a location that was read is decided, whatever else was not', () => {
    expect(routed({ locations: ['Milan HQ'] }, facts({ eventsComplete: false }), true)).toBe('routed');
  });

  test('by course alone tells where a session may be looked for of which nothing else is known', () => {
    const routing = {
      defaultMailbox: 'default',
      routes: [
        { courses: ['190'], categories: ['Safety'], mailbox: 'safety' },
        { courses: ['190'], mailbox: 'course' },
      ],
    };

    expect(routeByCourse(routing, '190')).toBe('course');
    expect(routeByCourse(routing, '191')).toBe('default');
    expect(routeByCourse(routing, null)).toBe('default');
  });

  test('says what must be read for it, each field once', () => {
    const routes = [
      { fields: [REGION], mailbox: 'a' },
      { fields: [{ ...REGION, values: ['x'] }, KIND], mailbox: 'b' },
    ];

    expect(routeReadsOf({ defaultMailbox: 'a', routes })).toEqual({
      category: false,
      fields: [
        { of: 'session', field: 'Region' },
        { of: 'course', field: '7' },
      ],
    });
    expect(routeReadsOf({ defaultMailbox: 'a', routes: [{ categories: ['1'], mailbox: 'a' }] }).category).toBe(true);
  });
});

describe('planning', () => {
  const routing = { defaultMailbox: 'default', routes: [{ categories: ['Safety'], mailbox: 'safety' }] };
  const unread = facts({ routing: { category: null, fields: {} } });

  test('creates in the mailbox of the route', () => {
    const plan = planOf(facts(), emptyLedger, { routing });

    expect([plan.mailbox, plan.problems]).toEqual(['safety', []]);
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['create', 'create']);
  });

  test('sends nothing while the route cannot be told, and says so', () => {
    const plan = planOf(unread, emptyLedger, { routing });

    expect(outline(plan)).toEqual([]);
    expect(plan.problems).toMatchObject([{ code: 'PLAN_ROUTE_UNREADABLE' }]);
  });

  test('takes an unread place for what it is', () => {
    const byPlace = { defaultMailbox: 'default', routes: [{ locations: ['Rome'], mailbox: 'rome' }] };
    const reading = found(facts());
    const problem = { code: 'READ_PLACE_MISSING', subject: 'place', id: '1', detail: '' } as const;

    expect(planOf(reading, emptyLedger, { routing: byPlace }).mailbox).toBe('default');
    const plan = planOf({ ...reading, problems: [problem] } as typeof reading, emptyLedger, { routing: byPlace });
    expect(plan.problems).toMatchObject([{ code: 'PLAN_ROUTE_UNREADABLE' }]);
  });

  test('leaves a session where its first event was created, whatever the routes say now or cannot tell', () => {
    const ledger = { ...ledgerOf(facts()), mailbox: 'training' };

    for (const now of [facts(), unread]) {
      const plan = planOf(now, ledger, { routing });
      expect([plan.mailbox, plan.problems]).toEqual(['training', []]);
    }
  });
});
