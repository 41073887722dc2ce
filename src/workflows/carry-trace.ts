import type { Headers, WorkflowInterceptors } from '@temporalio/workflow';
import { TRACE_HEADER } from '../contract/trace-header';

/** How long a message stands for what is done after it: longer than a burst and its first attempts, much shorter than a session's life. */
const STANDS_MS = 15 * 60_000;

/**
 * Hands the trace of the newest message on to the activities that follow it. Workflows make no spans: this adds no command and no wait, so
 * that a history replays with it and without. It is in every bundle, and does nothing where nobody traces.
 */
export function interceptors(): WorkflowInterceptors {
  let newest: { readonly carried: Headers[string]; readonly untilMs: number } | null = null;

  function note(headers: Headers): void {
    const carried = headers[TRACE_HEADER];
    newest = carried === undefined ? null : { carried, untilMs: Date.now() + STANDS_MS };
  }

  function withTrace<T extends { readonly headers: Headers }>(input: T): T {
    if (newest === null || Date.now() > newest.untilMs) return input;
    return { ...input, headers: { ...input.headers, [TRACE_HEADER]: newest.carried } };
  }

  return {
    inbound: [
      {
        execute(input, next) {
          note(input.headers);
          return next(input);
        },
        handleSignal(input, next) {
          note(input.headers);
          return next(input);
        },
        handleUpdate(input, next) {
          note(input.headers);
          return next(input);
        },
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => next(withTrace(input)),
        continueAsNew: (input, next) => next(withTrace(input)),
      },
    ],
  };
}
