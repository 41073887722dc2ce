import { seeded } from './academy/sessions';
import type { House } from './house/house';
import { MAILBOX } from './house/settings';

/** What to open, and what to try. */
export function toGuide({ docebo, microsoft, status, logPath }: House, folder: string): string {
  const session = (n: number): string => `${docebo.baseUrl}/ui/sessions/${seeded(n)}`;
  return `
  Docebo (simulated)     ${docebo.baseUrl}
  Outlook (simulated)    ${microsoft.baseUrl}    the calendar of ${MAILBOX.address}
  Temporal Web UI        ${status?.temporalUiUrl}

  Try this, and watch the calendar and the outbox:
   1  enrol somebody in "Engineers Milano": one invitation for each of its days
      ${session(1)}
   2  move one of its days: an update to everybody, and a cancellation to nobody
   3  rewrite the description of the course "Onboarding for engineers": its future sessions follow
   4  take somebody off the learning plan "Sales path": Docebo tells of the plan only, and the seats go all the same
   5  switch invitations off for the course "Sicherheitsunterweisung Produktion": nothing happens until one of its
      sessions changes
   6  delete an event in Outlook, then change its session in Docebo: it is there again
   7  answer an invitation as one of the people: within a quarter of a minute Docebo knows
      ${microsoft.baseUrl}/ui/people
   8  follow the link from a session to its workflow in Temporal: each step stands there with its reason
   9  ask why a session is as it is, in another terminal, and see what else the command can tell
      cd ${folder} && npx convoke why ${seeded(1)}
      cd ${folder} && npx convoke doctor

  Data in ${folder}, log in ${logPath}
  Ctrl-C stops everything.
`;
}
