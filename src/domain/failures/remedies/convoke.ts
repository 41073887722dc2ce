import type { Remedies, Remedy } from './remedy';

const WAITING = 'The sessions stay as they are in the calendar. Convoke tries again by itself; no change is lost.';
const UNTOUCHED = 'Nobody is removed and nothing is cancelled because of it; what could be read is kept up to date.';
const REPORT = "Report it to Convoke's maintainers with the code and the detail.";

/** What is true of any failure. */
export const UNKNOWN_REMEDY: Remedy = {
  title: 'Something failed that Convoke has no advice for ({scope})',
  meaning: WAITING,
  steps: ["Open one of the workflows below and look at what failed; the worker's log has the details.", REPORT],
};

/** What planning found, templates, and Convoke itself. */
export const CONVOKE_REMEDIES: Remedies = {
  PLAN_READ_INCOMPLETE: {
    title: '{scope} did not show all events or people of a session',
    meaning: UNTOUCHED,
    steps: [
      'Nothing, if it is over by the next mail.',
      "Else give the user behind Convoke's OAuth2 app the rights of a Superadmin, and look at the session in the API browser of your platform.",
    ],
  },
  PLAN_RIGHTS_CHANGED: {
    title: '{scope} is read by another user, or with other rights, than before',
    meaning: 'Nobody is removed and nothing is cancelled: such a user may see less.',
    steps: [
      "Check the user behind Convoke's OAuth2 app and its rights; it must be a Superadmin.",
      'If the change is meant, accept it for the sessions concerned by "resync".',
    ],
  },
  PLAN_MANY_MISSING: {
    title: 'Many learners of a session of {scope} are gone from its list at once',
    meaning: 'They keep their invitations: a user who has lost rights would read the same list.',
    steps: [
      'Open the session in Docebo as an administrator. Are the learners there? Then the user behind the OAuth2 app must see them: make it a Superadmin.',
      'If they were unenrolled, accept it by "resync": they are then taken off and told so.',
      'How many it takes before Convoke asks is askBeforeRemoving in convoke.yaml.',
    ],
  },
  PLAN_COURSE_MISSING: {
    title: '{scope} shows a session no more, nor its course',
    meaning: 'Nothing is cancelled: the API user is no Superadmin, and may only have lost sight of them.',
    steps: [
      "Give the user behind Convoke's OAuth2 app the rights of a Superadmin; Convoke then finds out by itself.",
      'If the course was deleted, accept it for its sessions by "resync".',
    ],
  },
  PLAN_SWITCH_UNREADABLE: {
    title: 'The setting "Enrollment invitations via external calendar" of {scope} cannot be read',
    meaning: 'The sessions stay as they are in the calendar.',
    steps: ['Compare the field with the tenant profile, correct a copy of it, and restart.'],
  },
  PLAN_ROUTE_UNREADABLE: {
    title: 'Which mailbox organises a session of {scope} cannot be told',
    meaning: 'Its people get no invitation yet: it would stay in the mailbox from which it is first sent.',
    steps: [
      "Open the course in Docebo, and check that the user behind Convoke's OAuth2 app sees its category, its additional fields and the locations of its sessions.",
      'Else put a route that needs less before it (platforms.<platform>.routes in convoke.yaml), and restart.',
    ],
  },
  PLAN_HIDE_UNREADABLE: {
    title: 'The setting "Hide attendees" of {scope} cannot be read',
    meaning: 'New events hide their attendees; others stay as they are.',
    steps: ['Compare the field with the tenant profile, correct a copy of it, and restart.'],
  },
  PLAN_PERSON_WITHOUT_ADDRESS: {
    title: 'People of {scope} have no usable mail address',
    meaning: 'They get no invitation, or keep the one that was sent before; everybody else is kept up to date.',
    steps: ['Open the people that the detail names by their id in Docebo, and correct their mail address.'],
  },
  PLAN_TOO_MANY_ATTENDEES: {
    title: 'A session of {scope} has more people than an Outlook event can hold',
    meaning: 'An event in Outlook holds 500 people. Until the session is divided, nobody is added to it.',
    steps: ['In Docebo, divide the session into several.'],
  },
  TEMPLATE_SYNTAX: {
    title: 'The invitation template of {scope} cannot be filled',
    meaning: 'New invitations and changes of their text wait; nothing is sent half-filled.',
    steps: [
      'Open the template at the line that the detail names and correct it (platforms.<platform>.templates in convoke.yaml).',
      'The corrected file counts at once; a session that failed tries again by itself.',
    ],
  },
  TEMPLATE_UNKNOWN_VARIABLE: {
    title: 'The invitation template of {scope} uses an input that does not exist',
    meaning: 'New invitations and changes of their text wait; nothing is sent half-filled.',
    steps: [
      'Correct the name in the template, or add the field to platforms.<platform>.additionalInputs in convoke.yaml.',
      'A corrected template counts at once; a setting in convoke.yaml with the next start.',
    ],
  },
  TEMPLATE_TOO_LARGE: {
    title: 'The invitation template of {scope} is too large for Outlook',
    meaning: 'New invitations and changes of their text wait.',
    steps: [
      'Make the template shorter; embedded images belong on a web server. It counts as soon as the file is saved.',
    ],
  },
  SESSION_UNREADABLE: {
    title: 'Failing sessions of {scope} do not answer when asked what is wrong',
    meaning: 'Their state is safe in Temporal, but they may not be working.',
    steps: [
      'Check that a worker of Convoke is running.',
      'Open one of the workflows: if its task keeps failing, the log of the worker tells why, and going back to the last release lets it go on.',
    ],
  },
  ANSWERS_UNENROL_OFF: {
    title: 'Declines are to free seats, but the tenant profile of {scope} does not say how Docebo is told',
    meaning: 'Learners who declined keep their seats.',
    steps: [
      'Add the section "unenrol" to a copy of the tenant profile and restart, or set answers.decline in convoke.yaml to keep or mark.',
    ],
  },
  ANSWERS_ACCEPTED_LATE: {
    title: 'Learners on {scope} lost their seats by declining and have accepted since',
    meaning: 'They expect to take part, and have no seat.',
    steps: ['Enrol them again in Docebo if there is room; the session in Temporal names them by user id.'],
  },
  SCHEDULE_RUN_FAILED: {
    title: 'The last run of a schedule for {scope} failed',
    meaning: 'What it does regularly is late; the next run tries again.',
    steps: [
      'Open the workflow below: the failure of its activity says why.',
      'If the next runs succeed, there is nothing to do.',
    ],
  },
  ACTIVITY_TIMEOUT: {
    title: 'A step for {scope} gave no answer in time',
    meaning: WAITING,
    steps: [
      'Check that the workers of Convoke are running and not short of processor or memory.',
      'If they are well, the system that the step calls is too slow: see its status page.',
    ],
  },
  BUG_UNFORESEEN: {
    title: 'Convoke met an error that it does not know ({scope})',
    meaning: WAITING,
    steps: ["Look into the worker's log for the time and the workflow.", REPORT],
  },
  BUG_DOCEBO_ENDPOINT: {
    title: 'An endpoint of the tenant profile of {scope} asks for an id that Convoke does not have',
    meaning: WAITING,
    steps: ['Correct the endpoint that the detail names in the tenant profile, and restart.'],
  },
  BUG_UNKNOWN_KEY: {
    title: 'A mailbox or platform that is in use has left the settings ({scope})',
    meaning: 'Its sessions stay as they are in the calendar; nothing is lost.',
    steps: ['Put the key that the detail names back into convoke.yaml, and restart.'],
  },
  UNKNOWN: UNKNOWN_REMEDY,
};
