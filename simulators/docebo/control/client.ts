import type { CommandArgs, CommandName, CommandResult } from '../academy/commands';
import type { Truth } from '../academy/truth';
import type { Oddity } from '../api/oddities';
import type { TenantSettings } from '../tenant-settings';
import type { Delivery } from '../webhooks/delivery';
import type { Webhook, WebhookArgs } from '../webhooks/registry';
import type { ReleaseOrder } from '../webhooks/sender';

/** Settings to change: any part of any group, but `lag` as a whole. */
export type SettingsChange = {
  readonly [K in keyof TenantSettings]?: K extends 'lag' ? TenantSettings[K] : Loose<TenantSettings[K]>;
};
type Loose<T> = T extends readonly unknown[] ? T : T extends object ? { readonly [K in keyof T]?: Loose<T[K]> } : T;

export interface Done<R> {
  readonly result: R;
  /** Webhook messages that the change queued. */
  readonly messageIds: readonly string[];
}

/** Drives a running simulator over HTTP, for tests and demos. Every method throws what the control API says is wrong. */
export class DoceboControl {
  constructor(readonly baseUrl: string) {}

  run<N extends CommandName>(
    command: N,
    args: CommandArgs<N>,
    { silent = false } = {},
  ): Promise<Done<CommandResult<N>>> {
    return this.call('POST', `academy/${command}`, { ...args, ...(silent ? { silent } : {}) });
  }

  /** Several commands as one process. */
  batch(
    commands: readonly {
      readonly [N in CommandName]: { readonly command: N; readonly args: CommandArgs<N> };
    }[CommandName][],
    { silent = false } = {},
  ): Promise<{ readonly results: readonly unknown[]; readonly messageIds: readonly string[] }> {
    return this.call('POST', 'academy/batch', { commands, silent });
  }

  truth(): Promise<Truth & { readonly platform: string; readonly domain: string; readonly now: string }> {
    return this.call('GET', 'academy');
  }

  settings(change: SettingsChange): Promise<TenantSettings> {
    return this.call('PATCH', 'settings', change);
  }

  /** Subscribes to the guide's four events and is active, unless told otherwise. */
  addWebhook(args: Partial<WebhookArgs> & { readonly url: string }): Promise<Webhook> {
    return this.call('POST', 'webhooks', { active: true, grouping: true, ...args });
  }

  changeWebhook(id: number, changes: Partial<WebhookArgs>): Promise<Webhook> {
    return this.call('PATCH', `webhooks/${id}`, changes);
  }

  webhooks(): Promise<readonly Webhook[]> {
    return this.call('GET', 'webhooks');
  }

  deliveries(query: Readonly<Record<string, string>> = {}): Promise<readonly Delivery[]> {
    return this.call('GET', `deliveries?${new URLSearchParams(query).toString()}`);
  }

  redeliver(messageId: string): Promise<Delivery> {
    return this.call('POST', `deliveries/${messageId}/redeliver`);
  }

  release(order: ReleaseOrder = 'queued'): Promise<unknown> {
    return this.call('POST', 'deliveries/release', { order });
  }

  /** Waits until every message is delivered, lost or given up. */
  async whenIdle(waitMs = 60_000): Promise<boolean> {
    return (await this.call<{ idle: boolean }>('GET', `idle?wait=${waitMs}`)).idle;
  }

  addOddity(oddity: Oddity): Promise<{ readonly id: string }> {
    return this.call('POST', 'oddities', oddity);
  }

  clearOddities(): Promise<unknown> {
    return this.call('DELETE', 'oddities');
  }

  advanceClock(advanceMs: number): Promise<unknown> {
    return this.call('POST', 'clock', { advanceMs });
  }

  calls(): Promise<{ readonly total: number; readonly refused: number; readonly byKind: Record<string, number> }> {
    return this.call('GET', 'calls');
  }

  /** Any other control route, for example `call('POST', 'faults', fault)`. */
  async call<R>(method: string, path: string, body?: unknown): Promise<R> {
    const answer = await fetch(`${this.baseUrl}/__control/${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    if (answer.ok) return parsed as R;
    const { error } = parsed as { error?: { message?: string } };
    throw new Error(`${method} /__control/${path}: ${answer.status} ${error?.message ?? text}`);
  }
}
