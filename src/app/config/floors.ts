import type { ConfigContext } from './config-context';
import { toMilliseconds } from './durations';
import type { SettingPath } from './parse-yaml';

const SECOND_MS = 1_000;

/** Reports a duration of less than a second. `why`: what speaks against less, as the message goes on after "write at least 1s". */
export function refuseUnderASecond(context: ConfigContext, at: SettingPath, duration: string, why = ''): void {
  if (toMilliseconds(duration) < SECOND_MS) context.report(at, `is ${duration}; write at least 1s${why}`);
}
