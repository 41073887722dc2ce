import type { PlatformReport } from '../contract/messages';
import { mergeUnknownShapes } from '../domain/merge-unknown-shapes';
import type { PlatformKey } from '../domain/model';
import type { Clock } from '../domain/ports';

const TICK_MS = 5_000;
const RETRY_MS = 60_000;
/** Different things to tell of one platform at a time; beyond it they are counted only. */
const MAX_FOLDS = 150;
/** A fold without news is forgotten this long after it might have been sent again. */
const FORGET_MS = 60 * 60_000;

export interface Addition {
  readonly platform: PlatformKey;
  /** What is folded together: reports of one kind, about one thing. */
  readonly key: string;
  /** Least time between two signals of this fold. */
  readonly everyMs: number;
  readonly report: PlatformReport;
}

export interface FoldCounts {
  /** Signals. */
  readonly sent: number;
  readonly failed: number;
  /** Reports (not signals) that nobody will see. */
  readonly dropped: number;
}

interface Fold {
  readonly platform: PlatformKey;
  readonly everyMs: number;
  /** null: nothing to tell. */
  waiting: PlatformReport | null;
  notBeforeMs: number;
  isSending: boolean;
}

export interface ReportProblem {
  readonly what: 'signal-failed' | 'reports-dropped';
  readonly platform: PlatformKey;
  readonly kind: PlatformReport['kind'];
  /** Reports. */
  readonly count: number;
  readonly cause?: unknown;
}

export interface ReportFolds {
  add(addition: Addition): void;
  close(): Promise<void>;
  counts(): FoldCounts;
}

/** Keeps reports until they may be sent, each fold at its own pace; the first goes at once. Never throws. */
export function createReportFolds(options: {
  readonly clock: Clock;
  readonly send: (platform: PlatformKey, report: PlatformReport) => Promise<void>;
  readonly onProblem: (problem: ReportProblem) => void;
}): ReportFolds {
  const { clock, send, onProblem } = options;
  const folds = new Map<string, Fold>();
  const underWay = new Set<Promise<void>>();
  const counts = { sent: 0, failed: 0, dropped: 0 };
  let isClosed = false;
  const timer = setInterval(tick, TICK_MS);
  timer.unref();

  function nowMs(): number {
    return clock.now().getTime();
  }

  function add(addition: Addition): void {
    const { platform, report } = addition;
    const id = `${platform} ${report.kind} ${addition.key}`;
    const fold = isClosed ? null : (folds.get(id) ?? open(id, addition));
    if (fold === null) {
      drop(platform, report);
      return;
    }
    fold.waiting = joinReports(fold.waiting, report);
    sendIfDue(fold);
  }

  function open(id: string, { platform, everyMs }: Addition): Fold | null {
    const ofPlatform = [...folds.values()].filter((fold) => fold.platform === platform);
    if (ofPlatform.length >= MAX_FOLDS) return null;
    const fold: Fold = { platform, everyMs, waiting: null, notBeforeMs: 0, isSending: false };
    folds.set(id, fold);
    return fold;
  }

  function sendIfDue(fold: Fold): void {
    if (fold.waiting !== null && !fold.isSending && nowMs() >= fold.notBeforeMs) sendNow(fold, fold.waiting);
  }

  function sendNow(fold: Fold, report: PlatformReport): void {
    fold.waiting = null;
    fold.isSending = true;
    fold.notBeforeMs = nowMs() + fold.everyMs;
    const work = attempt(fold, report).finally(() => underWay.delete(work));
    underWay.add(work);
  }

  async function attempt(fold: Fold, report: PlatformReport): Promise<void> {
    try {
      await send(fold.platform, report);
      counts.sent += 1;
    } catch (cause) {
      counts.failed += 1;
      fold.waiting = fold.waiting === null ? report : joinReports(report, fold.waiting);
      fold.notBeforeMs = nowMs() + Math.min(RETRY_MS, fold.everyMs);
      onProblem({ what: 'signal-failed', platform: fold.platform, kind: report.kind, count: report.count, cause });
    } finally {
      fold.isSending = false;
    }
  }

  function tick(): void {
    for (const [id, fold] of folds) {
      sendIfDue(fold);
      const isIdle = fold.waiting === null && !fold.isSending;
      if (isIdle && nowMs() >= fold.notBeforeMs + FORGET_MS) folds.delete(id);
    }
  }

  function drop(platform: PlatformKey, { kind, count }: PlatformReport): void {
    counts.dropped += count;
    onProblem({ what: 'reports-dropped', platform, kind, count });
  }

  async function close(): Promise<void> {
    if (isClosed) return;
    isClosed = true;
    clearInterval(timer);
    await Promise.all(underWay);
    for (const fold of folds.values()) if (fold.waiting !== null) sendNow(fold, fold.waiting);
    await Promise.all(underWay);
    for (const { platform, waiting } of folds.values()) if (waiting !== null) drop(platform, waiting);
    folds.clear();
  }

  return { add, close, counts: () => ({ ...counts }) };
}

/** Two reports of one fold as one. */
function joinReports(before: PlatformReport | null, after: PlatformReport): PlatformReport {
  if (before === null) return after;
  const count = before.count + after.count;
  const at = before.at > after.at ? before.at : after.at;
  if (before.kind === 'unknown-event' && after.kind === 'unknown-event') {
    return { ...after, count, at, shape: mergeUnknownShapes(before.shape, after.shape) };
  }
  return { ...after, count, at };
}
