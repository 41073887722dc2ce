/** This share of a window's requests may be sent as fast as they come. */
const BURST_SHARE = 0.25;

/**
 * Requests of any one window, whenever it begins: never more than the quota, and no fewer when that many wait. A request is taken as counted
 * until a window after its end, since the other side saw it before that.
 *
 * The first quarter goes out at once; the rest is spread over what is left of the window, so that nobody stands still for minutes because
 * somebody else had much to do. Where a quarter was used at once it comes back at once.
 */
export class RequestWindow {
  private ended: number[] = [];
  /** Of `ended`: what lies before it is older than a window. */
  private first = 0;
  private underWay = 0;
  private lastBeganAt = -Infinity;
  private lastTurnAt = -Infinity;

  constructor(private readonly quota: { readonly requestsPerWindow: number; readonly windowMs: number }) {}

  /**
   * Begins a request and answers 0, which needs an `end`; or answers for how many ms to wait. Each that waits has a turn of its own: they
   * do not all come back at once, to be refused again but for one.
   */
  begin(nowMs: number): number {
    const earliest = this.earliestAt(nowMs);
    if (earliest <= nowMs) {
      this.underWay++;
      this.lastBeganAt = nowMs;
      return 0;
    }
    const turnAt = Math.max(earliest, this.lastTurnAt + this.quota.windowMs / this.quota.requestsPerWindow);
    this.lastTurnAt = turnAt;
    return Math.ceil(turnAt - nowMs);
  }

  end(nowMs: number): void {
    this.underWay--;
    this.ended.push(nowMs);
  }

  /** How many more may begin before the quota is used up. */
  left(nowMs: number): number {
    return Math.max(0, this.quota.requestsPerWindow - this.used(nowMs));
  }

  private earliestAt(nowMs: number): number {
    const { requestsPerWindow, windowMs } = this.quota;
    const used = this.used(nowMs);
    if (used < Math.max(1, Math.floor(requestsPerWindow * BURST_SHARE))) return nowMs;
    const freeAt = (this.ended[this.first] ?? nowMs) + windowMs;
    if (used >= requestsPerWindow) return freeAt;
    return this.lastBeganAt + (freeAt - nowMs) / (requestsPerWindow - used);
  }

  private used(nowMs: number): number {
    const oldest = nowMs - this.quota.windowMs;
    while ((this.ended[this.first] ?? Infinity) <= oldest) this.first++;
    if (this.first > this.quota.requestsPerWindow) {
      this.ended = this.ended.slice(this.first);
      this.first = 0;
    }
    return this.ended.length - this.first + this.underWay;
  }
}
