import type { FaultBoard } from '../../simulators/kit/faults';
import type { PlannedFault } from '../plan/round';
import type { Counts } from './counts';

interface Armed {
  readonly planned: PlannedFault;
  readonly id: string;
  readonly lastRound: number;
}

/** Faults at work on both sides, each for its rounds. */
export class ArmedFaults {
  private armed: Armed[] = [];

  constructor(
    private readonly boards: Readonly<Record<PlannedFault['side'], FaultBoard>>,
    private readonly counts: Counts,
  ) {}

  arm(planned: PlannedFault, round: number): void {
    const id = this.boards[planned.side].arm(planned.fault);
    this.armed.push({ planned, id, lastRound: round + planned.rounds - 1 });
    this.counts.add('faults armed');
  }

  /** Takes away those whose time is over; what they hold goes on. */
  expire(round: number): void {
    for (const fault of this.armed.filter(({ lastRound }) => lastRound <= round)) this.disarm(fault);
    this.armed = this.armed.filter(({ lastRound }) => lastRound > round);
  }

  private disarm({ planned, id }: Armed): void {
    const board = this.boards[planned.side];
    this.counts.add(`fault: ${planned.side} ${planned.label.split(': ')[1] ?? ''}`, board.struck(id));
    board.disarm(id);
  }
}
