/**
 * The slug that Docebo Connect's guide makes of a session's name (chapter "Generating Session Links"):
 * `.downcase.gsub(/[^a-zA-Z0-9=\s--]+/u, "").gsub(/[=\s--]+/u, "-")`.
 *
 * Ruby 3.3 refuses that character class as printed ("unmatched range specifier"); with its two hyphens read as hyphens it yields the
 * guide's example, and that reading was run in Ruby for the table of the unit test. It drops every letter outside a-z ("Führung" ->
 * "fhrung"), turns each run of blanks, hyphens and equals signs into one hyphen, and leaves hyphens at both ends. Ruby's `\s` is ASCII
 * also under `/u`: a no-break space is dropped, not turned into a hyphen. Where the guide prints the expression a second time it
 * has a hyphen for the equals sign; the two differ only in names with an equals sign, and the one that it says to add is imitated.
 */
export function toGuideSlug(sessionName: string): string {
  return sessionName
    .toLowerCase()
    .replace(/[^a-z0-9= \t\r\n\f\v-]+/g, '')
    .replace(/[= \t\r\n\f\v-]+/g, '-');
}

/**
 * The last part of the session's page address: Docebo's own slug when it gives one; else the guide's rule, with accents taken off
 * letters before it, all dashes and blanks as separators, and none at the ends. A name without any Latin letter or digit gives `session`.
 */
export function toSessionSlug(slugName: string | null, sessionName: string): string {
  const own = slugName?.trim() ?? '';
  if (own !== '') return own;
  const latin = sessionName
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[\p{Pd}\p{Zs}]+/gu, ' ');
  return toGuideSlug(latin).replace(/^-|-$/g, '') || 'session';
}
