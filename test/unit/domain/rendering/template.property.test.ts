import { fc } from '../../../support/properties';
import { BODY_LIMIT_BYTES, byteLength } from '../../../../src/domain/rendering/body-limit';
import { findTemplateProblems } from '../../../../src/domain/rendering/check-template';
import { renderInvitation } from '../../../../src/domain/rendering/render-invitation';
import { BARE_INPUTS, someInputs, someSettings } from './builders';

const NAMES = [
  'course_name',
  'course_description',
  'is_location_present',
  'webinar_tool',
  'location_name',
  '.',
  'nope',
];
const piece = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom(
    '<p>',
    '</p>',
    '<a href="',
    '">',
    '<!--',
    '-->',
    '<',
    '>',
    '"',
    "'",
    '{{',
    '}}',
    '{{=<% %>=}}',
    '{{! x }}',
  ),
  fc
    .tuple(fc.constantFrom('', '&', '#', '^', '/', '>', '!', '{', '='), fc.constantFrom(...NAMES))
    .map(([sign, name]) => `{{${sign}${name}${sign === '{' ? '}' : ''}}}`),
);
const section = fc
  .tuple(fc.constantFrom('#', '^'), fc.constantFrom(...NAMES), fc.array(piece, { maxLength: 3 }))
  .map(([sign, name, inside]) => `{{${sign}${name}}}${inside.join('')}{{/${name}}}`);
const template = fc.array(fc.oneof(piece, section), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));

/** In texts that templates show escaped, wherever they stand. */
const HOSTILE = '<script>hostile()</script><img src=x onerror=hostile()>';

describe('any template', () => {
  it('is refused at the start, or renders whatever is known of a session, within the limit', () => {
    let rendered = 0;
    fc.assert(
      fc.property(template, template, (bodyTemplate, subjectTemplate) => {
        const settings = someSettings({ bodyTemplate, subjectTemplate });
        if (findTemplateProblems(settings, []).length > 0) return;
        for (const inputs of [someInputs(), BARE_INPUTS, someInputs({ course_description: 'é'.repeat(400_000) })]) {
          const { subject, html } = renderInvitation(settings, inputs);
          rendered++;
          expect(byteLength(html)).toBeLessThanOrEqual(BODY_LIMIT_BYTES);
          expect(subject.length).toBeLessThanOrEqual(255);
          expect(subject).not.toMatch(/[\r\n]/);
        }
      }),
      { numRuns: 1_500 },
    );
    expect(rendered).toBeGreaterThan(60);
  });

  it('brings no program of an input into the invitation', () => {
    fc.assert(
      fc.property(template, (bodyTemplate) => {
        const settings = someSettings({ bodyTemplate });
        if (findTemplateProblems(settings, []).length > 0) return;
        const inputs = someInputs({ course_name: HOSTILE, course_description: HOSTILE, location_name: HOSTILE });
        expect(renderInvitation(settings, inputs).html).not.toMatch(/<script|onerror=/);
      }),
      { numRuns: 1_000 },
    );
  });
});
