import type { Clock } from '../../kit/clock';
import type { Academy } from './academy';
import type { AcademyState } from './model';

/**
 * - `none`: the API shows each change at once.
 * - `delay`: the API shows a change `ms` after its webhook went out.
 * - `held`: the API shows nothing new until the lag changes again.
 */
export type Lag =
  { readonly mode: 'none' } | { readonly mode: 'delay'; readonly ms: number } | { readonly mode: 'held' };

/** What API readers see: the truth, or what was true a while ago. */
export class ApiView {
  private lag: Lag = { mode: 'none' };
  /** Former states, oldest first, each with the time from which it was the truth. */
  private past: { readonly since: number; readonly state: AcademyState }[] = [];

  constructor(
    private readonly academy: Academy,
    private readonly clock: Clock,
  ) {
    academy.onChange(({ after, at }) => {
      if (this.lag.mode === 'delay') this.past.push({ since: at.getTime(), state: after });
    });
  }

  setLag(lag: Lag): void {
    const shown = { since: -Infinity, state: this.visible() };
    const truth = { since: this.clock.now().getTime(), state: this.academy.state };
    this.past = { none: [], held: [shown], delay: [shown, truth] }[lag.mode];
    this.lag = lag;
  }

  visible(): AcademyState {
    const { lag } = this;
    if (lag.mode === 'none') return this.academy.state;
    if (lag.mode === 'delay') this.forget(this.clock.now().getTime() - lag.ms);
    return this.past[0]?.state ?? this.academy.state;
  }

  /** Drops what was overtaken at `horizon`, so that the first entry is the state to show. */
  private forget(horizon: number): void {
    const shown = this.past.filter((entry) => entry.since <= horizon).length - 1;
    if (shown > 0) this.past.splice(0, shown);
  }
}
