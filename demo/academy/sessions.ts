import type { CommandArgs } from '../../simulators/docebo/academy/commands';
import { COURSE } from './courses';
import type { Days } from './days';
import { instructor } from './people';
import { room } from './places';

type NewSession = CommandArgs<'create-session'> & { readonly id: number };
type NewEvent = NonNullable<NewSession['events']>[number];

export interface SeededSession {
  readonly session: NewSession;
  /** People on the list: the n-th learner from which on, and how many. */
  readonly learners: { readonly from: number; readonly count: number };
}

const FIRST_SESSION = 5401;

/** 20 sessions: of one day and of several, in rooms and online, in nine time zones, one with a day that is over already. */
export function sessions(days: Days): SeededSession[] {
  const at = (day: string, times: string, timezone: string, more: Partial<NewEvent> = {}): NewEvent => {
    const [timeBegin = '', timeEnd = ''] = times.split('-');
    return { date: day, timeBegin, timeEnd, timezone, ...more };
  };
  const online = (tool: string, path: string): Partial<NewEvent> => ({
    webinarTool: tool,
    webinarUrl: `https://${tool}.example/${path}`,
  });
  const w = (n: number): string => days.working(n);
  const rome = 'Europe/Rome';
  const berlin = 'Europe/Berlin';

  const list: (Omit<NewSession, 'id'> & { readonly learners: SeededSession['learners'] })[] = [
    {
      courseId: COURSE.onboarding,
      name: 'Engineers Milano, next week',
      instructorIds: [instructor(1)],
      events: [at(w(5), '09:00-17:00', rome, room(61)), at(w(6), '09:00-13:00', rome, room(61))],
      learners: { from: 1, count: 18 },
    },
    {
      courseId: COURSE.onboarding,
      name: 'Engineers Berlin',
      instructorIds: [instructor(2)],
      events: [at(w(8), '09:30-17:30', berlin, room(63)), at(w(9), '09:30-12:30', berlin, room(63))],
      learners: { from: 19, count: 16 },
    },
    {
      courseId: COURSE.onboarding,
      name: 'Engineers New York',
      events: [at(w(12), '10:00-17:00', 'America/New_York', { ...room(65), instructorIds: [instructor(4)] })],
      learners: { from: 35, count: 14 },
    },
    {
      courseId: COURSE.leadership,
      name: 'Leadership essentials · London cohort',
      instructorIds: [instructor(7)],
      events: [
        at(w(3), '09:00-12:30', 'Europe/London', online('teams', 'lead-london-1')),
        at(w(4), '09:00-12:30', 'Europe/London', online('teams', 'lead-london-2')),
        at(w(10), '14:00-16:00', 'Europe/London', { ...online('teams', 'lead-london-3'), name: 'Follow-up' }),
      ],
      learners: { from: 49, count: 20 },
    },
    {
      courseId: COURSE.leadership,
      name: 'Leadership essentials · East Coast',
      instructorIds: [instructor(4)],
      events: [at(w(7), '09:00-16:30', 'America/New_York', room(65))],
      learners: { from: 69, count: 12 },
    },
    {
      courseId: COURSE.leadership,
      name: 'Leadership essentials, open list',
      hideAttendees: 'off',
      events: [at(w(15), '09:00-16:30', rome, room(62))],
      learners: { from: 81, count: 22 },
    },
    {
      courseId: COURSE.safety,
      name: 'Frühschicht',
      instructorIds: [instructor(2)],
      events: [at(w(2), '06:30-08:00', berlin, room(63))],
      learners: { from: 103, count: 20 },
    },
    {
      courseId: COURSE.safety,
      name: 'Spätschicht',
      instructorIds: [instructor(2)],
      events: [at(w(2), '14:30-16:00', berlin, room(63))],
      learners: { from: 123, count: 19 },
    },
    {
      courseId: COURSE.safety,
      name: 'Nachtschicht (endet am nächsten Tag)',
      events: [at(w(3), '22:30-00:30', berlin, { ...room(63), instructorIds: [instructor(2)] })],
      learners: { from: 142, count: 11 },
    },
    {
      courseId: COURSE.newHires,
      name: 'Neoassunti, corso in tre giornate',
      description: '<p>La prima giornata si è già tenuta; le altre restano in calendario.</p>',
      instructorIds: [instructor(1)],
      events: [
        at(days.calendar(-3), '09:00-13:00', rome, room(62)),
        at(w(1), '09:00-13:00', rome, room(62)),
        at(w(2), '09:00-13:00', rome, room(62)),
      ],
      learners: { from: 153, count: 24 },
    },
    {
      courseId: COURSE.newHires,
      name: 'Neoassunti online',
      instructorIds: [instructor(1)],
      events: [at(w(11), '14:00-17:00', rome, online('zoom', 'neoassunti'))],
      learners: { from: 177, count: 17 },
    },
    {
      courseId: COURSE.negotiation,
      name: 'Négociation · Paris',
      instructorIds: [instructor(3)],
      maxEnroll: 14,
      events: [at(w(6), '09:00-17:30', 'Europe/Paris', room(64)), at(w(7), '09:00-16:00', 'Europe/Paris', room(64))],
      // Two more than the room holds: they wait.
      learners: { from: 194, count: 16 },
    },
    {
      courseId: COURSE.negotiation,
      name: 'Négociation · classe virtuelle',
      instructorIds: [instructor(3)],
      events: [at(w(13), '09:00-11:30', 'Europe/Paris', online('teams', 'negociation'))],
      learners: { from: 210, count: 15 },
    },
    {
      courseId: COURSE.sales,
      name: 'Ventas · Ciudad de México',
      instructorIds: [instructor(5)],
      events: [
        at(w(4), '09:00-13:00', 'America/Mexico_City', online('zoom', 'ventas-1')),
        at(w(5), '09:00-13:00', 'America/Mexico_City', online('zoom', 'ventas-2')),
      ],
      learners: { from: 225, count: 18 },
    },
    {
      courseId: COURSE.sales,
      name: 'Ventas · São Paulo',
      events: [
        at(w(9), '10:00-12:00', 'America/Sao_Paulo', {
          ...online('zoom', 'ventas-sp'),
          instructorIds: [instructor(5)],
        }),
      ],
      learners: { from: 243, count: 9 },
    },
    {
      courseId: COURSE.plantSafety,
      name: '品川 1組',
      instructorIds: [instructor(6)],
      events: [at(w(3), '10:00-12:00', 'Asia/Tokyo', room(66)), at(w(10), '10:00-12:00', 'Asia/Tokyo', room(66))],
      learners: { from: 252, count: 16 },
    },
    {
      courseId: COURSE.projects,
      name: 'Project management · Asia',
      instructorIds: [instructor(8)],
      events: [at(w(6), '11:30-13:00', 'Asia/Kolkata', online('teams', 'pm-asia'))],
      learners: { from: 268, count: 17 },
    },
    {
      courseId: COURSE.projects,
      name: 'Project management · Europe',
      instructorIds: [instructor(7)],
      rsvp: 'off',
      description: '<p>Invited by hand: this session has the calendar switched off.</p>',
      events: [at(w(6), '15:00-16:30', 'Europe/London', online('teams', 'pm-europe'))],
      learners: { from: 285, count: 10 },
    },
    {
      courseId: COURSE.works,
      name: 'Betriebsrat, Quartalsgespräch',
      events: [at(w(8), '13:00-14:00', berlin, room(63))],
      learners: { from: 295, count: 6 },
    },
    {
      courseId: COURSE.works,
      name: 'Betriebsrat, Sonderthema Schichtmodell',
      rsvp: 'on',
      events: [at(w(14), '13:00-15:00', berlin, room(63))],
      learners: { from: 5, count: 13 },
    },
  ];
  return list.map(({ learners, ...session }, i) => ({ session: { ...session, id: FIRST_SESSION + i }, learners }));
}

/** The id of the n-th seeded session, from 1. */
export function seeded(n: number): number {
  return FIRST_SESSION + n - 1;
}
