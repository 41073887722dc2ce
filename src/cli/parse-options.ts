import { InvalidArgumentError, Option } from 'commander';
import { didYouMean } from '../domain/closest-name';

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

export function platformOption(): Option {
  return new Option('--platform <key>', 'key of the Docebo platform in convoke.yaml; may be left out if there is one');
}

export function asOption(): Option {
  return new Option('--as <operator>', "who asks, for the session's journal; else the user of this machine");
}

export function yesOption(): Option {
  return new Option('--yes', 'do not ask for confirmation');
}

/** Milliseconds of `90s`, `15m`, `6h`, `3d`, `2w`. */
export function parseDuration(text: string): number {
  const [, number, unit = ''] = /^(\d{1,6})([smhdw])$/.exec(text) ?? [];
  const ms = UNITS_MS[unit];
  if (number === undefined || ms === undefined)
    throw new InvalidArgumentError('Write a duration such as 15m, 6h or 3d.');
  return Number(number) * ms;
}

/** An instant: `2026-12-24`, `2026-12-24T09:00Z`, or a duration from now. */
export function parseInstant(now: () => Date): (text: string) => string {
  return (text) => {
    if (/^\d+[smhdw]$/.test(text)) return new Date(now().getTime() + parseDuration(text)).toISOString();
    const isDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
    const time = isDate ? Date.parse(text) : NaN;
    if (Number.isNaN(time)) {
      throw new InvalidArgumentError(
        'Write a date (2026-12-24), a time with its zone (2026-12-24T09:00Z), or 3d for "in three days".',
      );
    }
    return new Date(time).toISOString();
  };
}

export function parseCount(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a number from 1 on.');
}

/** For ids of Docebo's. */
export function parseId(text: string): string {
  if (/^\d+$/.test(text)) return text;
  throw new InvalidArgumentError('Write the id that Docebo shows: digits alone.');
}

/** One or several of a list, with commas. */
export function parseSome<T extends string>(allowed: readonly T[]): (text: string) => T[] {
  return (text) =>
    text.split(',').map((name) => {
      const found = allowed.find((a) => a === name.trim());
      if (found !== undefined) return found;
      throw new InvalidArgumentError(`It is one or several of ${allowed.join(', ')}${didYouMean(name, allowed)}.`);
    });
}
