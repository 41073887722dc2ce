import { learnAliases } from '../../../src/activities/calendar/learn-aliases';
import type { CalendarAttendee } from '../../../src/domain/model';
import { keyOf } from '../../support/builders';

const row = (address: string, name = address): CalendarAttendee => ({
  ...{ address, name, type: 'required', response: 'none', respondedAt: null },
});

/** What is learnt, by address. */
function learn(
  sent: readonly CalendarAttendee[],
  answered: readonly CalendarAttendee[],
  invited = sent,
): Record<string, unknown> {
  const own = new Set(invited.map(({ address }) => keyOf(address)));
  const names = new Map([...sent, ...answered].map(({ address }) => [keyOf(address), address]));
  const { aliases: learnt = {} } = learnAliases(sent, answered, keyOf, own);
  return Object.fromEntries(
    Object.entries(learnt).map(([kept, ours]) => [String(names.get(kept)), String(names.get(ours))]),
  );
}

const [ada, ben, cleo] = [row('ada@x', 'Ada'), row('ben@x', 'Ben'), row('cleo@x', 'Cleo')];
const [adaKept, benKept] = [row('ada.l@y', 'Lovelace, Ada'), row('ben.f@y', 'Ben')];

test.each<[string, CalendarAttendee[], CalendarAttendee[], Record<string, string>]>([
  ['nothing, when all stand as they were sent, in whatever order and case', [ada, ben], [row('BEN@x'), ada], {}],
  ['who stands in their place', [ada, ben, cleo], [adaKept, benKept, cleo], { 'ada.l@y': 'ada@x', 'ben.f@y': 'ben@x' }],
  ['the only two left, in another order', [ada, ben], [ben, adaKept], { 'ada.l@y': 'ada@x' }],
  ['of several in another order those of one name', [ada, ben, cleo], [cleo, benKept, adaKept], { 'ben.f@y': 'ben@x' }],
  [
    'nothing of two with one name',
    [row('a@x', 'Ann'), row('b@x', 'Ann'), cleo],
    [cleo, row('c@y', 'Ann'), row('d@y', 'Ann')],
    {},
  ],
  ['nothing of somebody whom the calendar left out', [ada, ben], [ben], {}],
  ['nothing of rows without an SMTP address', [ada, ben], [ben, row('/o=ExchangeLabs/cn=ada', 'Ada')], {}],
  ['nothing by an empty name', [row('a@x', ''), row('b@x', ''), cleo], [cleo, row('c@y', '')], {}],
])('%s', (_what, sent, answered, expected) => {
  expect(learn(sent, answered)).toEqual(expected);
});

test('who stood on the event under the kept address before: the same, where the names are', () => {
  expect(learn([benKept, ada, ben], [benKept, ada], [ada, ben])).toEqual({ 'ben.f@y': 'ben@x' });
  expect(learn([adaKept, ada, ben], [adaKept, ben], [ada, ben])).toEqual({});
});

test('of guests that somebody else invited nothing is learnt', () => {
  expect(learn([row('guest@z'), ada], [row('guest@w'), ada], [ada])).toEqual({});
});
