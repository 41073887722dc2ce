import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { Clock } from '../kit/clock';
import { FaultBoard } from '../kit/faults';
import { calendarControl } from './control/calendar-control';
import { directoryRoutes } from './control/directory-routes';
import { machineRoutes } from './control/machine-routes';
import { pageRoutes } from './pages/page-routes';
import { mailControl } from './control/mail-control';
import { subscriptionControl } from './control/subscription-control';
import { entraRoutes } from './entra/token-endpoint';
import { installAdmission } from './graph/admission';
import { batchRoute } from './graph/batch-route';
import { calendarRoutes } from './graph/calendar-routes';
import { installErrorHandler } from './graph/error-handler';
import { eventDeltaRoutes } from './graph/event-delta-routes';
import { eventRoutes } from './graph/event-routes';
import { folderRoutes } from './graph/folder-routes';
import { messageDeltaRoutes } from './graph/message-delta-routes';
import { messageRoutes } from './graph/message-routes';
import { Quota } from './graph/quota';
import { sendMailRoute } from './graph/send-mail-route';
import { subscriptionRoutes } from './graph/subscription-routes';
import type { Simulator } from './simulator';
import { turnKnobs, type Knobs } from './state/knobs';
import { SimulatorState, type NewApp, type NewMailbox } from './state/simulator-state';
import { Notifier } from './subscriptions/notifier';

export interface MicrosoftSimulatorOptions {
  readonly mailboxes?: readonly NewMailbox[];
  readonly apps?: readonly NewApp[];
  readonly knobs?: Partial<Knobs>;
  readonly clock?: Clock;
  /** Origin of Temporal's Web UI, for links from events to their workflows; none or empty = no links. */
  readonly temporalUiUrl?: string;
  /** Default `convoke`. */
  readonly temporalNamespace?: string;
}

export interface MicrosoftSimulator extends Simulator {
  readonly app: FastifyInstance;
  /** Listens on 127.0.0.1 and returns the origin. */
  listen(port?: number): Promise<string>;
  close(): Promise<void>;
}

/** Microsoft's side on the wire: Entra's token endpoint, Graph v1.0 for calendars and mail, a control API and pages. */
export function createMicrosoftSimulator(options: MicrosoftSimulatorOptions = {}): MicrosoftSimulator {
  const clock = options.clock ?? new Clock();
  const state = new SimulatorState(clock);
  const simulator: Simulator = {
    state,
    clock,
    faults: new FaultBoard(),
    quota: new Quota(),
    notifier: new Notifier(state),
    temporalUi: temporalUiOf(options),
  };
  state.data.knobs = turnKnobs(state.data.knobs, options.knobs ?? {});
  for (const mailbox of options.mailboxes ?? []) state.addMailbox(mailbox);
  for (const app of options.apps ?? []) state.addApp(app);

  const app = Fastify({
    bodyLimit: 4 * 1024 * 1024,
    genReqId: () => randomUUID(),
    forceCloseConnections: true,
    // Item ids are longer than the router's default.
    routerOptions: { maxParamLength: 1000 },
  });
  readEmptyJsonAsNothing(app);
  installErrorHandler(app, simulator);
  const admission = installAdmission(app, simulator);
  admission.before();
  simulator.faults.install(app);
  admission.after();
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('request-id', request.id);
    const clientRequestId = request.headers['client-request-id'];
    if (clientRequestId !== undefined) void reply.header('client-request-id', clientRequestId);
    done();
  });

  void app.register(entraRoutes(simulator));
  void app.register(graphRoutes(simulator), { prefix: '/v1.0' });
  void app.register(controlRoutes(simulator), { prefix: '/__control' });
  void app.register(pageRoutes(simulator));

  return {
    ...simulator,
    app,
    async listen(port = 0) {
      await app.listen({ host: '127.0.0.1', port });
      return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    },
    async close() {
      simulator.faults.disarm();
      await app.close();
      await simulator.notifier.close();
    },
  };
}

const mailboxRoutes = [
  calendarRoutes,
  eventRoutes,
  eventDeltaRoutes,
  folderRoutes,
  messageRoutes,
  messageDeltaRoutes,
  sendMailRoute,
];

function graphRoutes(simulator: Simulator) {
  return (app: FastifyInstance, _options: object, done: () => void) => {
    app.addHook('preHandler', async () => serviceTime(simulator.state.data.knobs.serviceTimeMs));
    for (const prefix of ['/me', '/users/:user']) {
      for (const routes of mailboxRoutes) void app.register(routes(simulator), { prefix });
    }
    void app.register(subscriptionRoutes(simulator));
    void app.register(batchRoute);
    done();
  };
}

function controlRoutes(simulator: Simulator) {
  return (app: FastifyInstance, _options: object, done: () => void) => {
    void app.register(machineRoutes(simulator));
    void app.register(directoryRoutes(simulator));
    void app.register(calendarControl(simulator));
    void app.register(mailControl(simulator));
    void app.register(subscriptionControl(simulator));
    done();
  };
}

/** POST without a body under a JSON content type is legal on Graph (`cancel`). */
function readEmptyJsonAsNothing(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    const text = body.toString();
    if (text.trim() === '') return done(null, undefined);
    try {
      return done(null, JSON.parse(text));
    } catch (error) {
      return done(Object.assign(error as Error, { statusCode: 400 }), undefined);
    }
  });
}

function temporalUiOf(options: MicrosoftSimulatorOptions): string | null {
  const origin = (options.temporalUiUrl ?? '').replace(/\/+$/, '');
  return origin === '' ? null : `${origin}/namespaces/${encodeURIComponent(options.temporalNamespace ?? 'convoke')}`;
}

function serviceTime(ms: number): Promise<void> {
  return new Promise((resolve) => (ms > 0 ? setTimeout(resolve, ms) : setImmediate(resolve)));
}
