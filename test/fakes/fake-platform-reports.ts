import type { Coverage } from '../../src/domain/sweep/compute-coverage';
import type { UnknownEventShape } from '../../src/domain/hints';
import type { PlatformReports } from '../../src/domain/ports';

export class FakePlatformReports implements PlatformReports {
  readonly coverages: { platform: string; coverage: Coverage }[] = [];
  readonly webhooks: { platform: string; at: string }[] = [];
  readonly unknown: { platform: string; shapes: readonly UnknownEventShape[] }[] = [];
  readonly authenticationFailures: string[] = [];
  readonly foreignDomains: { platform: string; domain: string }[] = [];

  webhookReceived(platform: string, at: string): void {
    this.webhooks.push({ platform, at });
  }

  unknownEvents(platform: string, shapes: readonly UnknownEventShape[]): void {
    this.unknown.push({ platform, shapes });
  }

  authenticationFailed(platform: string): void {
    this.authenticationFailures.push(platform);
  }

  foreignDomain(platform: string, domain: string): void {
    this.foreignDomains.push({ platform, domain });
  }

  covered(platform: string, coverage: Coverage): void {
    this.coverages.push({ platform, coverage });
  }
}
