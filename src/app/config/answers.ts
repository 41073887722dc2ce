import type { PlatformKey } from '../../domain/model';
import type { DeclinePolicy } from '../../domain/rsvp/decide-decline';
import type { AnswerSettings } from '../../domain/settings';
import type { ConfigContext } from './config-context';
import { toMilliseconds } from './durations';
import type { SettingPath } from './parse-yaml';
import type { DeclineSection, PlatformSection } from './settings-file';

/** What becomes of a decline; whether Docebo is told at all is the tenant profile's matter. */
export function toAnswers(
  context: ConfigContext,
  key: PlatformKey,
  section: PlatformSection['answers'] = {},
): Omit<AnswerSettings, 'writeBack'> {
  const at: SettingPath = ['platforms', key, 'answers'];
  const ruled = new Set<string>();
  const courseRules = (section.courseRules ?? []).map((rule, i) => {
    const courses = rule.courses.map(String);
    for (const course of courses) {
      if (ruled.has(course))
        context.report([...at, 'courseRules', i], `rules course ${course} a second time; keep one`);
      ruled.add(course);
    }
    return { courses, decline: toPolicy(context, [...at, 'courseRules', i], rule) };
  });
  return {
    decline: toPolicy(context, at, section),
    courseRules,
    mandatoryCourses: (section.mandatoryCourses ?? []).map(String),
  };
}

function toPolicy(context: ConfigContext, at: SettingPath, section: DeclineSection): DeclinePolicy {
  const { decline = 'keep', unenrolAfter } = section;
  if (decline !== 'unenrol') {
    if (unenrolAfter !== undefined) {
      context.report(
        [...at, 'unenrolAfter'],
        `has no meaning with decline: ${decline}; write decline: unenrol, or take it out`,
      );
    }
    return { kind: decline };
  }
  if (unenrolAfter === undefined) {
    context.report(
      at,
      'decline is unenrol, and unenrolAfter is missing; write how long a decline may be taken back, such as 2d, or 0s for at once',
    );
    return { kind: 'keep' };
  }
  return { kind: 'unenrol', afterMs: toMilliseconds(unenrolAfter) };
}
