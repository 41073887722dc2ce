import { ConfigError } from '../../../../src/domain/errors';
import { loadProfile } from '../../../../src/adapters/docebo/profile/profile';
import { aProfile, draftProfile, PROFILE_NAMES, type ProfileDraft } from './a-profile';

function problemsOf(change: (profile: ProfileDraft) => void): readonly string[] {
  const draft = draftProfile();
  change(draft);
  return problemsIn(draft.json);
}

function problemsIn(json: unknown): readonly string[] {
  try {
    loadProfile(json, 'mine.json');
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({ code: 'CONFIG_PROFILE' });
    return (error as ConfigError).problems;
  }
  return [];
}

describe('the tenant profile', () => {
  test.each(PROFILE_NAMES)('%s, which ships, is valid', (name) => {
    expect(aProfile(undefined, name).name).toBe(name);
  });

  test('names of similar events are not matched unless the profile says so', () => {
    expect(aProfile().events.matchSimilarNames ?? false).toBe(false);
  });

  const wrong: readonly (readonly [string, (p: ProfileDraft) => void, string])[] = [
    [
      'an unknown key at the top',
      (p) => p.set('/evnts', {}),
      'mine.json /evnts: unknown key; correct its spelling or remove it',
    ],
    [
      'an unknown key deep inside',
      (p) => p.set('/fields/session/statuss', ['/status']),
      'mine.json /fields/session/statuss: unknown key; correct its spelling or remove it',
    ],
    [
      'a missing part',
      (p) => p.remove('/fields/event/timeEnd'),
      'mine.json /fields/event/timeEnd: is missing; add it (profiles/assumed-v1.json shows an example)',
    ],
    [
      'another version',
      (p) => p.set('/profileVersion', 2),
      'mine.json /profileVersion: 2 does not fit; write the version of this format, 1',
    ],
    [
      'a name that is no key',
      (p) => p.set('/name', 'My Tenant'),
      'mine.json /name: "My Tenant" does not fit; write a short name of lower-case letters, digits and dashes, at most 32 characters',
    ],
    [
      'a wrong type',
      (p) => p.set('/events/sessionChanged', 'x'),
      'mine.json /events/sessionChanged: is string; write array',
    ],
    ['null where an object belongs', (p) => p.set('/times', null), 'mine.json /times: is null; write object'],
    [
      'an event name with blanks',
      (p) => p.set('/events/alsoSession', ['ILT session']),
      'mine.json /events/alsoSession/0: "ILT session" does not fit; write the event\'s exact name as it stands in the webhook, such as "course.updated", without blanks',
    ],
    [
      'an event name in two lists',
      (p) => p.push('/events/alsoSession', 'course.updated'),
      'mine.json /events/alsoSession/2: "course.updated" is assigned at /events/courseChanged/0 already; keep it in one place',
    ],
    [
      'an event name twice in one list',
      (p) => p.push('/events/courseChanged', 'course.updated'),
      'mine.json /events/courseChanged/1: "course.updated" is assigned at /events/courseChanged/0 already; keep it in one place',
    ],
    [
      'an event without any name',
      (p) => p.set('/events/eventChanged', []),
      "mine.json /events/eventChanged: is empty; list the event's exact name, or set /events/matchSimilarNames to true until it has been seen",
    ],
    [
      'a pointer without its slash',
      (p) => p.set('/webhook/sessionId', ['session_id']),
      'mine.json /webhook/sessionId/0: "session_id" does not fit; write a JSON pointer such as "/session_id" or "/data/session/id"',
    ],
    [
      'a pointer with a bad escape',
      (p) => p.set('/webhook/sessionId', ['/a~2b']),
      'mine.json /webhook/sessionId/0: "/a~2b" does not fit; write a JSON pointer such as "/session_id" or "/data/session/id"',
    ],
    [
      'no pointer',
      (p) => p.set('/fields/course/rsvp', []),
      'mine.json /fields/course/rsvp: is empty; list at least one entry',
    ],
    [
      'a pointer twice',
      (p) => p.set('/fields/course/rsvp', ['/a', '/a']),
      'mine.json /fields/course/rsvp: holds the same entry twice; remove one',
    ],
    [
      'an endpoint with a host',
      (p) => p.set('/endpoints/session', 'https://acme.example/course/v1/sessions/{session_id}'),
      'mine.json /endpoints/session: "https://acme.example/course/v1/sessions/{session_id}" does not fit; write a path below the platform\'s base address that starts with one slash, such as "/course/v1/sessions/{session_id}"',
    ],
    [
      'an endpoint that leaves the platform',
      (p) => p.set('/endpoints/whoAmI', '//evil.example/me'),
      'mine.json /endpoints/whoAmI: "//evil.example/me" does not fit; write a path below the platform\'s base address that starts with one slash, such as "/course/v1/sessions/{session_id}"',
    ],
    [
      'an unknown variable',
      (p) => p.set('/endpoints/session', '/course/v1/sessions/{session_id}/{tenant}'),
      'mine.json /endpoints/session: {tenant} is not known here; use {session_id}',
    ],
    [
      'a variable where none belongs',
      (p) => p.set('/endpoints/whoAmI', '/manage/v1/user/{user_id}'),
      'mine.json /endpoints/whoAmI: {user_id} is not known here; it takes no variables',
    ],
    [
      'a missing variable',
      (p) => p.set('/endpoints/user', '/manage/v1/user'),
      'mine.json /endpoints/user: {user_id} is missing; put it where the value belongs',
    ],
    [
      'a list without paging',
      (p) => p.set('/endpoints/sessionEnrollments', '/course/v1/sessions/{session_id}/enrollments{?page}'),
      'mine.json /endpoints/sessionEnrollments: {page_size} is missing; put it where the value belongs, such as {?page,page_size}',
    ],
    [
      'braces that do not match',
      (p) => p.set('/endpoints/course', '/course/v1/courses/{course_id'),
      'mine.json /endpoints/course: its braces do not match; write variables as {name} or {?name,name}',
    ],
    [
      'an operator that would not encode ids',
      (p) => p.set('/endpoints/course', '/course/v1/courses/{+course_id}'),
      'mine.json /endpoints/course: "{+course_id}" is no plain variable; write variables as {name} or {?name,name}',
    ],
    [
      'a value with two meanings',
      (p) => p.push('/values/enrollmentWaiting', 'Subscribed'),
      'mine.json /values/enrollmentWaiting/2: "Subscribed" means enrollmentActive at /values/enrollmentActive/0 already; keep it in one list',
    ],
    [
      'a number and its text with two meanings',
      (p) => p.push('/values/rsvpOff', '1'),
      'mine.json /values/rsvpOff/4: "1" means rsvpOn at /values/rsvpOn/2 already; keep it in one list',
    ],
    [
      'no value where one is needed',
      (p) => p.set('/values/rsvpOn', []),
      'mine.json /values/rsvpOn: is empty; list at least one entry',
    ],
    [
      'a value that is no scalar',
      (p) => p.set('/values/rsvpInherit', [{}]),
      'mine.json /values/rsvpInherit/0: is object; write string, number, boolean, null',
    ],
    [
      'an unknown time base',
      (p) => p.set('/times/eventBase', 'CET'),
      'mine.json /times/eventBase: "CET" does not fit; write whether an event\'s schedule tells wall time in its zone ("local") or UTC ("utc")',
    ],
    [
      'an unknown placeholder',
      (p) => p.set('/rsvpWriteBack/body/who', { $: 'email' }),
      'mine.json /rsvpWriteBack/body/who/$: "email" is no placeholder; use "courseId", "sessionId", "eventId", "userId", "answer"',
    ],
    [
      'a placeholder with company',
      (p) => p.set('/rsvpWriteBack/body/who', { $: 'userId', x: 1 }),
      'mine.json /rsvpWriteBack/body/who: a placeholder holds "$" alone; remove its other keys',
    ],
    [
      'an unknown variable in the write-back path',
      (p) => p.set('/rsvpWriteBack/path', '/x/{user_id}/{who}'),
      'mine.json /rsvpWriteBack/path: {who} is not known here; use {course_id}, {session_id}, {event_id}, {user_id}, {answer}',
    ],
    [
      'a write-back path with bad braces',
      (p) => p.set('/rsvpWriteBack/path', '/x/{user_id}/{session_id'),
      'mine.json /rsvpWriteBack/path: its braces do not match; write variables as {name}',
    ],
    [
      'a write-back that does not tell who answered',
      (p) => p.set('/rsvpWriteBack/path', '/answers'),
      'mine.json /rsvpWriteBack: nothing tells userId; put {"$": "userId"} into the body or a variable into the path',
    ],
    [
      'a write-back that does not tell the answer',
      (p) => p.set('/rsvpWriteBack/body', { event: { $: 'eventId' } }),
      'mine.json /rsvpWriteBack: nothing tells answer; put {"$": "answer"} into the body or a variable into the path',
    ],
    [
      'a write-back that does not tell what is answered',
      (p) => {
        p.set('/rsvpWriteBack/path', '/users/{user_id}');
        p.set('/rsvpWriteBack/body', { answer: { $: 'answer' } });
      },
      'mine.json /rsvpWriteBack: nothing tells what is answered; put {"$": "eventId"} or {"$": "sessionId"} into the body',
    ],
    [
      'a write-back by a method without a body',
      (p) => p.set('/rsvpWriteBack/method', 'GET'),
      'mine.json /rsvpWriteBack/method: "GET" does not fit; write an HTTP method that carries a body: POST, PUT or PATCH',
    ],
    [
      'a write-back of another type',
      (p) => p.set('/rsvpWriteBack/contentType', 'text/xml'),
      'mine.json /rsvpWriteBack/contentType: "text/xml" does not fit; write "application/json", the only type that is sent',
    ],
    [
      'a write-back body that is no JSON structure',
      (p) => p.set('/rsvpWriteBack/body', 'answer={{answer}}'),
      'mine.json /rsvpWriteBack/body: is string; write object, array',
    ],
    [
      'an answer without a value',
      (p) => p.remove('/rsvpWriteBack/answers/tentative'),
      'mine.json /rsvpWriteBack/answers/tentative: is missing; add it (profiles/assumed-v1.json shows an example)',
    ],
    [
      'an unenrolment that does not tell whom',
      (p) => p.set('/unenrol/path', '/course/v1/sessions/{session_id}'),
      'mine.json /unenrol: nothing tells userId; put {"$": "userId"} into the body or a variable into the path',
    ],
    [
      'an unenrolment from nothing',
      (p) => p.set('/unenrol/path', '/users/{user_id}'),
      'mine.json /unenrol: nothing tells sessionId; put {"$": "sessionId"} into the body or a variable into the path',
    ],
    [
      'an unenrolment that tells of an event',
      (p) => p.set('/unenrol/body', { date: { $: 'eventId' } }),
      'mine.json /unenrol/body/date/$: "eventId" is no placeholder; use "courseId", "sessionId", "userId"',
    ],
    [
      'an unenrolment by a method that changes nothing',
      (p) => p.set('/unenrol/method', 'GET'),
      'mine.json /unenrol/method: "GET" does not fit; write an HTTP method that changes something: POST, PUT, PATCH or DELETE',
    ],
  ];
  test.each(wrong)('refuses %s', (_what, change, message) => {
    expect(problemsOf(change)).toEqual([message]);
  });

  test('an unenrolment may be left out', () => {
    expect(problemsOf((p) => p.remove('/unenrol'))).toEqual([]);
  });

  test('refuses what is no object', () => {
    expect(problemsIn([])).toEqual(['mine.json /: is a list; write object']);
  });

  test('tells all problems at once', () => {
    const problems = problemsOf((p) => {
      p.set('/name', '');
      p.set('/times', {});
      p.set('/fields/location/phone', ['phone']);
    });

    expect(problems).toEqual([
      expect.stringContaining('/name:'),
      expect.stringContaining('/fields/location/phone/0:'),
      expect.stringContaining('/times/eventBase:'),
    ]);
  });

  test('event names may be unknown while similar names are matched', () => {
    const problems = problemsOf((p) => {
      p.set('/events/sessionChanged', []);
      p.set('/events/matchSimilarNames', true);
    });

    expect(problems).toEqual([]);
  });
});
