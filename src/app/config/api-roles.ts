/**
 * What a caller of the api may do: `read` sessions, coverage and health (ids, counts and codes); `operate`: resync, hold, release and
 * terminate, and read as well; `decode`: see stored data in plain text, which holds names and addresses. None but `operate` includes another.
 */
export const API_ROLES = ['read', 'operate', 'decode'] as const;
export type ApiRole = (typeof API_ROLES)[number];

export function isApiRole(text: string): text is ApiRole {
  return (API_ROLES as readonly string[]).includes(text);
}
