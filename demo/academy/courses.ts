import type { CommandArgs } from '../../simulators/docebo/academy/commands';
import { instructor } from './people';

type NewCourse = CommandArgs<'create-course'> & { readonly id: number };
type NewPlan = CommandArgs<'create-learning-plan'> & { readonly id: number };

/** What the scripted day and the guide on the screen refer to. */
export const COURSE = {
  onboarding: 190,
  leadership: 191,
  safety: 192,
  newHires: 193,
  negotiation: 194,
  sales: 195,
  plantSafety: 196,
  projects: 197,
  works: 198,
  awareness: 199,
} as const;

export const COURSES: readonly NewCourse[] = [
  {
    id: COURSE.onboarding,
    name: 'Onboarding for engineers',
    code: 'ENG-ONB',
    language: 'english',
    category: 'Onboarding',
    description: '<p>Two days to meet the people, the <b>tools</b> and the way we build.</p>',
    instructorIds: [instructor(7)],
  },
  {
    id: COURSE.leadership,
    name: 'Leadership essentials',
    code: 'LEAD-1',
    language: 'english',
    category: 'Leadership',
    description: '<p>Feedback, delegation and hard conversations, for people who lead for the first time.</p>',
    hideAttendees: true,
  },
  {
    id: COURSE.safety,
    name: 'Sicherheitsunterweisung Produktion',
    code: 'SAFE-DE',
    language: 'german',
    category: 'Safety',
    description: '<p>Jährliche Unterweisung nach <i>§ 12 ArbSchG</i>.</p>',
  },
  {
    id: COURSE.newHires,
    name: 'Benvenuti in azienda: formazione neoassunti',
    code: 'HR-IT',
    language: 'italian',
    category: 'Onboarding',
    description: '<p>Perché siamo qui, come lavoriamo, a chi chiedere.</p>',
  },
  {
    id: COURSE.negotiation,
    name: 'Négociation commerciale',
    code: 'SALES-FR',
    language: 'french',
    category: 'Sales',
    description: '<p>Préparer, mener et conclure une négociation.</p>',
  },
  {
    id: COURSE.sales,
    name: 'Ventas consultivas',
    code: 'SALES-ES',
    language: 'spanish',
    category: 'Sales',
    description: '<p>De la primera llamada al cierre.</p>',
  },
  {
    id: COURSE.plantSafety,
    name: '製造現場の安全教育',
    code: 'SAFE-JP',
    language: 'japanese',
    category: 'Safety',
    description: '<p>現場の危険予知と応急処置。</p>',
  },
  {
    id: COURSE.projects,
    name: 'Project management fundamentals',
    code: 'PM-1',
    type: 'webinar',
    language: 'english',
    category: 'Methods',
    description: '<p>Scope, plan, risk: one webinar for every region.</p>',
  },
  {
    id: COURSE.works,
    name: 'Works council briefing',
    code: 'WC',
    language: 'german',
    category: 'Legal',
    description: '<p>By personal letter, not by calendar.</p>',
    rsvp: false,
  },
  {
    id: COURSE.awareness,
    name: 'Security awareness',
    code: 'SEC-EL',
    type: 'elearning',
    language: 'english',
    category: 'Security',
    description: '<p>Half an hour at your own desk.</p>',
  },
];

export const PLAN = { newJoiners: 801, salesPath: 802 } as const;

export const LEARNING_PLANS: readonly NewPlan[] = [
  {
    id: PLAN.newJoiners,
    name: 'New joiners',
    code: 'LP-JOIN',
    courseIds: [COURSE.onboarding, COURSE.newHires, COURSE.awareness],
  },
  { id: PLAN.salesPath, name: 'Sales path', code: 'LP-SALES', courseIds: [COURSE.negotiation, COURSE.sales] },
];
