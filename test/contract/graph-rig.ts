import { createMicrosoftSimulator, type MicrosoftSimulator } from '../../simulators/microsoft/server';
import type { Knobs } from '../../simulators/microsoft/state/knobs';
import type { NewMailbox } from '../../simulators/microsoft/state/simulator-state';
import type { StoredEvent } from '../../simulators/microsoft/state/model';
import type { Fault } from '../../simulators/kit/faults';
import type { CalendarKeys } from '../../src/adapters/graph/calendar-keys';
import { createGraphCalendarStore } from '../../src/adapters/graph/calendar-store';
import { createGraphMailbox, mailboxRoot, type GraphMailbox } from '../../src/adapters/graph/client';
import type { AccessTokens } from '../../src/adapters/graph/tokens/access-tokens';
import { createAppTokens } from '../../src/adapters/graph/tokens/app-tokens';
import * as contract from '../../src/contract/calendar-keys';
import type { CalendarStore } from '../../src/domain/ports';

export const ORGANISER = 'training@academy.example';

export const keys: CalendarKeys = {
  sessionPropertyId: contract.SESSION_PROPERTY_ID,
  eventPropertyId: contract.EVENT_PROPERTY_ID,
  sessionPropertyValue: contract.sessionPropertyValue,
  eventPropertyValue: contract.eventPropertyValue,
  parseEventPropertyValue: contract.parseEventPropertyValue,
  parseTransactionId: contract.parseTransactionId,
  bodyMarker: contract.bodyMarker,
  parseBodyMarker: contract.parseBodyMarker,
};

/** The Graph adapter before a simulated Microsoft: token, client and calendar of one organiser. */
export class GraphRig {
  readonly graph: GraphMailbox;
  readonly store: CalendarStore;
  private mailSeen = 0;

  private constructor(
    readonly simulator: MicrosoftSimulator,
    readonly tokens: AccessTokens,
    origin: string,
    options: { readonly timeoutMs?: number; readonly me?: boolean },
  ) {
    const clock = { now: () => new Date() };
    const address = options.me === true ? null : ORGANISER;
    const { timeoutMs } = options;
    const root = mailboxRoot(address);
    this.graph = createGraphMailbox({ mailbox: 'training', root, baseUrl: origin, tokens, clock, timeoutMs });
    this.store = createGraphCalendarStore({ graph: this.graph, keys, address });
  }

  static async start(
    options: {
      readonly knobs?: Partial<Knobs>;
      readonly mailbox?: Partial<NewMailbox>;
      readonly timeoutMs?: number;
      /** The mailbox is named by the token alone. */
      readonly me?: boolean;
    } = {},
  ): Promise<GraphRig> {
    const simulator = createMicrosoftSimulator({
      knobs: options.knobs,
      mailboxes: [{ address: ORGANISER, displayName: 'Academy Training', calendars: ['Second'], ...options.mailbox }],
      apps: [{ clientId: 'client-1', clientSecret: 'secret-1', me: options.me === true ? ORGANISER : null }],
    });
    const origin = await simulator.listen();
    const tokens = createAppTokens({
      tenantId: 'academy.example',
      clientId: 'client-1',
      credential: { kind: 'secret', secrets: ['secret-1'] },
      loginUrl: 'https://login.microsoftonline.com',
      scope: 'https://graph.microsoft.com/.default',
      tokenEndpoint: `${origin}/academy.example/oauth2/v2.0/token`,
      settingNames: { tenantId: 'TENANT', clientId: 'CLIENT', credential: 'SECRET' },
      clock: { now: () => new Date() },
      fetch,
    });
    return new GraphRig(simulator, tokens, origin, options);
  }

  close(): Promise<void> {
    return this.simulator.close();
  }

  /** Strikes the next request that fits, unless the fault says otherwise. */
  fault(fault: Fault): void {
    this.simulator.faults.arm(fault);
  }

  /** What has left since the last look, as `kind name`. */
  mails(): string[] {
    const { outbox } = this.simulator.state.data;
    const fresh = outbox.slice(this.mailSeen);
    this.mailSeen = outbox.length;
    return fresh.map((mail) => `${mail.kind} ${mail.to.split('@')[0]}`).sort();
  }

  /** All events of the organiser, cancelled and deleted ones too, as the simulator stores them. */
  stored(): StoredEvent[] {
    return this.simulator.state.events.all().filter((event) => event.isOrganizer);
  }

  live(): StoredEvent[] {
    return this.stored().filter((event) => !event.isCancelled);
  }

  async control(method: string, path: string, body: unknown = {}): Promise<void> {
    const answer = await this.simulator.app.inject({
      method: method as 'POST',
      url: `/__control${path}`,
      payload: body as object,
    });
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`);
  }

  respond(event: string, name: string, response: string): Promise<void> {
    return this.control('POST', `/people/${name}@academy.example/respond`, { event, response });
  }

  forward(event: string, name: string, to: string): Promise<void> {
    return this.control('POST', `/people/${name}@academy.example/forward`, { event, to });
  }
}

/** Runs `work` once, right after the next GET of an event has been answered: somebody else is quicker than the write. */
export function afterNextRead(rig: GraphRig, work: () => Promise<void>): void {
  const get = rig.store.get.bind(rig.store);
  rig.store.get = async (id) => {
    const event = await get(id);
    rig.store.get = get;
    await work();
    return event;
  };
}
