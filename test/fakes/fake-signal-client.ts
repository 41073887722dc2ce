import type { PlatformReport } from '../../src/contract/messages';
import type { PlatformReportsOptions } from '../../src/temporal/platform-reports';

type SignalClient = PlatformReportsOptions['client'];

export interface SentSignal {
  readonly workflowType: unknown;
  readonly options: Record<string, unknown>;
  readonly workflowId: string;
  readonly report: PlatformReport;
}

/** Takes signals as Temporal's client does; `failing` makes it refuse them, `held` keeps calls open until `release()`. */
export class FakeSignalClient {
  readonly sent: SentSignal[] = [];
  attempts = 0;
  failing = false;
  held = false;
  private readonly waiting: (() => void)[] = [];

  asClient(): SignalClient {
    const signalWithStart = async (workflowType: unknown, options: Record<string, unknown>): Promise<never> => {
      this.attempts += 1;
      if (this.held) await new Promise<void>((resolve) => this.waiting.push(resolve));
      if (this.failing) throw new Error('14 UNAVAILABLE');
      const [report] = options['signalArgs'] as [PlatformReport];
      this.sent.push({ workflowType, options, workflowId: options['workflowId'] as string, report });
      return undefined as never;
    };
    return {
      withDeadline: async (_deadline, call) => call(),
      workflow: { signalWithStart: signalWithStart },
    };
  }

  release(): void {
    this.held = false;
    for (const go of this.waiting.splice(0)) go();
  }

  reports(): PlatformReport[] {
    return this.sent.map((signal) => signal.report);
  }
}
