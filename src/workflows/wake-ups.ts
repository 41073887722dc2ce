import { condition, sleep } from '@temporalio/workflow';

/**
 * Timers that outlive the wait they were set for: news ends a wait and leaves its timer running, so that the next wait, until the same time or
 * later, sets none. Each timer is an Action.
 */
export class WakeUps {
  /** When those that run go off, in milliseconds of workflow time. */
  private readonly running = new Set<number>();
  private gone = 0;

  /** Waits for news, but no longer than so many milliseconds. An earlier timer may end the wait before: the caller looks what is due. */
  async wait(hasNews: () => boolean, ms: number): Promise<void> {
    const at = Date.now() + ms;
    if (![...this.running].some((earlier) => earlier <= at)) this.start(at, ms);
    const { gone } = this;
    await condition(() => hasNews() || this.gone !== gone);
  }

  private start(at: number, ms: number): void {
    this.running.add(at);
    const goesOff = (): void => {
      this.running.delete(at);
      this.gone++;
    };
    // Where the workflow itself is cancelled, whoever waits is told so.
    sleep(ms).then(goesOff, goesOff);
  }
}
