import { closestName, didYouMean } from '../../../src/domain/closest-name';

const NAMES = ['course_name', 'course_id', 'session_name', 'rsvp'];

describe('the closest name', () => {
  test.each([
    ['coursename', 'course_name'],
    ['couse_name', 'course_name'],
    ['cuorse_id', 'course_id'],
    ['courseId', 'course_id'],
    ['SESSION-NAME', 'session_name'],
    ['rspv', 'rsvp'],
    ['rsv', 'rsvp'],
  ])('of %s is %s', (name, closest) => {
    expect(closestName(name, NAMES)).toBe(closest);
  });

  it('is nobody’s when none is near', () => {
    expect(closestName('instructor', NAMES)).toBeNull();
    expect(closestName('', NAMES)).toBeNull();
    expect(closestName('x', [])).toBeNull();
  });

  it('is offered as a question', () => {
    expect(didYouMean('rspv', NAMES)).toBe(' (did you mean "rsvp"?)');
    expect(didYouMean('instructor', NAMES)).toBe('');
  });
});
