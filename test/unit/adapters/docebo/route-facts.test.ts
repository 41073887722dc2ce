import { toRouteFacts } from '../../../../src/adapters/docebo/reading/route-facts';

const reads = {
  category: true,
  fields: [
    { of: 'session', field: 'Region' },
    { of: 'course', field: '7' },
  ],
} as const;
const from = { category: { id: 12, name: 'Safety' }, course: [] as unknown, session: [] as unknown };
const field = (value: unknown, over: object = {}) => [{ id: '5', name: 'Region', value, ...over }];

test('a category is known by id and name, as far as Docebo tells them', () => {
  expect(toRouteFacts(reads, from).category).toEqual(['12', 'Safety']);
  expect(toRouteFacts(reads, { ...from, category: { name: 'Safety' } }).category).toEqual(['Safety']);
});

test.each([[undefined], [null], ['Safety'], [{}], [{ id: null, name: '' }]])(
  'a category that is told as %j could not be read',
  (category) => {
    expect(toRouteFacts(reads, { ...from, category }).category).toBeNull();
  },
);

test.each<[string, unknown, readonly string[] | null]>([
  ['a text', field('EMEA'), ['EMEA']],
  ['a number', field(5), ['5']],
  ['a list', field(['EMEA', 'APAC']), ['EMEA', 'APAC']],
  ['nothing', field(''), []],
  ['null', field(null), []],
  ['an object', field({ label: 'EMEA' }), null],
  ['a list of objects', field([{ label: 'EMEA' }]), null],
  ['another field', field('EMEA', { name: 'Zone' }), []],
  ['no list', undefined, null],
  ['a list of nonsense', [null, 'Region'], []],
])('a field with %s', (_what, session, expected) => {
  expect(toRouteFacts(reads, { ...from, session }).fields).toEqual({ 'session:Region': expected, 'course:7': [] });
});

test('a field is found by its id before its name, in what it is of', () => {
  const course = [
    { id: 9, name: '7', value: 'by name' },
    { id: 7, name: 'Kind', value: 'by id' },
  ];

  expect(toRouteFacts(reads, { ...from, course }).fields['course:7']).toEqual(['by id']);
});

test('what no route asks for is not told', () => {
  expect(toRouteFacts({ category: false, fields: [] }, from)).toEqual({ category: null, fields: {} });
});
