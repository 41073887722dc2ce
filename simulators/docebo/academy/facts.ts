import type { Course, Session, User } from './model';

/** What a change makes Docebo tell the world; `webhooks/payloads.ts` gives each its event name and payload. */
export type Fact =
  /** "Ext Calendar ILT session changed" (its name is the profile's). */
  | { readonly kind: 'extSession'; readonly courseId: number; readonly sessionId: number }
  /** "Ext Calendar ILT event changed" (its name is the profile's). */
  | { readonly kind: 'extEvent'; readonly courseId: number; readonly sessionId: number; readonly eventId: number }
  | { readonly kind: 'courseUpdated' | 'courseDeleted'; readonly course: Course }
  | { readonly kind: 'sessionUpdated' | 'sessionDeleted'; readonly course: Course; readonly session: Session }
  | {
      readonly kind: 'enrolment';
      readonly verb: 'created' | 'updated' | 'deleted' | 'completed';
      readonly course: Course;
      readonly user: User;
      readonly enrolledAt: string;
    }
  /** "User has been unenrolled from a Learning Plan" (its name is the profile's). */
  | { readonly kind: 'learningPlanUnenrolled'; readonly planId: number; readonly userId: number };
