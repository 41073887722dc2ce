import type { PayloadCodec } from '@temporalio/common';
import type { FastifyServerOptions } from 'fastify';
import type { DryRunReport } from '../app/dry-run';
import type { Operator } from '../app/open-operator';
import type { RequestTracing } from '../app/telemetry/tracing';
import type { MailboxKey, PlatformKey, SessionRef } from '../domain/model';
import type { Clock, PlatformReports, ReadWebhook, SessionHints } from '../domain/ports';
import type { ApiAccess } from './auth/authenticate';
import type { MailboxWatch } from '../domain/rsvp/notifications';
import type { BasicCredential } from './credentials';

/** One Docebo platform as the ingress sees it. */
export interface PlatformIngress {
  readonly readWebhook: ReadWebhook;
  /** All that are accepted now: during a password change the old one stays, since queued messages keep it. At least one. */
  readonly credentials: readonly BasicCredential[];
  /** The host that Docebo names in `original_domain`; null: not compared. */
  readonly originalDomain: string | null;
}

/** What operators count. Implementations must not throw. */
export interface IngressMetrics {
  /** A message whose hints Temporal has stored. */
  webhookAccepted(message: {
    readonly platform: PlatformKey;
    readonly hints: number;
    readonly ignored: number;
    readonly unknown: number;
    readonly foreignDomain: boolean;
    /** From its arrival to its answer. */
    readonly seconds: number;
  }): void;
  /** A message that got no 200, by the code of the answer. `platform` is null when the path names none of ours. */
  webhookRefused(message: {
    readonly platform: PlatformKey | null;
    readonly code: string;
    readonly seconds: number;
  }): void;
  /** A message of Graph's that got 202; `refused` counts notifications without the right secret. `mailbox` is null when it is none of ours. */
  notificationsReceived(message: {
    readonly mailbox: MailboxKey | null;
    readonly changes: number;
    readonly lifecycle: number;
    readonly refused: number;
  }): void;
  /** One that got another answer, by its code. */
  notificationsRefused(message: { readonly mailbox: MailboxKey | null; readonly code: string }): void;
}

/**
 * Who may use the codec endpoint, which turns stored ciphertext into plain text:
 * `bearer` whoever sends a token with the role `decode`; `loopback` programs and browsers on this machine, when the request came through no proxy;
 * `network` whoever reaches the port, for a proxy in front that checks people itself.
 */
export interface CodecAccess {
  readonly kind: 'bearer' | 'loopback' | 'network';
}

/** Change notifications of Microsoft Graph. */
export interface GraphNotifications {
  /** The secret of each mailbox's subscription. */
  readonly clientStates: Readonly<Record<MailboxKey, string>>;
  readonly watch: MailboxWatch;
}

export interface CodecEndpoint {
  readonly codec: Pick<PayloadCodec, 'encode' | 'decode'>;
  readonly access: CodecAccess;
  /** Origins of Temporal's Web UI, `http://127.0.0.1:8233`. No wildcard. */
  readonly allowedOrigins: readonly string[];
}

/** What the operator API offers of it: no list filter of the caller's own, and of histories only what names nobody. */
export type ApiOperator = Pick<
  Operator,
  'sessions' | 'session' | 'story' | 'resync' | 'start' | 'hold' | 'release' | 'terminate' | 'coverage' | 'health'
> & {
  /** A dry run, which spends some of Docebo's calls. */
  plan(ref: SessionRef): Promise<DryRunReport>;
};

/** `reason` is a short word for the operator (`temporal-unreachable`); anybody may read it, so it holds no address. */
export type Readiness = { readonly ready: true } | { readonly ready: false; readonly reason: string };

export interface ServerLimits {
  /** Size of a webhook's body. */
  readonly bodyBytes: number;
  /** Size of a codec request: a page of a history at once. */
  readonly codecBodyBytes: number;
  /** Size of a request to the operator API. */
  readonly operatorBodyBytes: number;
  /** From a webhook's arrival to its answer; Docebo gives up after 5 s. */
  readonly ackDeadlineMs: number;
  readonly readinessMs: number;
  /** To receive the headers, and the whole request. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** Silence on a connection with a request open, and between requests. */
  readonly connectionMs: number;
  readonly keepAliveMs: number;
  /** How often Node looks for requests that are over their time. */
  readonly checkEveryMs: number;
  /** Connections at once, so that files and memory last; for one more, the one that has waited longest is closed. */
  readonly connections: number;
  /** Requests of one known caller. */
  readonly callsPerMinute: number;
  /** Refused passwords and tokens of one address, before they get no more than 429. */
  readonly failuresPerMinute: number;
  /** What requests in flight get at `close()`. */
  readonly drainMs: number;
}

export const DEFAULT_LIMITS: ServerLimits = {
  bodyBytes: 1024 * 1024,
  codecBodyBytes: 16 * 1024 * 1024,
  operatorBodyBytes: 4 * 1024,
  ackDeadlineMs: 3_500,
  readinessMs: 2_000,
  headersMs: 5_000,
  requestMs: 10_000,
  connectionMs: 30_000,
  // Longer than the idle time of usual load balancers (60 s): the side that reuses a connection must not find it just closed.
  keepAliveMs: 72_000,
  checkEveryMs: 1_000,
  connections: 2_000,
  callsPerMinute: 600,
  failuresPerMinute: 30,
  drainMs: 10_000,
};

export interface AppDeps {
  readonly platforms: Readonly<Record<PlatformKey, PlatformIngress>>;
  readonly hints: SessionHints;
  readonly reports: PlatformReports;
  readonly metrics: IngressMetrics;
  /** null, the default: requests are not traced. */
  readonly tracing?: RequestTracing | null;
  /** Whose tokens open codec endpoint and operator API; null: nobody's. */
  readonly access: ApiAccess | null;
  /** null: no change notifications. */
  readonly notifications: GraphNotifications | null;
  /** null: no codec endpoint. */
  readonly codec: CodecEndpoint | null;
  /** null: no operator API. */
  readonly operator: ApiOperator | null;
  /** Is Temporal within reach? A rejection counts as `check-failed`. */
  readonly readiness: () => Promise<Readiness>;
  readonly clock: Clock;
  /** Pino's options (with `stream`, if any); false: no logs. */
  readonly logger: Exclude<FastifyServerOptions['logger'], boolean | undefined> | false;
  readonly limits?: Partial<ServerLimits>;
  /** Addresses of proxies whose `x-forwarded-for` is believed; by default nobody's. */
  readonly trustProxy?: string | readonly string[];
}
