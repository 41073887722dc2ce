import { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * What can go wrong on the wire, on request.
 *
 * - `latency`: the answer comes `ms` late.
 * - `status`: the request is refused before anything is done, with `status`, optionally `retryAfter` (header, seconds or date) and `body`.
 * - `commitThenFail`: the work is done, and the caller gets `status` (or, with `reset`, a closed connection) all the same.
 * - `reset`: the connection is closed before anything is done.
 * - `wrongJson`: the work is done, and the answer is a 200 with text that is no JSON.
 * - `truncated`: the work is done, and the answer breaks off in the middle of its JSON.
 * - `hold`: the request stops, `before` the work or `afterCommit` (done, not answered), until it is released.
 */
export type Fault = {
  /** Regular expression on "METHOD /path?query", e.g. "^POST /v1.0/users/.+/events$". */
  readonly match: string;
  /** How often it strikes; 0 = until it is removed. Default 1. */
  readonly times?: number;
  /** How many matching requests pass unharmed first. Default 0. */
  readonly after?: number;
} & (
  | { readonly kind: 'latency'; readonly ms: number }
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: number | string; readonly body?: unknown }
  | { readonly kind: 'commitThenFail'; readonly status?: number; readonly reset?: boolean; readonly body?: unknown }
  | { readonly kind: 'reset' }
  | { readonly kind: 'wrongJson' }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'hold'; readonly where: 'before' | 'afterCommit' }
);

interface ArmedFault {
  readonly id: string;
  readonly fault: Fault;
  readonly pattern: RegExp;
  passed: number;
  struck: number;
}

interface Held {
  readonly id: string;
  readonly faultId: string;
  readonly request: string;
  readonly where: 'before' | 'afterCommit';
  release: () => void;
}

export interface SeenRequest {
  readonly at: string;
  readonly request: string;
  readonly status: number;
}

/** Arms faults, remembers requests, holds answers. One per simulator; `install` hooks it into the server before its routes. */
export class FaultBoard {
  private armed: ArmedFault[] = [];
  private held: Held[] = [];
  private seen: SeenRequest[] = [];
  private waiters: (() => void)[] = [];
  private lastId = 0;
  private inFlight = 0;
  private maxInFlight = 0;

  arm(fault: Fault): string {
    const id = `fault-${++this.lastId}`;
    this.armed.push({ id, fault, pattern: new RegExp(fault.match), passed: 0, struck: 0 });
    return id;
  }

  /** Removes one fault, or all, and lets go what they hold. */
  disarm(id?: string): void {
    this.armed = id === undefined ? [] : this.armed.filter((a) => a.id !== id);
    this.release(id);
  }

  /** How often a fault has struck; 0 for one that is not armed. */
  struck(id: string): number {
    return this.armed.find((a) => a.id === id)?.struck ?? 0;
  }

  /** Answered so far, oldest first. */
  requests(): readonly SeenRequest[] {
    return this.seen;
  }

  /** Lets held requests go on: those of one fault, or all. Returns how many. */
  release(faultId?: string): number {
    const going = this.held.filter((h) => faultId === undefined || h.faultId === faultId);
    this.held = this.held.filter((h) => !going.includes(h));
    for (const h of going) h.release();
    return going.length;
  }

  install(app: FastifyInstance): void {
    app.addHook('onRequest', async (request, reply) => {
      if (isControl(request)) return;
      this.maxInFlight = Math.max(this.maxInFlight, ++this.inFlight);
      // A request that a simulator sends to itself (app.inject) has no real socket.
      if (request.raw.socket instanceof Socket) request.raw.socket.setNoDelay(true);
      let counted = true;
      reply.raw.once('close', () => {
        if (counted) this.inFlight--;
        counted = false;
      });
      await this.strikeBefore(request, reply);
    });
    app.addHook('onSend', async (request, reply, payload) => {
      if (isControl(request)) return payload;
      return this.strikeAfter(request, reply, payload);
    });
    app.addHook('onResponse', (request, reply, done) => {
      if (!isControl(request))
        this.seen.push({ at: new Date().toISOString(), request: name(request), status: reply.statusCode });
      done();
    });
    this.controlRoutes(app);
  }

  private take(request: FastifyRequest, kinds: readonly Fault['kind'][], where?: 'before' | 'afterCommit') {
    const text = name(request);
    for (const armed of this.armed) {
      const { fault } = armed;
      if (!kinds.includes(fault.kind)) continue;
      if (fault.kind === 'hold' && fault.where !== where) continue;
      if (!armed.pattern.test(text)) continue;
      if (armed.passed < (fault.after ?? 0)) {
        armed.passed++;
        continue;
      }
      const times = fault.times ?? 1;
      if (times !== 0 && armed.struck >= times) continue;
      armed.struck++;
      return armed;
    }
    return undefined;
  }

  private async strikeBefore(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const slow = this.take(request, ['latency']);
    if (slow?.fault.kind === 'latency') await sleep(slow.fault.ms);
    const hold = this.take(request, ['hold'], 'before');
    if (hold !== undefined) await this.hold(hold, request, 'before');
    const hit = this.take(request, ['status', 'reset']);
    if (hit?.fault.kind === 'reset') {
      reply.raw.destroy();
      reply.hijack();
    }
    if (hit?.fault.kind === 'status') {
      const { status, retryAfter, body } = hit.fault;
      if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
      (request as { faulted?: boolean }).faulted = true;
      await reply.code(status).send(body ?? { error: { code: 'InjectedFault', message: `injected ${status}` } });
    }
  }

  private async strikeAfter(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
    if ((request as { faulted?: boolean }).faulted) return payload;
    // Nothing was committed where the service itself refused.
    if (reply.statusCode >= 400) return payload;
    const hold = this.take(request, ['hold'], 'afterCommit');
    if (hold !== undefined) await this.hold(hold, request, 'afterCommit');
    const hit = this.take(request, ['commitThenFail', 'wrongJson', 'truncated']);
    if (hit?.fault.kind === 'wrongJson') {
      reply.code(200).header('content-type', 'application/json').removeHeader('content-length');
      return '<html>this is not what you asked for';
    }
    if (hit?.fault.kind === 'truncated') {
      void reply.removeHeader('content-length');
      return typeof payload === 'string' ? payload.slice(0, Math.ceil(payload.length / 2)) : payload;
    }
    if (hit?.fault.kind === 'commitThenFail') {
      if (hit.fault.reset === true) {
        reply.raw.destroy();
        return payload;
      }
      reply
        .code(hit.fault.status ?? 503)
        .header('content-type', 'application/json')
        .removeHeader('content-length');
      return JSON.stringify(
        hit.fault.body ?? { error: { code: 'InjectedFault', message: 'done, but the answer was lost' } },
      );
    }
    return payload;
  }

  private async hold(armed: ArmedFault, request: FastifyRequest, where: 'before' | 'afterCommit'): Promise<void> {
    await new Promise<void>((release) => {
      this.held.push({ id: `hold-${++this.lastId}`, faultId: armed.id, request: name(request), where, release });
      for (const wake of this.waiters.splice(0)) wake();
    });
  }

  private async waitForHold(faultId: string | undefined, timeoutMs: number): Promise<Omit<Held, 'release'>[]> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const found = this.held.filter((h) => faultId === undefined || h.faultId === faultId);
      const left = deadline - Date.now();
      if (found.length > 0 || left <= 0)
        return found.map((h) => ({ id: h.id, faultId: h.faultId, request: h.request, where: h.where }));
      await this.nextHold(left);
    }
  }

  private async nextHold(withinMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((wake) => {
      this.waiters.push(wake);
      timer = setTimeout(wake, withinMs);
    });
    clearTimeout(timer);
  }

  private controlRoutes(app: FastifyInstance): void {
    app.post<{ Body: Fault }>('/__control/faults', async (request) => ({ id: this.arm(request.body) }));
    app.get('/__control/faults', async () => this.armed.map((a) => ({ id: a.id, struck: a.struck, fault: a.fault })));
    app.delete<{ Querystring: { id?: string } }>('/__control/faults', async (request, reply) => {
      this.disarm(request.query.id);
      return reply.code(204).send();
    });
    /** Waits up to `wait` ms for a request to be held; answers those that are (an empty list when none is). */
    app.get<{ Querystring: { id?: string; wait?: string } }>('/__control/holds', async (request) =>
      this.waitForHold(request.query.id, Number(request.query.wait ?? 0)),
    );
    app.post<{ Querystring: { id?: string } }>('/__control/holds/release', async (request) => ({
      released: this.release(request.query.id),
    }));
    app.get<{ Querystring: { match?: string } }>('/__control/requests', async (request) => {
      const pattern = new RegExp(request.query.match ?? '');
      return {
        maxInFlight: this.maxInFlight,
        inFlight: this.inFlight,
        requests: this.seen.filter((s) => pattern.test(s.request)),
      };
    });
    app.delete('/__control/requests', async (_request, reply) => {
      this.seen = [];
      this.maxInFlight = this.inFlight;
      return reply.code(204).send();
    });
  }
}

function name(request: FastifyRequest): string {
  return `${request.method} ${request.url}`;
}

/** Pages for people and the control API are no part of the simulated service: no fault strikes them, nobody counts them. */
function isControl(request: FastifyRequest): boolean {
  return /^\/(__control\/|ui|$|\?)/.test(request.url);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
