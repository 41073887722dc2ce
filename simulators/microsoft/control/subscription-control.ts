import type { LifecycleEventType } from '@microsoft/microsoft-graph-types';
import type { FastifyInstance } from 'fastify';
import type { Simulator } from '../simulator';
import { ControlError } from './control-error';
import { mailboxNamed } from './lookups';

const lifecycleEvents: Record<LifecycleEventType, true> = {
  missed: true,
  subscriptionRemoved: true,
  reauthorizationRequired: true,
};

/** Subscriptions and delta tokens: what Microsoft does to them without being asked. */
export function subscriptionControl(simulator: Simulator) {
  const { state, notifier } = simulator;
  return (app: FastifyInstance, _options: object, done: () => void) => {
    app.get('/subscriptions', async () => Object.values(state.data.subscriptions));

    /** Sends a lifecycle notification; `subscriptionRemoved` removes the subscription, too. */
    app.post<{ Params: { id: string }; Body: { event: LifecycleEventType } }>(
      '/subscriptions/:id/lifecycle',
      async (request, reply) => {
        const subscription = state.data.subscriptions[request.params.id];
        if (subscription === undefined) throw new ControlError(404, `there is no subscription '${request.params.id}'`);
        const { event } = request.body;
        if (!Object.hasOwn(lifecycleEvents, event))
          throw new ControlError(400, `'event' is one of ${Object.keys(lifecycleEvents).join(', ')}`);
        if (event === 'subscriptionRemoved') Reflect.deleteProperty(state.data.subscriptions, subscription.id);
        notifier.sendLifecycle(subscription, event);
        return reply.code(204).send();
      },
    );

    /** Waits until everything under way has been delivered, or given up until its next attempt. */
    app.post('/subscriptions/settle', async (_request, reply) => {
      await notifier.settled();
      return reply.code(204).send();
    });

    /** Forgets all delta tokens given so far, of one mailbox or of all: their next use is 410. */
    app.post<{ Body: { mailbox?: string } | undefined }>('/delta/expire', async (request, reply) => {
      const name = request.body?.mailbox;
      const mailboxes = name === undefined ? Object.values(state.data.mailboxes) : [mailboxNamed(state, name)];
      for (const mailbox of mailboxes) mailbox.deltaEpoch++;
      return reply.code(204).send();
    });
    done();
  };
}
