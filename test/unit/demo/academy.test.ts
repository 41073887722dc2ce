import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { seedAcademy } from '../../../demo/academy/seed';
import { instructors, learners } from '../../../demo/academy/people';
import { Days } from '../../../demo/academy/days';
import { DoceboControl } from '../../../simulators/docebo/control/client';
import { createDoceboSimulator, type DoceboSimulator } from '../../../simulators/docebo/server';

describe('the days of the academy', () => {
  const friday = new Days(new Date('2026-05-01T23:30:00Z'));

  test('are counted from today', () => {
    expect(friday.calendar(0)).toBe('2026-05-01');
    expect(friday.calendar(-3)).toBe('2026-04-28');
  });

  test('skip the weekend when they are for work, and never are today', () => {
    expect(friday.working(1)).toBe('2026-05-04');
    expect(friday.working(5)).toBe('2026-05-08');
    expect(friday.working(6)).toBe('2026-05-11');
  });
});

describe('the academy', () => {
  let docebo: DoceboSimulator;
  let control: DoceboControl;

  beforeAll(async () => {
    const profile = JSON.parse(readFileSync(join(__dirname, '../../../profiles/assumed-v1.json'), 'utf8')) as never;
    docebo = createDoceboSimulator({ profile });
    control = new DoceboControl(await docebo.listen());
    await seedAcademy(control, new Date());
  });
  afterAll(() => docebo.close());

  test('has 300 learners and their instructors, nobody with the address of somebody else', async () => {
    const { users } = await control.truth();

    expect(users).toHaveLength(300 + instructors().length);
    expect(new Set(users.map(({ email }) => email)).size).toBe(users.length);
    for (const { email } of users) expect(email).toMatch(/^[a-z]+\.[a-z]+@academy\.example$/);
    expect(learners()).toHaveLength(300);
  });

  test('has 20 sessions, of one day and of several, in rooms and online, in several zones', async () => {
    const { sessions, events, now } = await control.truth();
    const days = sessions.map(({ id }) => events.filter((event) => event.sessionId === id).length);

    expect(sessions).toHaveLength(20);
    expect(new Set(days)).toEqual(new Set([1, 2, 3]));
    expect(new Set(events.map(({ timezone }) => timezone)).size).toBeGreaterThanOrEqual(8);
    expect(events.some(({ classroomId }) => classroomId !== null)).toBe(true);
    expect(events.some(({ webinarUrl }) => webinarUrl !== null)).toBe(true);
    expect(events.filter(({ endsAtUtc }) => endsAtUtc < now)).toHaveLength(1);
  });

  test('begins nothing within the next hours, so that no event ends while the demo looks at it', async () => {
    const { events, now } = await control.truth();
    const soon = DateTime.fromISO(now).plus({ hours: 3 }).toMillis();

    for (const { startsAtUtc, endsAtUtc } of events) {
      if (endsAtUtc > now) expect(Date.parse(startsAtUtc)).toBeGreaterThan(soon);
    }
  });

  test('has a course without invitations, one without sessions, people who wait, and learning plans', async () => {
    const { courses, enrolments, learningPlans } = await control.truth();

    expect(courses.filter(({ rsvp }) => !rsvp)).toHaveLength(1);
    expect(courses.filter(({ type }) => type === 'elearning')).toHaveLength(1);
    expect(enrolments.filter(({ status }) => status === 'waiting')).toHaveLength(2);
    expect(learningPlans.every(({ userIds }) => userIds.length > 0)).toBe(true);
  });
});
