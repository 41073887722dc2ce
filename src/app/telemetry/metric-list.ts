/** Both processes have it, or one of them. */
export type MetricProcess = 'api' | 'worker';

interface MetricSpec {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly of: MetricProcess | 'both';
  /** Of few values each: keys of the settings, kinds, codes. Never an id of a session or a person. */
  readonly labels: readonly string[];
  readonly help: string;
  /** Upper bounds of a histogram, in seconds. */
  readonly buckets?: readonly number[];
}

const ANSWER_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3.5, 5];
const CALL_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Every metric of Convoke's own; docs/observability.md explains each. Its name is an interface: dashboards and alerts hold it. */
export const METRICS = {
  buildInfo: metric('gauge', 'both', 'build_info', ['process', 'version', 'build'], 'Always 1; what runs here.'),
  codecFailures: metric('counter', 'both', 'codec_failures_total', ['code'], 'Payloads that could not be decrypted.'),

  webhookSeconds: metric(
    'histogram',
    'api',
    'webhook_duration_seconds',
    ['platform', 'outcome'],
    'Time to the answer of a webhook message: accepted or refused.',
    ANSWER_BUCKETS,
  ),
  webhooksRefused: metric(
    'counter',
    'api',
    'webhooks_refused_total',
    ['platform', 'code'],
    'Messages that got no 200.',
  ),
  webhookPayloads: metric(
    'counter',
    'api',
    'webhook_payloads_total',
    ['platform', 'became'],
    'Payloads of accepted messages: hint, ignored or unknown.',
  ),
  webhooksForeign: metric(
    'counter',
    'api',
    'webhooks_foreign_domain_total',
    ['platform'],
    'Accepted messages that name another Docebo than the settings.',
  ),
  webhookLastAt: metric(
    'gauge',
    'api',
    'webhook_last_accepted_timestamp_seconds',
    ['platform'],
    'When the last message was accepted, by this process.',
  ),
  notifications: metric(
    'counter',
    'api',
    'notifications_total',
    ['mailbox', 'kind'],
    "Graph's notifications: change, lifecycle, or forged (without the right secret).",
  ),
  notificationsRefused: metric(
    'counter',
    'api',
    'notifications_refused_total',
    ['mailbox', 'code'],
    "Graph's messages that got no 202.",
  ),

  calls: metric(
    'counter',
    'worker',
    'calls_total',
    ['system', 'target', 'kind', 'outcome'],
    'Requests to Docebo, Graph and Entra.',
  ),
  callSeconds: metric(
    'histogram',
    'worker',
    'call_duration_seconds',
    ['system', 'target'],
    'Time to the answer of a request.',
    CALL_BUCKETS,
  ),
  doceboBudget: metric('gauge', 'worker', 'docebo_calls_left', ['platform'], 'Calls that could be made at once.'),
  doceboBlocked: metric('gauge', 'worker', 'docebo_blocked_seconds', ['platform'], 'How long Docebo asked to wait.'),
  graphInFlight: metric('gauge', 'worker', 'graph_in_flight', ['mailbox'], 'Requests under way.'),
  graphWaiting: metric('gauge', 'worker', 'graph_waiting', ['mailbox'], 'Requests that wait for a slot.'),
  graphLeft: metric('gauge', 'worker', 'graph_requests_left', ['mailbox'], 'Requests left of the last 10 minutes.'),
  graphPaused: metric('gauge', 'worker', 'graph_paused_seconds', ['mailbox'], 'How long Graph asked to wait.'),

  plans: metric(
    'counter',
    'worker',
    'plans_total',
    ['platform', 'position'],
    'Plans made, by where the session stands.',
  ),
  planProblems: metric('counter', 'worker', 'plan_problems_total', ['platform', 'code'], 'Problems found by planning.'),
  steps: metric(
    'counter',
    'worker',
    'steps_total',
    ['mailbox', 'step', 'did'],
    'Steps of plans that were carried out.',
  ),
  peopleMailed: metric(
    'counter',
    'worker',
    'people_mailed_total',
    ['mailbox', 'mail'],
    'People whom a write made Graph mail: invitation, update or cancellation.',
  ),
  activityFailures: metric(
    'counter',
    'worker',
    'activity_failures_total',
    ['activity', 'code'],
    'Attempts of activities that failed.',
  ),
  sessions: metric('gauge', 'worker', 'sessions', ['platform', 'status'], "Running sessions by Temporal's SyncStatus."),

  rsvpPolls: metric('counter', 'worker', 'rsvp_polls_total', ['mailbox'], 'Polls of answers that came to their end.'),
  rsvpChanged: metric('counter', 'worker', 'rsvp_events_changed_total', ['mailbox'], 'Events whose answers changed.'),
  rsvpTold: metric('counter', 'worker', 'rsvp_sessions_told_total', ['mailbox'], 'Sessions told of answers.'),
  rsvpMissing: metric('counter', 'worker', 'rsvp_sessions_missing_total', ['mailbox'], 'Answers to unknown sessions.'),
  rsvpUnreadable: metric('gauge', 'worker', 'rsvp_events_unreadable', ['mailbox'], 'At the last poll; at most 20.'),
  rsvpInbox: metric('gauge', 'worker', 'rsvp_inbox_failing', ['mailbox'], '1: the last poll could not read the inbox.'),
  rsvpLastAt: metric('gauge', 'worker', 'rsvp_last_success_timestamp_seconds', ['mailbox'], 'End of the last poll.'),

  coverageSeats: metric('gauge', 'worker', 'coverage_seats', ['platform'], 'Seats that Docebo has, at the last sweep.'),
  coverageCovered: metric('gauge', 'worker', 'coverage_seats_covered', ['platform'], 'Of these, seats in calendars.'),
  coverageGap: metric(
    'gauge',
    'worker',
    'coverage_oldest_gap_seconds',
    ['platform'],
    'Age of the oldest gap; 0: none.',
  ),
  coverageUnknown: metric(
    'gauge',
    'worker',
    'coverage_sessions_unknown',
    ['platform'],
    'Sessions that nobody has asked yet whether they want invitations.',
  ),
  sweepLastAt: metric(
    'gauge',
    'worker',
    'sweep_last_success_timestamp_seconds',
    ['platform'],
    'End of the last sweep.',
  ),
  sweepFinished: metric('gauge', 'worker', 'sweep_finished', ['platform'], '0: the last sweep left something over.'),
  sweepCalls: metric('counter', 'worker', 'sweep_docebo_calls_total', ['platform'], 'Docebo calls of sweeps.'),
  sweepHints: metric('counter', 'worker', 'sweep_hints_total', ['platform', 'reason'], 'Sessions hinted by sweeps.'),
  sweepWaiting: metric('gauge', 'worker', 'sweep_sessions_waiting', ['platform'], 'Left over for want of budget.'),

  failing: metric('gauge', 'worker', 'failing_causes', [], 'Causes that fail, at the last digest.'),
  failuresMailed: metric(
    'counter',
    'worker',
    'failure_mails_causes_total',
    ['news'],
    'Causes told by failure mails: failure or recovery.',
  ),
  failuresUntold: metric('gauge', 'worker', 'failure_mails_untold', [], 'Causes for which nobody is named to be told.'),
  recipientsRefused: metric('counter', 'worker', 'failure_mails_refused_total', [], 'Recipients that were refused.'),
  digestLastAt: metric(
    'gauge',
    'worker',
    'failure_digest_last_success_timestamp_seconds',
    [],
    'End of the last digest.',
  ),
} as const;

export type MetricKey = keyof typeof METRICS;
export type LabelsOf<K extends MetricKey> = Readonly<Record<(typeof METRICS)[K]['labels'][number], string>>;

function metric<const L extends readonly string[]>(
  type: MetricSpec['type'],
  of: MetricSpec['of'],
  name: string,
  labels: L,
  help: string,
  buckets?: readonly number[],
): MetricSpec & { readonly labels: L } {
  return { type, of, name: `convoke_${name}`, labels, help, ...(buckets !== undefined && { buckets }) };
}
