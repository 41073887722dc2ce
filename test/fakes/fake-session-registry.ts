import type { PlatformKey, SessionId } from '../../src/domain/model';
import type { SessionInspection, SessionStanding } from '../../src/domain/sweep/session-standing';
import type { SessionRegistry } from '../../src/domain/sweep/sweep-ports';

/** The running workflows of one platform. */
export class FakeSessionRegistry implements SessionRegistry {
  readonly standings = new Map<SessionId, SessionStanding>();
  readonly inspections = new Map<SessionId, SessionInspection>();
  complete = true;
  /** Sessions asked, in order. */
  readonly asked: SessionId[] = [];

  async listRunning(_platform: PlatformKey) {
    return { standings: this.standings, complete: this.complete };
  }

  async inspect(_platform: PlatformKey, sessionIds: readonly SessionId[]) {
    this.asked.push(...sessionIds);
    const known = sessionIds.flatMap((id): [SessionId, SessionInspection][] => {
      const inspection = this.inspections.get(id);
      return inspection === undefined ? [] : [[id, inspection]];
    });
    return new Map(known);
  }
}
