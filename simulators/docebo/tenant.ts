import { Clock } from '../kit/clock';
import { Academy } from './academy/academy';
import { ApiView } from './academy/api-view';
import { CallCounter } from './api/call-counter';
import { OddityBoard } from './api/oddities';
import { TokenStore } from './api/tokens';
import type { Profile } from './profile';
import { changeSettings, defaultSettings, type TenantSettings } from './tenant-settings';
import { WebhookRegistry } from './webhooks/registry';
import { WebhookSender } from './webhooks/sender';

/** Who may ask for tokens, and the user whose rights they carry. */
export interface ApiAccount {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly username: string;
  readonly password: string;
}

export interface TenantOptions {
  /** The platform key of the product's configuration; only links to workflows use it. */
  readonly platform: string;
  readonly domain: string;
  readonly profile: Profile;
  readonly account: ApiAccount;
  readonly temporalUi?: { readonly url: string; readonly namespace: string };
}

/** One simulated Docebo platform: its academy, how it behaves, and whom it tells. */
export class Tenant {
  readonly clock = new Clock();
  readonly academy = new Academy(this.clock);
  readonly view = new ApiView(this.academy, this.clock);
  readonly tokens = new TokenStore(this.clock);
  readonly calls = new CallCounter(this.clock);
  readonly oddities = new OddityBoard();
  readonly webhooks = new WebhookRegistry(this.clock);
  readonly sender: WebhookSender;
  private current: TenantSettings = defaultSettings;

  constructor(readonly options: TenantOptions) {
    this.sender = new WebhookSender({
      clock: this.clock,
      registry: this.webhooks,
      profile: options.profile,
      domain: options.domain,
      settings: () => this.current.webhooks,
    });
    this.academy.onChange((change) => this.sender.publish(change));
  }

  get settings(): TenantSettings {
    return this.current;
  }

  changeSettings(change: unknown): TenantSettings {
    this.putSettings(changeSettings(this.current, change));
    return this.current;
  }

  putSettings(settings: TenantSettings): void {
    const { lag } = this.current;
    this.current = settings;
    if (JSON.stringify(lag) !== JSON.stringify(settings.lag)) this.view.setLag(settings.lag);
    this.sender.settingsChanged();
  }
}
