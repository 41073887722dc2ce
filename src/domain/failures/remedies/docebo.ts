import type { Remedies } from './remedy';

const WAITING = 'Sessions stay as they are in the calendar. Convoke tries again by itself; no change is lost.';
const UNTOUCHED = 'Nobody is removed and nothing is cancelled because of it; what could be read is kept up to date.';
const PROFILE_STEP =
  'Compare the field with the tenant profile (platforms.<platform>.profile in convoke.yaml), correct a copy of it, and restart.';

/** Docebo's API, what its answers lack, and its webhooks. */
export const DOCEBO_REMEDIES: Remedies = {
  DOCEBO_TOKEN: {
    title: '{scope} gives Convoke no access token',
    meaning: WAITING,
    steps: [
      'In Docebo, open API and SSO and check that the OAuth2 app exists, is active and allows the grant that convoke.yaml names.',
      'Compare its client id and secret with CONVOKE_DOCEBO_<PLATFORM>_CLIENT_ID and _CLIENT_SECRET; with the grant "password" also _USERNAME and _PASSWORD.',
      'Restart Convoke after changing a variable.',
    ],
  },
  DOCEBO_ACCESS: {
    title: '{scope} refuses access to its API',
    meaning: WAITING,
    steps: [
      'In Docebo, check that the user behind the OAuth2 app is active and a Superadmin: it must see all courses, sessions, enrolments and users.',
      'Check that the scope "api" is among those of the OAuth2 app.',
    ],
  },
  DOCEBO_BUDGET: {
    title: "Convoke's API calls to {scope} are used up for now",
    meaning: 'Changes reach the calendar later than usual. Convoke goes on as the hour moves on; no change is lost.',
    steps: [
      'If it happens often, raise callsPerHour in convoke.yaml: Docebo allows 1,000 calls an hour from one address, all programs together.',
      'See whether another program uses the same address, and spread large imports over the day.',
    ],
  },
  DOCEBO_THROTTLED: {
    title: '{scope} asks Convoke to call less often',
    meaning: 'Changes reach the calendar later than usual. Convoke waits as long as Docebo asks; no change is lost.',
    steps: [
      'Look for another program that calls the same platform from the same address.',
      'If there is one that must go on, lower callsPerHour in convoke.yaml, so that both fit into 1,000 an hour.',
    ],
  },
  DOCEBO_UNAVAILABLE: {
    title: '{scope} does not answer, or answers with an error of its own',
    meaning: WAITING,
    steps: [
      "See whether the platform opens in a browser, and look at Docebo's status page.",
      'If it does open, check that the machine of Convoke reaches it: name resolution, proxy, firewall.',
    ],
  },
  DOCEBO_NOT_FOUND: {
    title: '{scope} does not know an address that Convoke asks for',
    meaning: WAITING,
    steps: [
      'Open the session in Docebo. If it is there, an endpoint of the tenant profile is not as your tenant has it: compare it with the API browser of your platform.',
      'Check baseUrl in convoke.yaml.',
    ],
  },
  DOCEBO_CONFLICT: {
    title: '{scope} refuses a change because something else changed meanwhile',
    meaning: WAITING,
    steps: ['Nothing, if it is over by the next mail; else open the session and look at its journal.'],
  },
  DOCEBO_REFUSED: {
    title: '{scope} refuses a request of Convoke as wrong',
    meaning: WAITING,
    steps: [
      'Compare the endpoint that the detail names with the API browser of your platform, and correct the tenant profile.',
    ],
  },
  DOCEBO_COURSE_UNKNOWN: {
    title: '{scope} is to be told an answer by an address that needs a course which is not known yet',
    meaning: 'Answers of the session wait until it has been read once; its invitations are not concerned.',
    steps: ['Nothing, if it is over by the next mail; else ask for a "resync" of the session.'],
  },
  DOCEBO_CONTRACT: {
    title: '{scope} answers in another form than expected',
    meaning: WAITING,
    steps: [
      'Check that baseUrl in convoke.yaml leads to the API itself and not to a login page or a proxy.',
      'Compare the answer in the API browser of your platform with the tenant profile, and correct the profile.',
    ],
  },
  READ_SESSION_UNPROVEN: {
    title: '{scope} does not show a session, and nothing proves that it was deleted',
    meaning: 'Its invitations stay as they are: nothing is cancelled on such an answer.',
    steps: [
      "Open the session in Docebo. If it is there, the user behind Convoke's OAuth2 app must be able to see it: give it the rights of a Superadmin.",
      'If it was deleted, check that the course can be seen by that user; Convoke then finds the proof by itself.',
    ],
  },
  READ_LIST_INCOMPLETE: {
    title: '{scope} gave a list only in part',
    meaning: UNTOUCHED,
    steps: [
      'Nothing, if it is over by the next mail; else look at the paging of the list in the API browser of your platform.',
    ],
  },
  READ_EVENT_UNREADABLE: {
    title: 'An event of {scope} cannot be read',
    meaning: 'That event stays as it is in the calendar; the others are kept up to date.',
    steps: ['Open the event in Docebo and check its date, times and time zone.', PROFILE_STEP],
  },
  READ_ENROLMENT_UNREADABLE: {
    title: 'An enrolment of {scope} cannot be read',
    meaning: UNTOUCHED,
    steps: [PROFILE_STEP],
  },
  READ_INSTRUCTOR_UNREADABLE: {
    title: 'An instructor of {scope} cannot be read',
    meaning: UNTOUCHED,
    steps: ['Open the session in Docebo and check its instructors.', PROFILE_STEP],
  },
  READ_PERSON_MISSING: {
    title: '{scope} names people that it does not show',
    meaning: 'They get no new invitation; whoever has one keeps it.',
    steps: ["Give the user behind Convoke's OAuth2 app the rights of a Superadmin: it must see all users."],
  },
  READ_PERSON_WITHOUT_ADDRESS: {
    title: '{scope} has people without a usable mail address',
    meaning: 'They get no invitation.',
    steps: ['Open the people that the detail names by their id in Docebo, and correct their mail address.'],
  },
  READ_PLACE_UNREADABLE: {
    title: 'A location or classroom of {scope} cannot be read',
    meaning: 'Invitations go out without it.',
    steps: ['Open the location in Docebo and save it again.', PROFILE_STEP],
  },
  READ_SWITCH_UNREADABLE: {
    title: 'The setting for external calendar invitations of {scope} cannot be read',
    meaning: 'The session stays as it is in the calendar.',
    steps: [PROFILE_STEP],
  },
  READ_STATUS_UNREADABLE: {
    title: 'The status of a session of {scope} cannot be read',
    meaning: 'The session stays as it is in the calendar.',
    steps: [PROFILE_STEP],
  },
  READ_COURSE_DETAILS_MISSING: {
    title: '{scope} does not show the details of a course',
    meaning: 'Invitations go out without them.',
    steps: [
      'Open the course in Docebo.',
      "If it is there, give the user behind Convoke's OAuth2 app the rights of a Superadmin.",
    ],
  },
  READ_INPUT_UNREADABLE: {
    title: 'An additional field of {scope} cannot be read',
    meaning: 'Invitations go out without it.',
    steps: ['Compare platforms.<platform>.additionalInputs in convoke.yaml with the additional fields in Docebo.'],
  },
  WEBHOOK_AUTHENTICATION: {
    title: 'Messages from {scope} come with a wrong password',
    meaning:
      'Changes reach the calendar only with the next sweep. Docebo switches a webhook off after 60 hours without success.',
    steps: [
      'In Docebo, open the webhook and enter user and password as they stand in CONVOKE_WEBHOOK_<PLATFORM>.',
      'If the password was changed, let the variable hold the old pair too, after a comma: messages that Docebo has queued keep it.',
      "Check that no other Docebo uses this webhook's address.",
    ],
  },
  WEBHOOK_SILENCE: {
    title: 'No message has come from {scope} for an unusually long time',
    meaning: 'Changes reach the calendar only with the next sweep, if the webhook is out of order.',
    steps: [
      'In Docebo, check that the webhook is active: it is switched off after 60 hours without success and must be activated by hand.',
      'Look at its last external system error, and check that its address reaches Convoke from the internet.',
    ],
  },
  WEBHOOK_UNKNOWN_EVENT: {
    title: '{scope} sends messages of a kind that Convoke does not know: {detail}',
    meaning:
      'They are accepted and lead to nothing. If they tell of sessions, changes are seen with the next sweep only.',
    steps: [
      'If the event is about sessions, courses or enrolments, add its name to a copy of the tenant profile and restart.',
      'If it is not, take the event off the webhook in Docebo.',
    ],
  },
  WEBHOOK_WITHOUT_ID: {
    title: 'Messages {detail} of {scope} do not tell which session they are about',
    meaning: 'They are accepted and lead to nothing; changes are seen with the next sweep only.',
    steps: [
      "Open the platform's workflow: it shows the fields of the message. Enter the one with the id into a copy of the tenant profile, and restart.",
    ],
  },
  WEBHOOK_FOREIGN_DOMAIN: {
    title: 'Messages of another Docebo arrive at {scope}: {detail}',
    meaning: 'They are accepted, so that sessions with the same numbers are looked at needlessly.',
    steps: [
      "Look into that Docebo's webhooks for this address and take it out.",
      'If the name is right, enter it as originalDomain of the platform in convoke.yaml.',
    ],
  },
};
