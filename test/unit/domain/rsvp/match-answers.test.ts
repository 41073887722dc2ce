import { matchAnswers, matchResponse } from '../../../../src/domain/rsvp/match-answers';
import type { CalendarAttendee } from '../../../../src/domain/model';
import { keyOf } from '../../../support/builders';
import { addressOf, anAttendee, at, observed } from './answers';

const accepted = { response: 'accepted', respondedAt: at(9) } as const;
const X500 = '/O=EXCHANGELABS/OU=EXCHANGE ADMINISTRATIVE GROUP/CN=RECIPIENTS/CN=ada';

function match(...attendees: readonly CalendarAttendee[]) {
  return matchAnswers({ attendees, organiserAddress: 'training@academy.example' }, keyOf);
}

describe('answers on an event', () => {
  test('are the rows with an explicit answer and its time, by the key of their address', () => {
    const answers = match(
      anAttendee('ada', accepted),
      anAttendee('ben'),
      anAttendee('cleo', { response: 'tentative', respondedAt: at(10) }),
      anAttendee('dan', { response: 'declined', respondedAt: at(11) }),
    );

    expect(answers).toEqual([
      observed('ada'),
      observed('cleo', { response: 'tentative', respondedAt: at(10) }),
      observed('dan', { response: 'declined', respondedAt: at(11) }),
    ]);
  });

  test.each([
    ['a row without a time of answer', anAttendee('ada', { response: 'accepted', respondedAt: null })],
    ['a row that says nothing, whenever it said so', anAttendee('ada', { response: 'none', respondedAt: at(9) })],
    ['a room', anAttendee('room4', { ...accepted, type: 'resource' })],
    ['the organiser', anAttendee('ada', { ...accepted, address: 'Training@Academy.example' })],
  ])('%s is none', (_what, row) => {
    expect(match(row)).toEqual([]);
  });

  test('case of an address does not matter', () => {
    expect(match(anAttendee('ada', { ...accepted, address: 'ADA@Academy.Example' }))).toEqual([observed('ada')]);
  });

  test.each([
    ['an X.500 row', X500, keyOf(X500)],
    ['an alias', 'a.lovelace@academy.example', keyOf('a.lovelace@academy.example')],
    ['a row without an address', '', keyOf('Ada')],
  ])('%s comes with the key of the silent row of the same name', (_what, address, addressKey) => {
    const answers = match(anAttendee('ada'), anAttendee('ben'), anAttendee('ada', { ...accepted, address }));

    expect(answers).toEqual([observed('ada', { addressKey, namesakes: [keyOf(addressOf('ada'))] })]);
  });

  test.each([
    ['case and blanks', '  ADA   lovelace ', 1],
    ['width of letters', 'Ａda Lovelace', 1],
    ['another name', 'Ada L.', 0],
    ['no name', ' ', 0],
  ])('names are compared without %s', (_what, name, namesakes) => {
    const [answer] = match(anAttendee('ada', { name: 'Ada Lovelace' }), anAttendee('x', { ...accepted, name }));

    expect(answer?.namesakes).toHaveLength(namesakes);
  });

  test('nobody is a namesake by having no name either', () => {
    const [answer] = match(anAttendee('ada', { name: '' }), anAttendee('x', { ...accepted, name: '' }));

    expect(answer?.namesakes).toEqual([]);
  });

  test('who has answered is no namesake; of several silent ones all are told', () => {
    const name = 'Anna Rossi';
    const answers = match(
      anAttendee('anna1', { ...accepted, name }),
      anAttendee('anna2', { name }),
      anAttendee('anna3', { name }),
      anAttendee('x', { address: X500, ...accepted, name }),
    );

    expect(answers.map((a) => a.namesakes.length)).toEqual([2, 2]);
    expect(answers[1]?.namesakes).toEqual([keyOf(addressOf('anna2')), keyOf(addressOf('anna3'))]);
  });
});

test('a second row that Exchange made under its own name, still silent, is no namesake', () => {
  const name = 'Ada Lovelace';
  const answers = match(anAttendee('ada', { address: X500, name }), anAttendee('x', { ...accepted, name }));

  expect(answers.map(({ namesakes }) => namesakes)).toEqual([[]]);
});

describe('a response message', () => {
  const given = {
    responder: { address: addressOf('ada'), name: 'Ada' },
    response: 'declined',
    respondedAt: at(12),
  } as const;
  const respond = (attendees: readonly CalendarAttendee[], over: Partial<typeof given> = {}) =>
    matchResponse({ attendees, organiserAddress: 'training@academy.example' }, { ...given, ...over }, keyOf);

  test('is an answer of its sender while the event does not show one', () => {
    expect(respond([anAttendee('ada'), anAttendee('ben', accepted)])).toEqual(
      observed('ada', { response: 'declined', respondedAt: at(12) }),
    );
  });

  test("gives way to the sender's row on the event as soon as that holds an answer", () => {
    expect(respond([anAttendee('ada', { response: 'tentative', respondedAt: at(13) })])).toEqual(
      observed('ada', { response: 'tentative', respondedAt: at(13) }),
    );
  });

  test('finds the row of its sender in any case of the address', () => {
    const address = addressOf('ada').toUpperCase();
    const answer = observed('ada', { response: 'tentative', respondedAt: at(13) });

    expect(respond([anAttendee('ada', { address, response: 'tentative', respondedAt: at(13) })])).toEqual(answer);
    expect(respond([anAttendee('ada', { address, name: 'Ada' })])?.namesakes).toEqual([]);
  });

  test('from an address that is on no row comes with the namesakes', () => {
    const alias = { address: 'alias@academy.example', name: 'ada' };

    expect(respond([anAttendee('ada')], { responder: alias as typeof given.responder })).toEqual(
      observed('ada', {
        addressKey: keyOf(alias.address),
        response: 'declined',
        respondedAt: at(12),
        namesakes: [keyOf(addressOf('ada'))],
      }),
    );
  });

  test('of a room or the organiser is none', () => {
    const organiser = { address: 'training@academy.example', name: 'Training' };

    expect(respond([], { responder: organiser as typeof given.responder })).toBeNull();
    expect(respond([anAttendee('ada', { ...accepted, type: 'resource' })])).toBeNull();
  });
});
