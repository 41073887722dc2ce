const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of `500ms`, `10s`, `5m`, `2h` or `7d`; the schema lets nothing else through. */
export function toMilliseconds(duration: string): number {
  const [, amount, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(duration) ?? [];
  return Number(amount) * UNITS[unit as keyof typeof UNITS];
}

/** The largest unit that gives a whole number: `7d`. */
export function showDuration(milliseconds: number): string {
  const [unit, size] = Object.entries(UNITS).findLast(([, ms]) => milliseconds % ms === 0) ?? ['ms', 1];
  return `${milliseconds / size}${unit}`;
}

/** Bytes of `512KB` or `1MB`. */
export function toBytes(size: string): number {
  return parseInt(size, 10) * 1024 ** (size.endsWith('MB') ? 2 : 1);
}
