import type { AppError } from '../../src/domain/errors';
import type { FailureReading } from '../../src/domain/failures/failure-reading';
import type { FailureSources } from '../../src/domain/ports';

/** What is wrong, as a test says. */
export class FakeFailureSources implements FailureSources {
  /** Every reading fails with it, until it is null again. */
  failure: AppError | null = null;

  constructor(public reading: FailureReading) {}

  failingSessions(): Promise<FailureReading['sessions']> {
    return this.answer(({ sessions }) => sessions);
  }

  platformHealth(): Promise<FailureReading['health']> {
    return this.answer(({ health }) => health);
  }

  otherProblems(): Promise<FailureReading['other']> {
    return this.answer(({ other }) => other);
  }

  private answer<T>(pick: (reading: FailureReading) => T): Promise<T> {
    return this.failure === null ? Promise.resolve(pick(this.reading)) : Promise.reject(this.failure);
  }
}
