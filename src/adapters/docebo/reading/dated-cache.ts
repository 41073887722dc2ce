import { LRUCache } from 'lru-cache';
import type { Instant } from '../../../domain/model';
import type { Clock } from '../../../domain/ports';

/**
 * Answers that may serve again, but only to whoever accepts their age: a cache must not swallow the very change that was reported. An
 * answer is as old as its request, because Docebo may have read its data before a change that came while the answer was under way.
 * Whoever asks while a request of an acceptable age is under way shares it. Failures are not kept.
 */
export class DatedCache<T> {
  private readonly entries: LRUCache<string, { readonly askedAtMs: number; readonly answer: Promise<T> }>;

  constructor(
    max: number,
    private readonly clock: Clock,
  ) {
    this.entries = new LRUCache({ max });
  }

  async get(key: string, notOlderThan: Instant, read: () => Promise<T>): Promise<T> {
    const kept = this.entries.get(key);
    if (kept !== undefined && kept.askedAtMs >= Date.parse(notOlderThan)) return kept.answer;
    const entry = { askedAtMs: this.clock.now().getTime(), answer: read() };
    this.entries.set(key, entry);
    try {
      return await entry.answer;
    } catch (error) {
      if (this.entries.peek(key) === entry) this.entries.delete(key);
      throw error;
    }
  }
}
