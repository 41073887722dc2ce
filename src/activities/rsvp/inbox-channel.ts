import { AppError } from '../../domain/errors';
import type { PollRun } from './poll-run';
import { clearInbox, readInbox, type InboxRead } from './read-inbox';

/** What the mailbox refuses or fails at; anything else is no matter of the inbox. */
const OF_THE_MAILBOX = /^(GRAPH|ENTRA)_/;

/**
 * The second way that answers come in. What is wrong with it alone (a missing right, a query that the service does not take) is kept as
 * `problem`, and the next run reads from the same link again: answers on the events must not wait for it.
 */
export class InboxChannel {
  problem: { readonly code: string; readonly message: string } | null = null;
  private found: InboxRead | null = null;

  constructor(
    private readonly run: PollRun,
    private readonly lastLink: string | null,
  ) {}

  async read(): Promise<void> {
    if (!this.run.given.settings.inbox.read) return;
    await this.guarded(async () => {
      this.found = await readInbox(this.run, this.lastLink);
    });
  }

  /** Only after the sessions have been told. */
  async clear(): Promise<void> {
    const { found } = this;
    if (found !== null) await this.guarded(() => clearInbox(this.run, found.handled));
  }

  get link(): string | null {
    if (!this.run.given.settings.inbox.read) return null;
    return this.problem === null ? (this.found?.link ?? null) : this.lastLink;
  }

  get count(): number {
    return this.found?.count ?? 0;
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof AppError) || !OF_THE_MAILBOX.test(error.code)) throw error;
      this.problem = { code: error.code, message: error.message };
    }
  }
}
