import type { ApiRole } from './api-roles';
import type { OidcAlgorithm } from './oidc';

/** convoke.yaml as its JSON Schema (convoke.schema.json) lets it through: what is left out is undefined, nothing has a default yet. */
export interface SettingsFile {
  readonly platforms: Readonly<Record<string, PlatformSection>>;
  readonly mailboxes: Readonly<Record<string, MailboxSection>>;
  readonly microsoft?: MicrosoftSection;
  readonly notifications?: NotificationsSection;
  readonly changeNotifications?: ChangeNotificationsSection;
  readonly pace?: PaceSection;
  readonly schedules?: SchedulesSection;
  readonly temporal?: TemporalSection;
  readonly worker?: WorkerSection;
  readonly api?: ApiSection;
  readonly metrics?: MetricsSection;
  readonly doceboConnect?: DoceboConnectSection;
}

export interface PlatformSection {
  readonly baseUrl: string;
  readonly profile: string;
  readonly originalDomain?: string;
  readonly grant?: 'client_credentials' | 'password';
  readonly callsPerHour?: number;
  readonly callBurst?: number;
  readonly rsvp?: 'on' | 'frozen';
  readonly courseOff?: 'nextUpdate' | 'now' | 'leave';
  readonly addInstructors?: boolean;
  readonly askBeforeRemoving?: number;
  readonly doceboConnectIsOff?: boolean;
  readonly mailbox?: string;
  readonly routes?: readonly RouteSection[];
  readonly lmsBaseUri?: string;
  readonly sessionLink?: string;
  readonly additionalInputs?: Readonly<Record<string, string>>;
  readonly templates?: {
    readonly body?: string;
    readonly subject?: string;
    readonly sessionName?: 'text' | 'slug';
  };
  readonly calendar?: {
    readonly forwarded?: 'keep' | 'drop';
    readonly teamsMeeting?: 'never' | 'webinars';
    readonly cancelComment?: string;
    readonly adoptStamp?: boolean;
  };
  readonly answers?: DeclineSection & {
    readonly courseRules?: readonly (DeclineSection & { readonly courses: readonly (number | string)[] })[];
    readonly mandatoryCourses?: readonly (number | string)[];
  };
}

/** All conditions that are given must hold. */
export interface RouteSection {
  readonly mailbox: string;
  readonly courses?: readonly (number | string)[];
  /** Ids or names. */
  readonly categories?: readonly (number | string)[];
  readonly locations?: readonly string[];
  /** By `session:<id or name>` or `course:<id or name>`. */
  readonly fields?: Readonly<Record<string, readonly (number | string)[]>>;
}

export interface DeclineSection {
  readonly decline?: 'keep' | 'mark' | 'unenrol';
  /** A duration; with `unenrol` only. */
  readonly unenrolAfter?: string;
}

export interface MailboxSection {
  readonly user: string;
  readonly account?: string;
  readonly calendarName?: string;
  readonly inbox?: { readonly read?: boolean; readonly after?: 'leave' | 'move' | 'delete'; readonly folder?: string };
}

export interface MicrosoftSection {
  readonly cloud?: 'public' | 'us-gov' | 'us-gov-dod' | 'china';
  readonly tenant?: string;
  readonly clientId?: string;
  readonly account?: AccountSection;
  readonly accounts?: Readonly<
    Record<string, AccountSection & { readonly tenant?: string; readonly clientId?: string }>
  >;
  readonly signInFolder?: string;
  readonly authority?: string;
  readonly tokenEndpoint?: string;
  readonly graphBaseUrl?: string;
}

export interface AccountSection {
  readonly kind: 'app-secret' | 'app-certificate' | 'app-federated' | 'delegated';
  readonly certificateFile?: string;
  readonly keyFile?: string;
  readonly sendChain?: boolean;
  readonly tokenFile?: string;
}

export interface NotificationsSection {
  readonly failureRecipients?: readonly string[];
  readonly by?: 'graph' | 'smtp';
  readonly mailbox?: string;
  readonly smtp?: {
    readonly host: string;
    readonly port?: number;
    readonly secure?: 'starttls' | 'tls' | 'never';
    readonly user?: string;
    readonly from: string;
    readonly caFile?: string;
  };
  readonly names?: 'never' | 'allowed';
  readonly temporalUiUrl?: string;
}

export interface ChangeNotificationsSection {
  readonly mode?: 'on' | 'off';
  /** A duration. */
  readonly pollAtMostEvery?: string;
}

/** Durations such as `10s`. */
export interface PaceSection {
  readonly coalesce?: string;
  readonly settle?: string;
  readonly retry?: readonly string[];
  readonly grace?: string;
  readonly rollOver?: string;
  readonly hintMemory?: string;
}

/** Durations such as `5m`, wall times such as `02:30`. */
export interface SchedulesSection {
  readonly timeZone?: string;
  readonly rsvpPoll?: string;
  readonly sweep?: string;
  readonly sweepAllAt?: string;
  readonly sweepCalls?: number;
  readonly sweepNear?: string;
  readonly failureDigest?: string;
  readonly silence?: {
    readonly after?: string;
    readonly days?: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
    readonly from?: string;
    readonly to?: string;
  };
}

export interface TemporalSection {
  readonly address?: string;
  readonly namespace?: string;
  readonly tls?: boolean | TlsSection;
}

export interface WorkerSection {
  readonly replicas?: 'one' | 'several';
  /** A duration. */
  readonly takeOver?: string;
  readonly versioning?: { readonly deployment: string; readonly buildId?: string };
}

export interface TlsSection {
  readonly serverName?: string;
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
}

export interface ApiSection {
  readonly host?: string;
  readonly port?: number;
  readonly publicUrl?: string;
  readonly bodyLimit?: string;
  readonly ackDeadline?: string;
  readonly trustProxy?: readonly string[];
  readonly rateLimits?: { readonly perCaller?: number; readonly failures?: number };
  readonly oidc?: OidcSection;
  readonly codec?: {
    readonly access?: 'off' | 'bearer' | 'loopback' | 'network';
    readonly allowedOrigins?: readonly string[];
  };
}

export interface OidcSection {
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly rolesClaim?: string;
  readonly roles: Readonly<Partial<Record<ApiRole, readonly string[]>>>;
  readonly algorithms?: readonly OidcAlgorithm[];
  readonly clockTolerance?: string;
  readonly subjects?: 'hashed' | 'plain';
}

export interface MetricsSection {
  readonly host?: string;
  readonly apiPort?: number;
  readonly workerPort?: number;
}

/** The keys are those of the guide's table integration-settings. */
export interface DoceboConnectSection {
  readonly lookupTable?: string;
  readonly 'CALENDAR NAME'?: string;
  readonly 'DELETE WEBHOOK STORED BY MORE THAN X SECONDS'?: number | string;
  readonly ADD_INSTRUCTOR_FLAG?: boolean | string;
  readonly NOTIFICATION_MAIL_ID?: string;
}
