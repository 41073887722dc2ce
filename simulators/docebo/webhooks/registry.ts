import type { Clock } from '../../kit/clock';
import { CommandError } from '../academy/command-error';

/** Docebo's limits: any number of webhooks, of which ten may be active, with eight events each. */
const MAX_ACTIVE = 10;
const MAX_EVENTS = 8;

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface Webhook {
  readonly id: number;
  readonly name: string;
  readonly url: string;
  readonly credentials: Credentials | null;
  readonly events: readonly string[];
  /** "Allow the platform to group payloads". */
  readonly grouping: boolean;
  readonly active: boolean;
  /** The last error stays after later successes, until it is reset. */
  readonly lastError: { readonly at: string; readonly error: string } | null;
}

export type WebhookArgs = Omit<Webhook, 'id' | 'lastError'>;

/** Docebo's audit trail of webhooks. */
export interface AuditEntry {
  readonly at: string;
  readonly webhookId: number;
  readonly event: 'created' | 'updated' | 'deleted' | 'activated' | 'deactivated' | 'deactivated by system';
}

export interface RegistryState {
  readonly webhooks: readonly Webhook[];
  readonly audit: readonly AuditEntry[];
  readonly lastId: number;
}

export class WebhookRegistry {
  private webhooks: readonly Webhook[] = [];
  private audit: readonly AuditEntry[] = [];
  private lastId = 0;

  constructor(private readonly clock: Clock) {}

  /** A new webhook is inactive unless it says otherwise, as in Docebo. */
  create(given: Partial<WebhookArgs>): Webhook {
    const webhook: Webhook = {
      name: '',
      url: '',
      credentials: null,
      events: [],
      grouping: false,
      active: false,
      ...given,
      id: ++this.lastId,
      lastError: null,
    };
    this.check(webhook);
    this.webhooks = [...this.webhooks, webhook];
    this.log(webhook.id, 'created');
    if (webhook.active) this.log(webhook.id, 'activated');
    return webhook;
  }

  update(id: number, changes: Partial<WebhookArgs>): Webhook {
    const old = this.get(id);
    const webhook = { ...old, ...changes };
    this.check(webhook);
    this.put(webhook);
    const { active: _active, ...rest } = changes;
    if (Object.keys(rest).length > 0) this.log(id, 'updated');
    if (old.active !== webhook.active) this.log(id, webhook.active ? 'activated' : 'deactivated');
    return webhook;
  }

  delete(id: number): void {
    this.get(id);
    this.webhooks = this.webhooks.filter((w) => w.id !== id);
    this.log(id, 'deleted');
  }

  get(id: number): Webhook {
    const found = this.webhooks.find((w) => w.id === id);
    if (found === undefined) throw new CommandError(404, `there is no webhook ${id}`);
    return found;
  }

  list(): readonly Webhook[] {
    return this.webhooks;
  }

  auditTrail(): readonly AuditEntry[] {
    return this.audit;
  }

  noteError(id: number, error: string): void {
    const webhook = this.webhooks.find((w) => w.id === id);
    if (webhook !== undefined) this.put({ ...webhook, lastError: { at: this.clock.now().toISOString(), error } });
  }

  resetError(id: number): Webhook {
    this.put({ ...this.get(id), lastError: null });
    return this.get(id);
  }

  /** What Docebo does when a message stays undelivered for 60 hours. */
  deactivateBySystem(id: number): void {
    const webhook = this.webhooks.find((w) => w.id === id);
    if (webhook?.active !== true) return;
    this.put({ ...webhook, active: false });
    this.log(id, 'deactivated by system');
  }

  save(): RegistryState {
    return { webhooks: this.webhooks, audit: this.audit, lastId: this.lastId };
  }

  load({ webhooks, audit, lastId }: RegistryState): void {
    this.webhooks = webhooks;
    this.audit = audit;
    this.lastId = lastId;
  }

  private put(webhook: Webhook): void {
    this.webhooks = this.webhooks.map((w) => (w.id === webhook.id ? webhook : w));
  }

  private check(webhook: Webhook): void {
    if (!URL.canParse(webhook.url) || !/^https?:$/.test(new URL(webhook.url).protocol))
      throw new CommandError(400, `"${webhook.url}" is no payload URL: give one that starts with http:// or https://`);
    if (webhook.events.length === 0) throw new CommandError(400, 'select at least one event');
    if (webhook.events.length > MAX_EVENTS)
      throw new CommandError(400, `a webhook takes at most ${MAX_EVENTS} events, not ${webhook.events.length}`);
    const others = this.webhooks.filter((w) => w.active && w.id !== webhook.id);
    if (webhook.active && others.length >= MAX_ACTIVE)
      throw new CommandError(409, `${MAX_ACTIVE} webhooks are active already: deactivate one first`);
  }

  private log(webhookId: number, event: AuditEntry['event']): void {
    this.audit = [...this.audit, { at: this.clock.now().toISOString(), webhookId, event }];
  }
}
