import { IANAZone } from 'luxon';
import type { WorkingHours } from '../../domain/sweep/judge-silence';
import { DEFAULT_SWEEP } from '../../domain/sweep/sweep-settings';
import type { ConfigContext } from './config-context';
import { toMilliseconds } from './durations';
import { refuseUnderASecond } from './floors';

/** When the scheduled work runs. */
export interface SchedulesConfig {
  /** IANA zone of `sweepAllAt` and of the working hours. */
  readonly timeZone: string;
  readonly rsvpPollMs: number;
  readonly sweepMs: number;
  /** Wall time `HH:MM`: the first sweep at or after it walks through all future sessions. */
  readonly sweepAllAt: string;
  /** Docebo calls that one sweep may cost, with those that its hints cause. */
  readonly sweepCalls: number;
  /** What every sweep looks at: sessions that begin within this time. */
  readonly sweepNearMs: number;
  readonly failureDigestMs: number;
  /** Working time without a webhook that counts as silence. */
  readonly silence: { readonly limitMs: number; readonly workingHours: WorkingHours };
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const DEFAULTS = {
  timeZone: 'UTC',
  rsvpPoll: '5m',
  sweep: '1h',
  sweepAllAt: '02:30',
  sweepCalls: DEFAULT_SWEEP.maxCalls,
  sweepNear: '14d',
  failureDigest: '1h',
} as const;
/** Docebo switches a webhook off after 60 hours without a delivery; this leaves a working day to react. */
const SILENCE = { after: '8h', days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '18:00' } as const;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export function toSchedules(context: ConfigContext): SchedulesConfig {
  const { silence: ownSilence, ...own } = context.file.schedules ?? {};
  const times = { ...DEFAULTS, ...own };
  const silence = { ...SILENCE, ...ownSilence };
  if (!IANAZone.isValidZone(times.timeZone)) {
    context.report(
      ['schedules', 'timeZone'],
      `"${times.timeZone}" is no time zone; write an IANA name such as Europe/Rome`,
    );
  }
  for (const name of ['rsvpPoll', 'sweep', 'failureDigest'] as const) {
    const ms = toMilliseconds(times[name]);
    if (context.environment === 'production' && ms < MINUTE_MS) {
      context.report(['schedules', name], `is ${times[name]}; in production at least 1m, since every run costs calls`);
    } else {
      refuseUnderASecond(context, ['schedules', name], times[name], ": Temporal's schedules know no less");
    }
  }
  if (toMilliseconds(times.failureDigest) > DAY_MS) {
    context.report(
      ['schedules', 'failureDigest'],
      `is ${times.failureDigest}; at most 1d, since a failure that lasts is mailed daily`,
    );
  }
  if (silence.from >= silence.to) {
    context.report(['schedules', 'silence'], `from ${silence.from} is not before to ${silence.to}`);
  }
  return {
    timeZone: times.timeZone,
    rsvpPollMs: toMilliseconds(times.rsvpPoll),
    sweepMs: toMilliseconds(times.sweep),
    sweepAllAt: times.sweepAllAt,
    sweepCalls: times.sweepCalls,
    sweepNearMs: toMilliseconds(times.sweepNear),
    failureDigestMs: toMilliseconds(times.failureDigest),
    silence: {
      limitMs: toMilliseconds(silence.after),
      workingHours: { days: silence.days.map((day) => DAYS.indexOf(day) + 1), from: silence.from, to: silence.to },
    },
  };
}
