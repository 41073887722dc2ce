import type { Expectation } from '../../demo/checker/expectation';

/**
 * Which sessions must be in step without a sweep: those whose last change was told by webhooks that were all acknowledged. Of the others
 * only the sweep can know.
 */
export class Told {
  private readonly untold = new Set<string>();
  private readonly touched = new Set<string>();
  private isAllUntold = false;

  /** @param fate `told`: every webhook of the change will be delivered; `lost`: one or all are not, or the change has none. */
  note(before: Expectation, after: Expectation, fate: 'told' | 'lost'): void {
    for (const id of differingSessions(before, after)) this.set(id, fate);
  }

  /** Its events were changed in the calendar: only a comparison with the calendar shows that. */
  touch(sessionId: string): void {
    this.touched.add(sessionId);
  }

  /** As at a first start. */
  loseAll(): void {
    this.isAllUntold = true;
  }

  isTold(sessionId: string): boolean {
    return !this.isAllUntold && !this.untold.has(sessionId) && !this.touched.has(sessionId);
  }

  isTouchedSession(sessionId: string): boolean {
    return this.touched.has(sessionId);
  }

  get isTouched(): boolean {
    return this.touched.size > 0;
  }

  get untoldCount(): number {
    return new Set([...this.untold, ...this.touched]).size;
  }

  /** After a sweep everything counts as told. */
  forgive(): void {
    this.untold.clear();
    this.touched.clear();
    this.isAllUntold = false;
  }

  private set(id: string, fate: 'told' | 'lost'): void {
    if (fate === 'told') this.untold.delete(id);
    else this.untold.add(id);
  }
}

function differingSessions(before: Expectation, after: Expectation): Set<string> {
  const keys = new Set([...before.events.keys(), ...after.events.keys()]);
  const differing = [...keys].filter(
    (key) => JSON.stringify(before.events.get(key)) !== JSON.stringify(after.events.get(key)),
  );
  return new Set(differing.map((key) => key.split('/')[0] ?? ''));
}
