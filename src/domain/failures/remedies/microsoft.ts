import type { Remedies } from './remedy';

const WAITING = 'Invitations, updates and cancellations wait. Convoke tries again by itself; no change is lost.';

/** Microsoft Entra, Graph, and the mails of Convoke itself. */
export const MICROSOFT_REMEDIES: Remedies = {
  GRAPH_TOKEN: {
    title: 'Microsoft Entra gives Convoke no access token',
    meaning: WAITING,
    steps: [
      'In Entra, open the app registration and look at Certificates & secrets: the client secret or the certificate has probably expired.',
      'Create a new one, put its value (not its id) into CONVOKE_MICROSOFT_CLIENT_SECRET, and restart Convoke.',
      'If the detail names another reason, check microsoft.tenant and microsoft.clientId in convoke.yaml.',
    ],
  },
  GRAPH_SIGN_IN: {
    title: 'Somebody has to sign in to Microsoft again for {scope}',
    meaning: WAITING,
    steps: [
      'Run "convoke login" where Convoke runs, and sign in as the account that organises the meetings. No restart is needed.',
      'If it ends again soon, look in Entra at the sign-in logs of that account: a changed password or a conditional access policy ends sign-ins.',
    ],
  },
  ENTRA_THROTTLED: {
    title: 'Microsoft Entra asks Convoke to wait before it gives a token',
    meaning: WAITING,
    steps: ['Nothing, if it is over by the next mail; else look for another program with the same app registration.'],
  },
  ENTRA_UNAVAILABLE: {
    title: 'Microsoft Entra does not answer',
    meaning: WAITING,
    steps: [
      "Look at Microsoft's service health.",
      'Check that the machine of Convoke reaches login.microsoftonline.com: name resolution, proxy, firewall.',
    ],
  },
  GRAPH_ACCESS: {
    title: 'Microsoft Graph refuses access to {scope}',
    meaning: WAITING,
    steps: [
      'In Exchange Online, grant the app "Application Calendars.ReadWrite" for this mailbox (RBAC for Applications). A new grant takes up to 2 hours to work.',
      'Check that the mailbox exists, has a licence for Exchange Online, is not on premises and is not full.',
    ],
  },
  GRAPH_QUOTA: {
    title: 'The calls that Microsoft Graph allows for {scope} are used up for now',
    meaning: 'Changes reach the calendar later than usual; no change is lost.',
    steps: [
      'Nothing, if it is over by the next mail.',
      'If it happens often, give some courses a mailbox of their own (platforms.<platform>.routes in convoke.yaml).',
    ],
  },
  GRAPH_THROTTLED: {
    title: 'Microsoft Graph asks Convoke to leave {scope} alone for a while',
    meaning: 'Changes reach the calendar later than usual. Convoke waits as long as Graph asks; no change is lost.',
    steps: ['Look for another program that works in this mailbox, and let it work in another one.'],
  },
  GRAPH_UNAVAILABLE: {
    title: 'Microsoft Graph does not answer for {scope}, or answers with an error of its own',
    meaning: WAITING,
    steps: [
      "Look at Microsoft's service health for Exchange Online.",
      'Check that the machine of Convoke reaches graph.microsoft.com: name resolution, proxy, firewall.',
    ],
  },
  GRAPH_NOT_FOUND: {
    title: 'An event in {scope} is gone',
    meaning: 'Convoke makes it anew with its next attempt.',
    steps: ['Nothing, if it is over by the next mail; else ask who deletes events in this mailbox.'],
  },
  GRAPH_CONFLICT: {
    title: 'Somebody else keeps changing an event in {scope} while Convoke does',
    meaning: WAITING,
    steps: [
      'Nothing, if it is over by the next mail.',
      'Else look for a person or program that changes the same event: another connector must be switched off.',
    ],
  },
  GRAPH_REFUSED: {
    title: 'Microsoft Graph refuses a change in {scope} as wrong',
    meaning: WAITING,
    steps: [
      'Open the session in Docebo and look at what is unusual in it: its times, its time zone, the mail addresses of its people.',
      'Correct it there; Convoke tries again at once.',
    ],
  },
  GRAPH_CONTRACT: {
    title: 'Microsoft Graph answers for {scope} in another form than expected',
    meaning: WAITING,
    steps: [
      'Check microsoft.graphBaseUrl in convoke.yaml, and whether a proxy stands between Convoke and Graph.',
      'If both are right, report it with the detail.',
    ],
  },
  GRAPH_BODY_MARKER: {
    title: "The text of an event in {scope} was edited in Outlook, and Convoke's part in it cannot be found",
    meaning: 'Changes of the text wait, so that the online meeting is not lost; people and times are kept up to date.',
    steps: [
      'Open the event in the calendar of the mailbox and cancel it there, which tells everybody on it.',
      'Ask for a "resync" of the session: Convoke sends a new invitation.',
    ],
  },
  GRAPH_TOO_MANY_ATTENDEES: {
    title: 'A session has more people than an event in {scope} can hold',
    meaning:
      'An event in Outlook holds 500 people, those included to whom it was forwarded. Until then nobody is added.',
    steps: ['In Docebo, divide the session into several.'],
  },
  GRAPH_TOO_MANY_CONNECT_EVENTS: {
    title: 'There are more events of Docebo Connect in {scope} than can be taken over at once',
    meaning: 'Its sessions wait: half of the events taken over would invite the people of the other half twice.',
    steps: ['Let it take over in parts: give some courses a mailbox of their own first.'],
  },
  GRAPH_SUBSCRIPTION_URL: {
    title: 'Microsoft cannot reach Convoke to tell it of answers in {scope}',
    meaning: 'Answers come with the regular poll instead of at once; none is lost.',
    steps: [
      'Check that api.publicUrl in convoke.yaml leads to the api from the internet, with a certificate that Microsoft trusts, and that the proxy passes /webhooks/graph/ on, query included.',
      'Convoke tries again by itself; a restart of the worker makes it try at once.',
    ],
  },
  GRAPH_SUBSCRIPTION: {
    title: 'Microsoft Graph gives Convoke no subscription to changes in {scope}',
    meaning: 'Answers come with the regular poll instead of at once; none is lost.',
    steps: [
      'Look at the code in the detail and do what docs/errors.md says of it.',
      'If it is GRAPH_ACCESS, the right "Application Calendars.ReadWrite" for this mailbox is missing, or Microsoft does not take it for subscriptions: set changeNotifications.mode in convoke.yaml to off until it does.',
    ],
  },
  MAIL_ACCESS: {
    title: 'Failure mails cannot be sent: Convoke may not use the mailbox or the mail server',
    meaning: 'Failures are told later than they should be. Calendars are not concerned.',
    steps: [
      'By Graph: grant the app "Application Mail.Send" for the mailbox of notifications.mailbox; a new grant takes up to 2 hours to work.',
      'By SMTP: check notifications.smtp.user and CONVOKE_SMTP_PASSWORD, and that this user may send as notifications.smtp.from.',
    ],
  },
  MAIL_REFUSED: {
    title: 'The mail server turns failure mails down',
    meaning: 'Failures are told later than they should be. Calendars are not concerned.',
    steps: [
      'Check the addresses in notifications.failureRecipients. A distribution list must accept mail from outside if the sender is not of its organisation.',
      'By SMTP: check that the server lets Convoke send as notifications.smtp.from.',
    ],
  },
  MAIL_UNAVAILABLE: {
    title: 'The mail server for failure mails does not answer',
    meaning: 'Failures are told later than they should be. Calendars are not concerned.',
    steps: ['Check notifications.smtp: host, port and secure, and that the machine of Convoke reaches the server.'],
  },
};
