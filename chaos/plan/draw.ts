import { SeededRandom } from '../../simulators/docebo/webhooks/random';

export type Weighted<T> = readonly (readonly [weight: number, value: T])[];

/** Draws from one stream of repeatable numbers. */
export class Draw {
  private readonly random: SeededRandom;

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
    // Neighbouring seeds begin alike.
    for (let i = 0; i < 4; i++) this.random.next();
  }

  happens(probability: number): boolean {
    return this.random.happens(probability);
  }

  /** An integer from `least` to `most`. */
  between(least: number, most: number): number {
    return least + this.random.upTo(most - least + 1) - 1;
  }

  /** Undefined when there is nothing to pick from. */
  pick<T>(items: readonly T[]): T | undefined {
    return items.length === 0 ? undefined : items[this.random.upTo(items.length) - 1];
  }

  some<T>(items: readonly T[], atMost: number): T[] {
    return this.random.shuffled(items).slice(0, Math.min(items.length, this.between(1, atMost)));
  }

  weighted<T>(choices: Weighted<T>): T {
    let left = this.random.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of choices) if ((left -= weight) < 0) return value;
    return choices.at(-1)![1];
  }

  salt(): number {
    return this.random.upTo(2 ** 31 - 1);
  }
}
