import { findSessionLinkProblems, toSessionLink } from '../../../../src/domain/rendering/session-link';

const VALUES = {
  lms_base_uri: 'platform.example.com',
  course_id: '190',
  session_id: '54',
  session_slug: 'example-session',
};

describe('the session link', () => {
  test.each([
    [
      'https://{lms_base_uri}/learn/courses/{course_id}/session/{session_id}/{session_name}',
      'https://platform.example.com/learn/courses/190/session/54/example-session',
    ],
    [
      'https://{lms_base_uri}/learn/course/{course_id}/session/{session_id}/{session_slug}',
      'https://platform.example.com/learn/course/190/session/54/example-session',
    ],
    ['https://lms.example.com/s{?session_id,course_id}', 'https://lms.example.com/s?session_id=54&course_id=190'],
  ])('fills %s', (template, link) => {
    expect(toSessionLink(template, VALUES)).toBe(link);
  });

  it('keeps a port and a sub-path of the host', () => {
    const values = { ...VALUES, lms_base_uri: '127.0.0.1:8080/lms' };

    expect(toSessionLink('http://{lms_base_uri}/s/{session_id}', values)).toBe('http://127.0.0.1:8080/lms/s/54');
  });

  it('encodes what is no plain path segment', () => {
    const values = { ...VALUES, session_slug: 'a/b c"d' };

    expect(toSessionLink('https://{lms_base_uri}/{session_slug}', values)).toBe(
      'https://platform.example.com/a%2Fb%20c%22d',
    );
  });
});

describe('a session link that does not work', () => {
  test.each([
    [
      'https://{lms_base_uri}/learn/courses/{{course_id}}',
      ['"https://{lms_base_uri}/learn/courses/{{course_id}}" has double braces; write single ones here: {session_id}'],
    ],
    [
      'https://{lms_base_url}/{session_id}/{sesion_slug}',
      [
        '{lms_base_url} is not known there (did you mean "lms_base_uri"?); write any of lms_base_uri, course_id, session_id, session_slug, session_name',
        '{sesion_slug} is not known there (did you mean "session_slug"?); write any of lms_base_uri, course_id, session_id, session_slug, session_name',
      ],
    ],
    [
      'https://{lms_base_uri}/learn',
      ['"https://{lms_base_uri}/learn" does not name {session_id}, so that all links would be the same'],
    ],
    [
      '{lms_base_uri}/{session_id}',
      [
        '"{lms_base_uri}/{session_id}" makes no web address ("platform.example.com/54"); begin it with https://{lms_base_uri}/',
      ],
    ],
  ])('is explained: %s', (template, problems) => {
    expect(findSessionLinkProblems(template)).toEqual(problems);
  });

  it('is not found in the guide’s own', () => {
    const guide = 'https://{lms_base_uri}/learn/courses/{course_id}/session/{session_id}/{session_name}';

    expect(findSessionLinkProblems(guide)).toEqual([]);
  });
});
