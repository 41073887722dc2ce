import type { HintKind } from '../../domain/hints';
import type { Instant, PlatformKey } from '../../domain/model';
import type { Clock, Digest, SessionHints } from '../../domain/ports';
import type { DeepRead } from '../../domain/sweep/choose-deep-reads';
import { shortHash } from '../../domain/sweep/session-row';

/** Temporal's answer to one signalWithStart. */
const HINT_DEADLINE_MS = 10_000;
const AT_ONCE = 10;

/**
 * Hints each session. The key is one sweep's: a later attempt of the same sweep repeats it, and the session drops it; the next sweep has
 * another, since a row that went back and forth meanwhile looks the same and is not.
 *
 * @throws UpstreamError `TEMPORAL_*` when a hint was not stored.
 */
export async function sendHints(
  ports: { readonly hints: SessionHints; readonly clock: Clock; readonly digest: Digest },
  sweep: { readonly platform: PlatformKey; readonly startedAt: Instant; readonly kind: HintKind },
  reads: readonly DeepRead[],
): Promise<void> {
  const { platform, startedAt } = sweep;
  for (let at = 0; at < reads.length; at += AT_ONCE) {
    const receivedAt = ports.clock.now().toISOString();
    await Promise.all(
      reads.slice(at, at + AT_ONCE).map(({ sessionId, courseId, reason }) => {
        const kind = reason === 'sample' ? 'sample' : sweep.kind;
        const key = `${kind}-${shortHash(ports.digest, `${startedAt} ${platform} ${sessionId}`)}`;
        const hints = [{ key, kind, courseId, eventId: null, userId: null }];
        const batch = { target: { kind: 'session', sessionId } as const, receivedAt, hints };
        return ports.hints.hint({ platform, batch, deadlineMs: HINT_DEADLINE_MS });
      }),
    );
  }
}
