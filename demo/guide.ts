import { COURSE, PLAN } from './academy/courses';
import { seeded } from './academy/sessions';
import type { House } from './house/house';
import { MAILBOX } from './house/settings';

/** What to open, and what to try. */
export function toGuide({ docebo, microsoft, status, logPath }: House, folder: string): string {
  const session = (n: number): string => `${docebo.baseUrl}/ui/sessions/${seeded(n)}`;
  return `
  Docebo (simulated)     ${docebo.baseUrl}
  Outlook (simulated)    ${microsoft.baseUrl}       the calendar of ${MAILBOX.address}
  Temporal Web UI        ${status?.temporalUiUrl}

  Try this, and watch the calendar and the outbox:
   1  enrol somebody in "Engineers Milano" (${session(1)}): one invitation for each day
   2  move its first day: everybody gets an update; the ones who left before got only a cancellation
   3  change the description of course ${COURSE.onboarding}: its future sessions follow
   4  take somebody off learning plan ${PLAN.salesPath}: Docebo tells of the plan only, and the seats go
   5  switch the RSVP of course ${COURSE.safety} off: nothing happens until one of its sessions changes
   6  answer an invitation as an attendee, delete an event in Outlook, or stop Convoke's worker (kill -9): look at the
      session's workflow in the Web UI, where each step stands with its reason

  Data in ${folder}, log in ${logPath}. Ctrl-C stops everything.
`;
}
