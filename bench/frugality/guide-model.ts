/**
 * What the algorithm of Docebo's guide to Docebo Connect for Microsoft Outlook 365 asks of Graph, counted by its own words:
 *
 * - each webhook payload is worked on by itself; duplicates of one message are left out ("Avoid Duplicate Webhook Running");
 * - an event is found "by iterating through all the Outlook calendar events" and filtering;
 * - a change of a session "updates all the VILT session events in the Outlook calendar", one of an event that event's entry;
 * - a change of a course "updates all the future events of the course session";
 * - answers are read every five minutes from the calendar's events.
 *
 * Where the guide leaves something open, the model takes what costs least: the largest pages that Graph has, no look before a create,
 * one iteration for a whole session, no retries, no sign-in.
 */
export type GuideJob =
  /** "Create Outlook Events when Session Sync Enabled". */
  | { readonly recipe: 'session-switched-on'; readonly events: number }
  /** "Update Outlook Session Attendances", "Add/Remove instructors from attendees". */
  | { readonly recipe: 'session-changed'; readonly events: number }
  /** "Create Update or Delete Outlook Calendar Event". */
  | { readonly recipe: 'event-changed' }
  /** "Enable External Calendar's RSVP Option". */
  | { readonly recipe: 'course-changed'; readonly eventsOfSessions: readonly number[] }
  /** "RSVP sync from Outlook Calendar to Docebo learn". */
  | { readonly recipe: 'answers' };

export interface GuideSettings {
  /** Events that the calendar holds. */
  readonly calendarEvents: number;
  readonly eventsAPage: number;
}

/** 1,000 sessions of two days each; `$top` of a list of events is 1,000 at most. */
export const GUIDE_SETTINGS: GuideSettings = { calendarEvents: 2_000, eventsAPage: 1_000 };

/** Requests to Graph for all jobs. */
export function guideGraphCalls(jobs: readonly GuideJob[], settings: GuideSettings = GUIDE_SETTINGS): number {
  const iteration = Math.max(1, Math.ceil(settings.calendarEvents / settings.eventsAPage));
  return jobs.reduce((sum, job) => sum + callsOf(job, iteration), 0);
}

function callsOf(job: GuideJob, iteration: number): number {
  switch (job.recipe) {
    case 'session-switched-on':
      return job.events;
    case 'session-changed':
      return iteration + job.events;
    case 'event-changed':
      return iteration + 1;
    case 'course-changed':
      return job.eventsOfSessions.reduce((sum, events) => sum + iteration + events, 0);
    case 'answers':
      return iteration;
  }
}
