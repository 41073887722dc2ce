import urlTemplate from 'url-template';
import { didYouMean } from '../closest-name';

/** Variables of the session link's RFC 6570 template. `session_name` is the slug there, as in Docebo Connect's guide. */
export interface SessionLinkValues {
  /** Host that learners use, without a scheme. */
  readonly lms_base_uri: string;
  readonly course_id: string;
  readonly session_id: string;
  readonly session_slug: string;
}

const VARIABLES = ['lms_base_uri', 'course_id', 'session_id', 'session_slug', 'session_name'];

export function toSessionLink(template: string, values: SessionLinkValues): string {
  // A host is no path segment: its port's colon and a sub-path's slash stay as they are.
  const hostAsIs = template.replaceAll('{lms_base_uri}', '{+lms_base_uri}');
  return urlTemplate.parse(hostAsIs).expand({ ...values, session_name: values.session_slug });
}

/** What is wrong with a session link's template, in sentences; empty when nothing is. */
export function findSessionLinkProblems(template: string): string[] {
  if (template.includes('{{')) {
    return [`"${template}" has double braces; write single ones here: {session_id}`];
  }
  const names = [...template.matchAll(/\{[+#./;?&]?([^}]*)\}/g)].flatMap(([, list = '']) =>
    list.split(',').map((variable) => variable.replace(/(\*|:\d+)$/, '')),
  );
  const unknown = names.filter((name) => !VARIABLES.includes(name));
  if (unknown.length > 0) {
    return unknown.map(
      (name) => `{${name}} is not known there${didYouMean(name, VARIABLES)}; write any of ${VARIABLES.join(', ')}`,
    );
  }
  if (!names.includes('session_id'))
    return [`"${template}" does not name {session_id}, so that all links would be the same`];
  const sample = toSessionLink(template, {
    lms_base_uri: 'platform.example.com',
    course_id: '190',
    session_id: '54',
    session_slug: 'example-session',
  });
  return /^https?:\/\//i.test(sample) && URL.canParse(sample)
    ? []
    : [`"${template}" makes no web address ("${sample}"); begin it with https://{lms_base_uri}/`];
}
