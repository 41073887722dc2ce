/** 256 KB for an invitation's body, of which 1 KB stays free for the marker that the calendar store adds. */
export const BODY_LIMIT_BYTES = 255 * 1024;

/** Length in UTF-8, as it goes over the wire. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
