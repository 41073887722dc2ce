import { Lease } from '../../../../src/temporal/queues/lease';

/** Two clocks that a test moves. */
function clocks() {
  const at = { monotonic: 0, wall: 1_000_000 };
  return { at, watch: { monotonic: () => at.monotonic, wall: () => at.wall } };
}

describe('a lease', () => {
  it('lasts its time from the moment at which the answered heartbeat was sent', () => {
    const { at, watch } = clocks();
    const lease = new Lease('graph/training', 7_500, watch);
    const sentAt = lease.now();
    at.monotonic = 3_000;
    lease.renew(sentAt);

    at.monotonic = 7_499;
    expect(lease.isHeld()).toBe(true);
    at.monotonic = 7_500;
    expect(lease.isHeld()).toBe(false);
  });

  it.each(['monotonic', 'wall'] as const)('ends when the %s clock alone says so', (clock) => {
    const { at, watch } = clocks();
    const lease = new Lease('graph/training', 7_500, watch);
    at[clock] += 7_500;

    expect(lease.isHeld()).toBe(false);
  });

  it('is not won back by a late answer', () => {
    const { at, watch } = clocks();
    const lease = new Lease('graph/training', 7_500, watch);
    at.monotonic = 8_000;
    lease.renew(lease.now());

    expect(lease.isHeld()).toBe(false);
  });

  it('ends calls under way, and refuses others, at the first look after its time', () => {
    const { at, watch } = clocks();
    const lease = new Lease('graph/training', 7_500, watch);
    const underWay = lease.enter();
    expect(underWay.aborted).toBe(false);
    at.wall += 60_000;

    expect(() => lease.enter()).toThrow(expect.objectContaining({ code: 'QUEUE_LOST' }) as Error);
    expect(underWay.aborted).toBe(true);
  });
});
