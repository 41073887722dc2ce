import { toGuideSlug, toSessionSlug } from '../../../../src/domain/rendering/session-slug';

describe('the slug of Docebo Connect’s guide', () => {
  // Right column: what Ruby 3.3 answers to the guide's expression, its hyphens read as hyphens.
  test.each([
    ['Example Session', 'example-session'],
    ['Führung & Team', 'fhrung-team'],
    ['  Safety -- Day 1  ', '-safety-day-1-'],
    ['A=B = C', 'a-b-c'],
    ['Łódź 2026', 'd-2026'],
    ['日本語', ''],
    ['Q&A: 50% off!', 'qa-50-off'],
    ['tab\there', 'tab-here'],
    ['line\nbreak', 'line-break'],
    ['vertical\u000btab\fform feed', 'vertical-tab-form-feed'],
    ['no\u00a0break', 'nobreak'],
    ['\u212Aelvin İstanbul', 'kelvin-istanbul'],
    ['under_score', 'underscore'],
    ['ΑΣ x', '-x'],
    ['x=', 'x-'],
    ['--', '-'],
    ['3 / 4', '3-4'],
    ['', ''],
  ])('makes %j into %j', (name, slug) => {
    expect(toGuideSlug(name)).toBe(slug);
  });
});

describe('the slug of the session link', () => {
  it('is the one that Docebo gives', () => {
    expect(toSessionSlug('docebos-own', 'Example Session')).toBe('docebos-own');
  });

  test.each([
    ['Example Session', 'example-session'],
    ['Führung & Team', 'fuhrung-team'],
    ['  Mañana – día 2  ', 'manana-dia-2'],
    ['no\u00a0break', 'no-break'],
    ['日本語', 'session'],
  ])('keeps the letters of %j when Docebo gives none', (name, slug) => {
    expect(toSessionSlug(null, name)).toBe(slug);
  });

  it('does not take a blank slug from Docebo', () => {
    expect(toSessionSlug('  ', 'Example Session')).toBe('example-session');
  });
});
