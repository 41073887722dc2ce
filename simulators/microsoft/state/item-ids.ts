import { randomBytes } from 'node:crypto';

/**
 * Ids as Exchange makes them: base64url with padding, case-sensitive. Every second base differs from the one before only in
 * the case of its letters, so that whoever compares ids without case mixes two items up.
 */
export function nextIdBase(last: string | null): string {
  if (last !== null && last.startsWith('B')) return swapCase(last);
  return `B${randomBytes(15).toString('base64url')}`;
}

/** The immutable id: lasts as long as the item stays in its mailbox. */
export function immutableId(base: string): string {
  return `AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A_${base}AAAA==`;
}

/** The default id: names the folder too, so it changes when the item moves. */
export function restId(base: string, move: number): string {
  return `AAMkAGI2TG9iAAA-${move.toString(36).padStart(4, '0')}_${base}AAA=`;
}

/** Ids of containers (calendars, folders) are constant in both kinds. */
export function containerId(): string {
  return `AAMkAGI2TG9iAAAuAAAA-_${randomBytes(15).toString('base64url')}AAA=`;
}

export function newChangeKey(): string {
  return `CQAAABYAAAD${randomBytes(9).toString('base64')}AAAA`;
}

function swapCase(text: string): string {
  return text.replace(/[a-z]/gi, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase()));
}
