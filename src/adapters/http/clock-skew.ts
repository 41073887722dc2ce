import { UpstreamError } from '../../domain/errors';
import type { ClockSkew } from '../../domain/inspection/facts';
import type { Clock } from '../../domain/ports';
import type { Fetch } from './fetch-json';

const TIMEOUT_MS = 10_000;

/**
 * By the header Date of an answer to a HEAD request, whatever its status: the header has seconds alone, and the way there and back takes its
 * time, so that less than two seconds mean nothing.
 */
export function createClockSkew(options: {
  readonly system: 'DOCEBO' | 'GRAPH';
  readonly url: string;
  readonly clock: Clock;
  readonly fetch: Fetch;
}): ClockSkew {
  const { system, url, clock, fetch } = options;
  return async () => {
    const sentMs = clock.now().getTime();
    let date: string | null;
    try {
      const limits = { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) } as const;
      date = (await fetch(url, { method: 'HEAD', ...limits })).headers.get('date');
    } catch (cause) {
      throw new UpstreamError(`${system} does not answer`, { code: `${system}_UNAVAILABLE`, cause });
    }
    const told = Date.parse(date ?? '');
    if (Number.isNaN(told)) {
      throw new UpstreamError(`${system} does not tell its time`, { code: `${system}_UNAVAILABLE` });
    }
    const hereMs = (sentMs + clock.now().getTime()) / 2;
    // The header is cut to its second.
    return Math.round(told + 500 - hereMs);
  };
}
