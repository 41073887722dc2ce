import type { Pace } from '../../domain/settings';
import type { ConfigContext } from './config-context';
import type { ConnectSettings } from './docebo-connect';
import { showDuration, toMilliseconds } from './durations';
import { refuseUnderASecond } from './floors';

const DEFAULTS = {
  coalesce: '5s',
  settle: '60s',
  retry: ['1m', '5m', '30m', '2h'],
  grace: '7d',
  rollOver: '30d',
  hintMemory: '7d',
} as const;

export function toPace(context: ConfigContext, connect: ConnectSettings): Pace {
  const pace = { ...DEFAULTS, ...context.file.pace };
  // Zero would be a loop without a pause.
  pace.retry.forEach((wait, i) => refuseUnderASecond(context, ['pace', 'retry', i], wait));
  refuseUnderASecond(context, ['pace', 'rollOver'], pace.rollOver);
  return {
    coalesceMs: toMilliseconds(pace.coalesce),
    settleMs: toMilliseconds(pace.settle),
    retryMs: pace.retry.map(toMilliseconds),
    graceMs: toMilliseconds(pace.grace),
    rollOverMs: toMilliseconds(pace.rollOver),
    hintMemoryMs: toHintMemory(context, connect),
  };
}

/**
 * Docebo Connect forgets message ids after an hour, because its table must stay small. Docebo repeats messages for longer than that, so
 * here its setting can lengthen the memory and not shorten it.
 */
function toHintMemory(context: ConfigContext, { webhookMemoryMs: row }: ConnectSettings): number {
  const own = context.file.pace?.hintMemory;
  const memoryMs = toMilliseconds(own ?? DEFAULTS.hintMemory);
  if (row === null || row.value === memoryMs) return memoryMs;
  if (row.value < memoryMs) {
    context.notice(
      `${row.place} is ${showDuration(row.value)}: accepted, but Convoke remembers message ids for ${showDuration(memoryMs)}, so that ` +
        'late repetitions are known as such (pace.hintMemory changes that).',
    );
    return memoryMs;
  }
  if (own !== undefined) {
    context.report(
      ['pace', 'hintMemory'],
      `is ${own}, but ${row.place} is ${showDuration(row.value)}; make them the same or take one out`,
    );
  }
  return row.value;
}
