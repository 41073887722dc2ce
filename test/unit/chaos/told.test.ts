import { Told } from '../../../chaos/oracle/told';
import type { Expectation, ExpectedEvent } from '../../../demo/checker/expectation';

/** A calendar with one event for each of the given sessions, at its place. */
function calendar(places: Readonly<Record<string, string>>): Expectation {
  const events = Object.entries(places).map(([session, place]): [string, ExpectedEvent] => {
    const times = { startUtc: '2030-01-07T09:00:00Z', endUtc: '2030-01-07T10:00:00Z' };
    const key = `${session}/1`;
    return [key, { key, ...times, place: [place], hidden: false, attendees: [], texts: [], wording: '' }];
  });
  return { events: new Map(events), ownFacts: new Map() };
}

const before = calendar({ 1: 'Room', 2: 'Room' });
const after = calendar({ 1: 'Hall', 2: 'Room' });

test('a change that was lost leaves its sessions, and no others, to the sweep', () => {
  const told = new Told();
  told.note(before, after, 'lost');

  expect([told.isTold('1'), told.isTold('2'), told.untoldCount]).toEqual([false, true, 1]);
});

test('the next change that is told has the whole session read', () => {
  const told = new Told();
  told.note(before, after, 'lost');
  told.note(after, before, 'told');

  expect(told.isTold('1')).toBe(true);
});

test('what was done by hand stays to be found until a sweep', () => {
  const told = new Told();
  told.touch('1');
  told.note(before, after, 'told');
  expect([told.isTold('1'), told.isTouched]).toEqual([false, true]);

  told.forgive();
  expect([told.isTold('1'), told.isTouched]).toEqual([true, false]);
});

test('at a first start nothing has been told', () => {
  const told = new Told();
  told.loseAll();

  expect(told.isTold('1')).toBe(false);
});
