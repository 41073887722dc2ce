import type { FastifyInstance } from 'fastify';
import type { Simulator } from '../simulator';
import type { SimulatorData } from '../state/model';
import { turnKnobs } from '../state/knobs';
import { ControlError } from './control-error';
import { orBadRequest } from './lookups';

const hugeBody = 1024 * 1024 * 1024;

/** Reset, state, knobs, clock, quota. */
export function machineRoutes(simulator: Simulator) {
  const { state, clock, faults, quota } = simulator;
  return (app: FastifyInstance, _options: object, done: () => void) => {
    app.post('/reset', async (_request, reply) => {
      faults.disarm();
      quota.reset();
      state.reset();
      return reply.code(204).send();
    });

    app.get('/state', async () => state.save());
    app.put<{ Body: SimulatorData }>('/state', { bodyLimit: hugeBody }, async (request, reply) => {
      orBadRequest(() => state.load(request.body));
      return reply.code(204).send();
    });

    app.get('/knobs', async () => state.data.knobs);
    app.patch('/knobs', async (request) => {
      state.data.knobs = orBadRequest(() => turnKnobs(state.data.knobs, request.body));
      return state.data.knobs;
    });

    app.get('/clock', async () => ({ now: state.nowIso() }));
    app.post<{ Body: { advanceMs?: unknown } }>('/clock', async (request) => {
      const { advanceMs } = request.body ?? {};
      if (typeof advanceMs !== 'number' || advanceMs < 0)
        throw new ControlError(400, 'expected {"advanceMs": milliseconds}, zero or more');
      clock.advance(advanceMs);
      return { now: state.nowIso() };
    });

    app.get('/quota', async () => quota.report());
    app.delete('/quota', async (_request, reply) => {
      quota.reset();
      return reply.code(204).send();
    });
    done();
  };
}
