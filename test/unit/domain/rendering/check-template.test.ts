import { checkTemplate, findTemplateProblems } from '../../../../src/domain/rendering/check-template';
import { DEFAULT_SUBJECT_TEMPLATE } from '../../../../src/domain/rendering/render-subject';
import { thrownConfigError } from '../../thrown-config-error';
import { shippedTemplate, someSettings } from './builders';

const problemsOf = (bodyTemplate: string, additional: readonly string[] = []) =>
  findTemplateProblems(someSettings({ bodyTemplate }), additional).map((p) => p.message);

describe('a template that works', () => {
  test.each(['invitation', 'docebo-connect'] as const)('is the shipped %s', (name) => {
    expect(problemsOf(shippedTemplate(name))).toEqual([]);
  });

  test.each([
    ['the link inputs', '{{session_link}} {{lms_base_uri}} {{session_slug}}'],
    ['inverted sections', '{{^webinar_tool}}in person{{/webinar_tool}}'],
    ['comments', '{{! not shown }}a'],
    ['other delimiters', '{{=<% %>=}}<% course_name %>'],
    ['what a section is about', '{{#webinar_tool}}{{.}}{{/webinar_tool}}'],
    ['that below a flag', '{{#webinar_tool}}{{#is_location_present}}{{.}}{{/is_location_present}}{{/webinar_tool}}'],
    ['raw text', '{{&course_description}} {{{event_description}}}'],
  ])('may have %s', (_what, template) => {
    expect(problemsOf(template)).toEqual([]);
  });

  it('may have the inputs that the configuration adds', () => {
    expect(problemsOf('{{room_note}}', ['room_note'])).toEqual([]);
  });
});

describe('a mistake in a template', () => {
  test.each([
    [
      'an unknown input',
      'a\nb {{coursename}}',
      'invitation.html line 2: there is no input {{coursename}} (did you mean "course_name"?)',
    ],
    ['an input like no other', '{{instructor}}', 'invitation.html line 1: there is no input {{instructor}}'],
    ['an unknown section', '\n\n{{#webinar}}a{{/webinar}}', 'invitation.html line 3: there is no input {{webinar}}'],
    ['a name that every object has', '{{constructor}}', 'invitation.html line 1: there is no input {{constructor}}'],
    ['a tag without a name', '{{ }}', 'invitation.html line 1: there is no input {{}}'],
    ['a dot outside a section', '{{.}}', 'invitation.html line 1: there is no input {{.}}'],
    [
      'a dot in a flag’s section',
      '{{#is_location_present}}{{.}}{{/is_location_present}}',
      'invitation.html line 1: there is no input {{.}}',
    ],
    [
      'the guide’s table of shortcodes taken by its letter',
      'a\n{{#course_name}}\nb',
      'invitation.html line 2: the section {{#course_name}} is not closed; write {{/course_name}} after it, or {{course_name}} if it should just be shown',
    ],
    [
      'sections that cross',
      '{{#course_name}}\n{{#event_name}}\n{{/course_name}}{{/event_name}}',
      'invitation.html line 2: the section {{#event_name}} is not closed; write {{/event_name}} after it, or {{event_name}} if it should just be shown',
    ],
    [
      'an open section under other delimiters',
      '{{=<% %>=}}\n<%#event_name%>\na',
      'invitation.html line 3: the section {{#event_name}} is not closed; write {{/event_name}} after it, or {{event_name}} if it should just be shown',
    ],
    [
      'a closing tag too many',
      'a\n{{/event_name}}',
      'invitation.html line 2: {{/event_name}} closes a section that is not open; remove it or write {{#event_name}} before it',
    ],
    [
      'a tag that does not end',
      'a\n\n<p>{{course_name}</p>',
      'invitation.html line 3: the tag {{course_name}</p> is not closed; tags end with }} (and {{{ with }}})',
    ],
    ['delimiters that are none', '{{=a=}}', 'invitation.html: Invalid tags: a'],
    [
      'a partial',
      'a\n{{> footer}}',
      'invitation.html line 2: {{> footer}} includes another template, which invitations do not have; put its text here',
    ],
    [
      'a parent template',
      '{{< layout}}',
      'invitation.html line 1: {{< layout}} includes another template, which invitations do not have; put its text here',
    ],
    [
      'an expression',
      '{{course_name | upcase}}',
      'invitation.html line 1: {{course_name | upcase}} would have to be evaluated; templates only show values, so write the plain name of an input',
    ],
    [
      'a function',
      '{{#upper()}}a{{/upper()}}',
      'invitation.html line 1: {{upper()}} would have to be evaluated; templates only show values, so write the plain name of an input',
    ],
    ['nothing', '  \n', 'invitation.html is empty; leave the setting out for the default'],
    [
      'too much text',
      'x'.repeat(130_561),
      'invitation.html has 130561 bytes; an invitation’s text may have 261120, so a template at most half of that'.replace(
        '’',
        "'",
      ),
    ],
  ])('is explained: %s', (_what, template, message) => {
    expect(problemsOf(template)).toEqual([message]);
  });

  it('comes with all the others, of body and subject, in one error', () => {
    const settings = someSettings({
      bodyTemplate: '{{coursename}}\n{{#event_name}}{{evnt_name}}{{/event_name}}',
      subjectTemplate: '{{titel}',
    });

    const error = thrownConfigError(() => checkTemplate(settings, []));

    expect(error.code).toBe('TEMPLATE_UNKNOWN_VARIABLE');
    expect(error.problems).toEqual([
      'invitation.html line 1: there is no input {{coursename}} (did you mean "course_name"?)',
      'invitation.html line 2: there is no input {{evnt_name}} (did you mean "event_name"?)',
      'the subject template line 1: the tag {{titel} is not closed; tags end with }} (and {{{ with }}})',
    ]);
  });

  it('has the code of its kind', () => {
    const codeOf = (bodyTemplate: string) =>
      thrownConfigError(() => checkTemplate(someSettings({ bodyTemplate }), [])).code;

    expect(codeOf('{{#a}}')).toBe('TEMPLATE_SYNTAX');
    expect(codeOf('x'.repeat(200_000))).toBe('TEMPLATE_TOO_LARGE');
    expect(checkTemplate(someSettings({ subjectTemplate: DEFAULT_SUBJECT_TEMPLATE }), [])).toBeUndefined();
  });
});
