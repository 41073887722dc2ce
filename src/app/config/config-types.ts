import type { AdditionalInput } from '../../adapters/docebo/reading/additional-inputs';
import type { BudgetSettings } from '../../adapters/docebo/api/call-budget';
import type { TenantProfile } from '../../adapters/docebo/profile/profile';
import type { DoceboCredentials } from '../../adapters/docebo/api/token';
import type { SmtpSettings } from '../../adapters/mail/smtp';
import type { DigestTemplates } from '../../domain/failures/render-digest';
import type { MailboxKey, PlatformKey } from '../../domain/model';
import type { Pace, PlatformSettings, RsvpPollSettings } from '../../domain/settings';
import type { TemporalSettings } from '../../temporal/connection';
import type { OidcConfig } from './oidc';
import type { ChangeNotificationsConfig } from './change-notifications';
import type { SchedulesConfig } from './schedules';
import type { TracingConfig } from './tracing';
import type { WorkerConfig } from './worker';

/** `development` alone may speak to http addresses and to this machine. */
export type Environment = 'production' | 'development';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const LOG_FORMATS = ['json', 'text'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** Everything that is no secret, with its defaults, checked against each other. */
export interface Config {
  readonly environment: Environment;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  readonly platforms: Readonly<Record<PlatformKey, PlatformConfig>>;
  readonly mailboxes: Readonly<Record<MailboxKey, MailboxConfig>>;
  readonly microsoft: MicrosoftConfig;
  readonly notifications: NotificationsConfig;
  readonly changeNotifications: ChangeNotificationsConfig;
  readonly pace: Pace;
  readonly schedules: SchedulesConfig;
  /** Its other half is `Secrets.temporal`: together they are `TemporalSettings`. */
  readonly temporal: Pick<TemporalSettings, 'address' | 'namespace'> & {
    /** Somebody named a server: `npm start` runs none of its own. */
    readonly isExternal: boolean;
  };
  readonly worker: WorkerConfig;
  readonly api: ApiConfig;
  readonly metrics: MetricsConfig;
  /** Its other half is `Secrets.tracingHeaders`; null: nothing is traced. */
  readonly tracing: TracingConfig | null;
  /** Sentences for the log at start: what was accepted but works otherwise than it may seem. */
  readonly notices: readonly string[];
}

export interface PlatformConfig {
  readonly settings: PlatformSettings;
  readonly docebo: DoceboConfig;
  /** Sweeps may start workflows for sessions that no webhook named: not before the operator says that nobody else invites. */
  readonly mayBeSwept: boolean;
  /** The customer's own body template, as an absolute path; null: one that comes with Convoke. */
  readonly templateFile: string | null;
}

export interface DoceboConfig {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly grant: DoceboCredentials['grant'];
  readonly budget: BudgetSettings;
  readonly profile: TenantProfile;
  readonly additionalInputs: readonly AdditionalInput[];
  /** Host that webhooks name as `original_domain`; null: not compared. */
  readonly originalDomain: string | null;
}

export interface MailboxConfig {
  /** Key of the Microsoft account that works in it. */
  readonly account: AccountKey;
  /** Address or object id; null: the mailbox of the token itself (`/me`). */
  readonly user: string | null;
  /** What the primary calendar must be called; null: not compared. */
  readonly calendarName: string | null;
  readonly rsvp: RsvpPollSettings;
}

/** `default` for the account of `microsoft.account`, else a key of `microsoft.accounts`. */
export type AccountKey = string;

/** An app registration, and how it is used. */
export type AccountConfig = {
  /** Id or domain of one tenant; for `delegated` also `common`, `organizations`, `consumers`. */
  readonly tenant: string;
  readonly clientId: string;
} & (
  | { readonly kind: 'app-secret' }
  | { readonly kind: 'app-certificate' }
  /** `tokenFile` as an absolute path: it is read at work, not at start. */
  | { readonly kind: 'app-federated'; readonly tokenFile: string }
  /** Somebody signs in with `convoke login`. `signInFile` as an absolute path. */
  | { readonly kind: 'delegated'; readonly signInFile: string }
);

export interface MicrosoftConfig {
  readonly accounts: Readonly<Record<AccountKey, AccountConfig>>;
  /** Login address without the tenant. */
  readonly authority: string;
  /** Only in development; null: Entra's own. `{tenant}` in it stands for each account's tenant. */
  readonly tokenEndpoint: string | null;
  /** Without version and slash at the end. */
  readonly graphBaseUrl: string;
}

export interface NotificationsConfig {
  readonly failureRecipients: readonly string[];
  /** Null only when there is nobody to send to. */
  readonly sender:
    | { readonly by: 'graph'; readonly mailbox: MailboxKey }
    /** Its other half is `Secrets.smtpPassword`. */
    | { readonly by: 'smtp'; readonly smtp: SmtpSettings }
    | null;
  /** Names of courses, sessions and learners in mails. */
  readonly names: 'never' | 'allowed';
  /** Of Temporal's Web UI, without a slash at the end; null: not known. */
  readonly temporalUiUrl: string | null;
  readonly templates: DigestTemplates;
}

export interface MetricsConfig {
  readonly host: string;
  /** null: this process serves none; 0: any free port. */
  readonly apiPort: number | null;
  readonly workerPort: number | null;
}

export interface ApiConfig {
  readonly host: string;
  readonly port: number;
  /** Without a slash at the end; null: not known. */
  readonly publicUrl: string | null;
  readonly bodyLimitBytes: number;
  readonly ackDeadlineMs: number;
  readonly trustProxy: readonly string[];
  /** Requests a minute: of one caller who is known, and refused ones of one address before they are no longer looked at. */
  readonly rateLimits: { readonly perCaller: number; readonly failures: number };
  /** Beside `Secrets.apiTokens`; null: no identity provider. */
  readonly oidc: OidcConfig | null;
  readonly codec: {
    /** `bearer`: with `Secrets.codecToken`, or whatever else has the role `decode`. */
    readonly access: 'off' | 'bearer' | 'loopback' | 'network';
    readonly allowedOrigins: readonly string[];
  };
}
