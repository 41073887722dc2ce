import type { Fault } from '../../simulators/kit/faults';
import type { Draw, Weighted } from './draw';
import type { PlannedFault } from './round';

const GRAPH: Weighted<readonly [name: string, match: string]> = [
  [5, ['create', '^POST /v1.0/users/[^/]+/events$']],
  [5, ['change', '^PATCH /v1.0/users/[^/]+/events/']],
  [3, ['read', '^GET /v1.0/users/[^/]+/events/[^/?]+(\\?|$)']],
  [2, ['cancel', '^POST /v1.0/users/[^/]+/events/[^/]+/cancel']],
  [2, ['find', '^GET /v1.0/users/[^/]+/events\\?']],
  [1, ['view', '^GET /v1.0/users/[^/]+/calendarView']],
  [4, ['any', '^(GET|POST|PATCH|DELETE) /v1.0/']],
  [1, ['token', '^POST /[^/]+/oauth2/v2.0/token']],
];
const DOCEBO: Weighted<readonly [name: string, match: string]> = [
  [2, ['session', '^GET /course/v1/sessions/[0-9]+$']],
  [3, ['enrolments', '^GET /course/v1/sessions/[0-9]+/enrollments']],
  [2, ['events', '^GET /course/v1/sessions/[0-9]+/events']],
  [2, ['instructors', '^GET /course/v1/events/[0-9]+/instructors']],
  [2, ['course', '^GET /course/v1/courses/[0-9]+(/sessions.*)?$']],
  [2, ['person', '^GET /manage/v1/user/[0-9]+']],
  [4, ['any', '^GET /(course|learn|manage|learningplan)/']],
  [1, ['token', '^POST /oauth2/token']],
];
/** Docebo is told answers by this. */
const WRITE_BACK = '^PUT /course/v1/sessions/';

type Kind = readonly [label: string, make: (draw: Draw) => Partial<Fault> & Pick<Fault, 'kind'>];

const HTML = '<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>';

const status = (code: number, more: { retryAfter?: number | string; body?: unknown } = {}): Kind => [
  String(code),
  () => ({ kind: 'status', status: code, ...more }),
];
/** Whatever passes: repeated at once or a little later it works. */
const PASSING: Weighted<Kind> = [
  [4, ['429 with Retry-After', (draw) => ({ kind: 'status', status: 429, retryAfter: draw.between(1, 3) })]],
  [2, ['429 without Retry-After', () => ({ kind: 'status', status: 429 })]],
  [2, status(500)],
  [2, ['502 with HTML', () => ({ kind: 'status', status: 502, body: HTML })]],
  [2, status(503)],
  [1, ['503 with Retry-After', () => ({ kind: 'status', status: 503, retryAfter: 1 })]],
  [2, status(504)],
  [3, ['reset', () => ({ kind: 'reset' })]],
  [2, ['truncated JSON', () => ({ kind: 'truncated' })]],
  [1, ['no JSON', () => ({ kind: 'wrongJson' })]],
  [3, ['slow', (draw) => ({ kind: 'latency', ms: draw.between(100, 2_500) })]],
  [2, ['hang before', () => ({ kind: 'hold', where: 'before' })]],
  [2, ['hang after commit', () => ({ kind: 'hold', where: 'afterCommit' })]],
  [4, ['commit, then 503', () => ({ kind: 'commitThenFail', status: 503 })]],
  [2, ['commit, then 504', () => ({ kind: 'commitThenFail', status: 504 })]],
  [4, ['commit, then reset', () => ({ kind: 'commitThenFail', reset: true })]],
];
/** What says that the caller is wrong, or that somebody must act. */
const REFUSING: Weighted<Kind> = [
  [3, status(401)],
  [2, status(403)],
  [3, status(409)],
  [3, status(412)],
  [2, status(404, { body: { error: { code: 'ErrorItemNotFound', message: 'Not found in the store.' } } })],
];

export function drawFault(draw: Draw): PlannedFault {
  const side = draw.happens(0.6) ? 'graph' : 'docebo';
  if (side === 'docebo' && draw.happens(0.1))
    return toFault(draw, side, ['answer', WRITE_BACK], draw.weighted(PASSING));
  const target = draw.weighted(side === 'graph' ? GRAPH : DOCEBO);
  const kind = draw.weighted(draw.happens(0.25) ? REFUSING : PASSING);
  return toFault(draw, side, target, kind);
}

function toFault(
  draw: Draw,
  side: PlannedFault['side'],
  [target, match]: readonly [string, string],
  [label, make]: Kind,
): PlannedFault {
  const made = make(draw);
  // A 403 lasts: a right was taken away. A 404 that lasts would be the truth, not a fault.
  const lasting = label === '403' ? 0.8 : label === '404' ? 0 : 0.15;
  const times = draw.happens(lasting) ? 0 : draw.between(1, label === '404' ? 1 : 3);
  // What strikes until it is taken away goes soon; the rest waits for its moment.
  const rounds = times === 0 || made.kind === 'hold' ? draw.between(2, 5) : draw.between(10, 25);
  const fault = { ...made, match, times, after: draw.happens(0.3) ? draw.between(1, 3) : 0 } as Fault;
  return { side, label: `${side} ${target}: ${label}`, fault, rounds };
}
