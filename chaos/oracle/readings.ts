import type { AcademyState } from '../../simulators/docebo/academy/model';
import type { DoceboSimulator } from '../../simulators/docebo/server';

/** Who could be known to have a seat in a session, at the moment at which Docebo answered a question about it. */
export interface Reading {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Begins a plan: the list of enrolments, its first page. */
  readonly opens: boolean;
  /** User ids by event; instructors of the event among them. */
  readonly seats: ReadonlyMap<number, ReadonlySet<number>>;
}

/** Notes what the product could read, session by session, as it reads it; with the API's lag. */
export class Readings {
  private readonly bySession = new Map<number, Reading[]>();
  /** Every address that a user ever had, in lower case. */
  private readonly usersByAddress = new Map<string, Set<number>>();

  attach(docebo: DoceboSimulator): void {
    docebo.academy.onChange(({ after }) => this.noteAddresses(after));
    docebo.app.addHook('onRequest', (request, _reply, done) => {
      this.note(request.method, request.url, docebo.tenant.view.visible());
      done();
    });
  }

  usersOf(address: string): ReadonlySet<number> {
    return this.usersByAddress.get(address.toLowerCase()) ?? new Set();
  }

  /** Readings of the last plan that was begun before `at`, and what was read since. */
  before(sessionId: number, at: number): readonly Reading[] {
    const earlier = (this.bySession.get(sessionId) ?? []).filter((reading) => reading.at <= at);
    const opened = earlier.findLastIndex((reading) => reading.opens);
    return earlier.slice(Math.max(0, opened));
  }

  private note(method: string, url: string, state: AcademyState): void {
    const [, session, rest = ''] = /^\/course\/v1\/sessions\/(\d+)(\/enrollments|\/events)?/.exec(url) ?? [];
    const [, event] = /^\/course\/v1\/events\/(\d+)\/instructors/.exec(url) ?? [];
    const sessionId = session ?? (event === undefined ? undefined : state.events[Number(event)]?.sessionId);
    if (method !== 'GET' || sessionId === undefined) return;
    const opens = rest === '/enrollments' && !/[?&]page=(?!1\b)/.test(url);
    const readings = this.bySession.get(Number(sessionId)) ?? [];
    readings.push({ at: Date.now(), opens, seats: seatsOf(state, Number(sessionId)) });
    this.bySession.set(Number(sessionId), readings);
  }

  private noteAddresses(state: AcademyState): void {
    for (const { id, email } of Object.values(state.users)) {
      const key = email.trim().toLowerCase();
      const known = this.usersByAddress.get(key) ?? new Set();
      this.usersByAddress.set(key, known.add(id));
    }
  }
}

function seatsOf(state: AcademyState, sessionId: number): ReadonlyMap<number, ReadonlySet<number>> {
  const rows = state.enrolments[sessionId] ?? [];
  const learners = rows.filter((row) => row.status === 'active').map((row) => row.userId);
  const teachers = state.sessions[sessionId]?.instructorIds ?? [];
  const events = Object.values(state.events).filter((event) => event.sessionId === sessionId);
  return new Map(events.map(({ id, instructorIds }) => [id, new Set([...learners, ...teachers, ...instructorIds])]));
}
