import Mustache from 'mustache';
import { checkTemplate } from '../../../../src/domain/rendering/check-template';
import type { InvitationInputs } from '../../../../src/domain/rendering/invitation-inputs';
import { renderInvitation } from '../../../../src/domain/rendering/render-invitation';
import { thrownConfigError } from '../../thrown-config-error';
import { BARE_INPUTS, golden, shippedTemplate, someInputs, someSettings } from './builders';
import { attributesOf, unbalancedTags, visibleText } from './html';

const GUIDE = shippedTemplate('docebo-connect');
const OWN = shippedTemplate('invitation');
const bodyOf = (bodyTemplate: string, inputs: InvitationInputs) =>
  renderInvitation(someSettings({ bodyTemplate }), inputs).html;

const AWKWARD = someInputs({
  course_name: `Health & safety: <basics> "A/B" 'C' \`d\` e=f`,
  course_description: '<div><p>An <em>unclosed paragraph<div class="x">and a </p>stray end</div></span>',
  session_name: ' \t\u00a0 ',
  event_description: 'Plain text: seats < 20 & more',
  location_address: '1/2 High Street\n“Old Mill”',
});

describe('a template of Docebo Connect, pasted unchanged', () => {
  test.each([
    ['guide-full.html', someInputs()],
    ['guide-bare.html', BARE_INPUTS],
    ['guide-awkward.html', AWKWARD],
    ['guide-webinar.html', { ...BARE_INPUTS, webinar_tool: 'Teams', event_name: 'Kick-off' }],
  ])('gives %s', (file, inputs) => {
    expect(`${bodyOf(GUIDE, inputs)}\n`).toBe(golden(file));
  });

  test.each([
    ['full', someInputs()],
    ['bare', BARE_INPUTS],
    ['webinar', { ...BARE_INPUTS, webinar_tool: 'Teams', event_name: 'A/B = "C"' }],
  ])('reads as with any other Mustache engine: %s', (_name, inputs) => {
    expect(visibleText(bodyOf(GUIDE, inputs))).toBe(visibleText(Mustache.render(GUIDE, inputs)));
  });

  it('shows no section over a blank value', () => {
    expect(bodyOf(GUIDE, AWKWARD)).not.toContain('Session Name');
  });
});

describe('a session link built by hand', () => {
  const link = (courses: string) =>
    `<p><a href="https://{{lms_base_uri}}/learn/${courses}/{{course_id}}/session/{{session_id}}/{{session_name}}">{{session_name}}</a></p>\n`;

  test.each([
    ['link-courses.html', link('courses')],
    ['link-course.html', link('course')],
  ])('works after the guide’s edit of the session name: %s', (file, bodyTemplate) => {
    const settings = someSettings({ bodyTemplate, sessionName: 'slug' });

    const { html } = renderInvitation(settings, someInputs({ slug_name: 'docebos-own' }));

    expect(`${html}\n`).toBe(golden(file));
  });

  it('leaves the name a name in the subject', () => {
    const settings = someSettings({ sessionName: 'slug', subjectTemplate: '{{session_name}}' });

    expect(renderInvitation(settings, someInputs()).subject).toBe('Example Session');
  });
});

describe('Convoke’s own template', () => {
  test.each([
    ['own-full.html', someInputs()],
    ['own-bare.html', BARE_INPUTS],
  ])('gives %s', (file, inputs) => {
    expect(`${bodyOf(OWN, inputs)}\n`).toBe(golden(file));
  });

  it('links to the session', () => {
    const links = attributesOf(bodyOf(OWN, someInputs({ slug_name: 'own' }))).map(({ attributes }) => attributes.href);

    expect(links).toContain('https://platform.example.com/learn/courses/190/session/54/own');
  });
});

describe('values', () => {
  it('are escaped where the template shows them plainly', () => {
    expect(bodyOf('<p title={{course_name}}>{{course_name}}</p>', AWKWARD)).toBe(
      [
        '<p title=Health &amp; safety: &lt;basics&gt; &quot;A/B&quot; &#39;C&#39; &#96;d&#96; e&#61;f>',
        'Health &amp; safety: &lt;basics&gt; &quot;A/B&quot; &#39;C&#39; &#96;d&#96; e&#61;f</p>',
      ].join(''),
    );
  });

  test.each(['{{&course_description}}', '{{{course_description}}}'])('are sanitised, not escaped, at %s', (tag) => {
    const inputs = someInputs({ course_description: '<b>a</b><script>b</script>' });

    expect(renderInvitation(someSettings({ bodyTemplate: tag }), inputs)).toMatchObject({
      html: '<b>a</b>',
      omissions: ['active-content'],
    });
  });

  test.each([
    ['<a title="{{&course_name}}">a</a>', '<a title="&quot; onclick&#61;&quot;x">a</a>'],
    ["<a title='{{&course_name}}'>a</a>", "<a title='&quot; onclick&#61;&quot;x'>a</a>"],
    [
      '<a {{#event_name}}title="{{{course_name}}}"{{/event_name}}>{{&course_name}}</a>',
      '<a title="&quot; onclick&#61;&quot;x">" onclick="x</a>',
    ],
    ['<!-- {{&course_name}} -->{{&course_name}}', '<!-- &quot; onclick&#61;&quot;x -->" onclick="x'],
  ])('cannot leave the tag that shows them raw: %s', (bodyTemplate, html) => {
    expect(bodyOf(bodyTemplate, someInputs({ course_name: '" onclick="x' }))).toBe(html);
  });

  it('are never run, whatever their name', () => {
    const inputs = someInputs({ extra: { note: '{{course_name}}' } });

    expect(bodyOf('{{note}}|{{constructor}}|{{#toString}}a{{/toString}}|{{&valueOf}}|', inputs)).toBe(
      '{{course_name}}||||',
    );
  });

  it('come from additional fields as well, but never over the guide’s own', () => {
    const inputs = someInputs({ extra: { room_note: 'Ring twice', course_name: 'other' } });

    expect(bodyOf('{{room_note}} {{course_name}}', inputs)).toBe('Ring twice Working at heights');
  });

  it('have no control characters and no half characters', () => {
    expect(bodyOf('{{course_name}}', someInputs({ course_name: 'a\u0000b\u000bc\uD800d\u{1F600}' }))).toBe(
      'abcd\u{1F600}',
    );
  });

  it('show flags as true and false, and a section’s own value as a dot', () => {
    const template = '{{is_location_present}} {{is_classroom_present}}{{#event_name}} {{.}}{{/event_name}}';

    expect(bodyOf(template, { ...someInputs(), is_classroom_present: false })).toBe('true false Day 1');
  });
});

describe('a template whose tags do not match', () => {
  it('still gives a body that can be put into another', () => {
    const template =
      '<html><body><div>{{#event_name}}<table><tr><td>{{event_name}}{{/event_name}}<p>{{&course_description}}';

    expect(bodyOf(template, someInputs())).toBe(
      '<div><table><tr><td>Day 1<p></p><p>Harness, anchor, rescue.</p></td></tr></table></div>',
    );
  });
});

describe('the subject', () => {
  const subjectOf = (subjectTemplate: string, inputs = someInputs()) => {
    const { subject, omissions } = renderInvitation(someSettings({ subjectTemplate }), inputs);
    return { subject, omissions };
  };

  it('names course, session and event by default', () => {
    const { subject } = renderInvitation(someSettings(), someInputs());

    expect(subject).toBe('Working at heights: Example Session (Day 1)');
  });

  it('is plain text on one line', () => {
    const inputs = someInputs({ course_name: 'R&D <1>\n "x"' });

    expect(subjectOf(' {{course_name}}\n{{&course_name}} ', inputs)).toEqual({
      subject: 'R&D <1> "x" R&D <1> "x"',
      omissions: [],
    });
  });

  it('is cut at Exchange’s limit, never within a character', () => {
    const inputs = someInputs({ course_name: `${'x'.repeat(253)}\u{1F600}\u{1F600}` });

    expect(subjectOf('{{course_name}}', inputs)).toEqual({
      subject: `${'x'.repeat(253)}…`,
      omissions: ['subject-too-long'],
    });
  });

  it('is kept whole at the limit', () => {
    const course_name = 'x'.repeat(255);

    expect(subjectOf('{{course_name}}', someInputs({ course_name }))).toEqual({ subject: course_name, omissions: [] });
  });

  it('is the session’s id when nothing is left of it', () => {
    expect(subjectOf('{{webinar_tool}}', BARE_INPUTS)).toEqual({ subject: 'Session 54', omissions: ['subject-empty'] });
  });
});

describe('a body that is too large', () => {
  const LIMIT = 256 * 1024;
  const long = (letter: string, kilobytes: number) => `<p>${letter.repeat(kilobytes * 1024)}</p>`;
  const size = (html: string) => Buffer.byteLength(html, 'utf8');

  it('loses its longest text to a link, and only that', () => {
    const inputs = someInputs({ course_description: long('a', 100), session_description: long('b', 200) });

    const { html, omissions } = renderInvitation(someSettings({ bodyTemplate: GUIDE }), inputs);

    expect(size(html)).toBeLessThanOrEqual(LIMIT);
    expect(omissions).toEqual(['body-too-large']);
    expect(html).toContain(long('a', 100));
    expect(html).not.toContain('bbb');
    expect(html).toContain(
      '<b>Session Description:</b> <a href="https://platform.example.com/learn/courses/190/session/54/example-session">This text is too long for an invitation: read it in Docebo</a><br>',
    );
    expect(unbalancedTags(html)).toEqual([]);
  });

  it('loses as many as it takes', () => {
    const inputs = someInputs({
      course_description: long('a', 150),
      session_description: long('b', 200),
      event_description: long('c', 180),
    });

    const { html } = renderInvitation(someSettings({ bodyTemplate: OWN }), inputs);

    expect(size(html)).toBeLessThanOrEqual(LIMIT);
    expect(html).toContain('aaa');
    expect(html).not.toContain('bbb');
    expect(html).not.toContain('ccc');
  });

  it('is measured in bytes, as shown: image data that is left out does not count', () => {
    const picture = `<p>a picture<img src="data:image/png;base64,${'A'.repeat(400 * 1024)}"></p>`;
    const inputs = someInputs({ course_description: picture, session_description: long('é', 130) });

    const { html, omissions } = renderInvitation(someSettings({ bodyTemplate: GUIDE }), inputs);

    expect(omissions).toEqual(['body-too-large', 'data-images']);
    expect(html).toContain('<p>a picture</p>');
    expect(html).not.toContain('ééé');
  });

  it('shows the bare address where the template escapes', () => {
    const inputs = someInputs({ event_description: long('a', 300) });

    expect(
      bodyOf(
        '<p>{{#event_description}}{{#is_location_present}}{{^webinar_tool}}a{{/webinar_tool}}{{.}}{{/is_location_present}}{{/event_description}} {{is_location_present}}</p>',
        inputs,
      ),
    ).toBe('<p>https://platform.example.com/learn/courses/190/session/54/example-session true</p>');
  });

  it('is refused when the template alone is too large', () => {
    const bodyTemplate = '{{#course_id}}x{{/course_id}}'.padEnd(300 * 1024, '.');

    const error = thrownConfigError(() => bodyOf(bodyTemplate, someInputs()));

    expect(error.code).toBe('TEMPLATE_TOO_LARGE');
    expect(error.problems).toEqual([
      'invitation.html: the body exceeds 261120 bytes although every long text is left out; shorten the template',
    ]);
  });
});

describe('a broken template', () => {
  it('is refused with its name and line, as at start-up', () => {
    const settings = someSettings({ bodyTemplate: 'a\n{{#event_name}}' });

    const error = thrownConfigError(() => renderInvitation(settings, someInputs()));

    expect(error.code).toBe('TEMPLATE_SYNTAX');
    expect(error.problems).toEqual([
      'invitation.html line 2: the section {{#event_name}} is not closed; write {{/event_name}} after it, or {{event_name}} if it should just be shown',
    ]);
    expect(thrownConfigError(() => checkTemplate(settings, [])).problems).toEqual(error.problems);
  });
});
