import type { Instant } from './model';

/** `2026-12-24 09:00:05` in UTC. */
export function showTime(at: Instant | null): string {
  return at === null ? '-' : at.slice(0, 19).replace('T', ' ');
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
