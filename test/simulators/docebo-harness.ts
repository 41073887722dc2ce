import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { DoceboControl } from '../../simulators/docebo/control/client';
import { loadProfile, type Profile } from '../../simulators/docebo/profile';
import { createDoceboSimulator, defaultAccount, type DoceboSimulator } from '../../simulators/docebo/server';

export type Json = Record<string, unknown>;

/** An answer of the API; the lists are there only where the call has them. */
export type Reply = Json & {
  readonly data: Json & {
    readonly items: readonly Json[];
    readonly sessions: readonly Json[];
    readonly total_count: number;
    readonly has_more_data: boolean;
  };
};

export function profileNamed(name: 'assumed-v1' | 'assumed-v2'): Profile {
  return loadProfile(path.join(__dirname, '../../profiles', `${name}.json`));
}

/** A simulator that listens, its control client, and a caller with a token. */
export interface Harness {
  readonly url: string;
  readonly control: DoceboControl;
  readonly simulator: DoceboSimulator;
  /** Calls the API with a token and returns the parsed body; throws unless the status is the expected one. */
  get(path: string, status?: number): Promise<Reply>;
  request(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export async function startDocebo(profile: 'assumed-v1' | 'assumed-v2' = 'assumed-v1'): Promise<Harness> {
  const simulator = createDoceboSimulator({ profile: profileNamed(profile) });
  // Else a message that a busy machine is slow to take would come twice.
  simulator.tenant.changeSettings({ webhooks: { timeoutMs: 60_000 } });
  const url = await simulator.listen();
  const control = new DoceboControl(url);
  let token = await fetchToken(url);
  const request = async (target: string, init: RequestInit = {}): Promise<Response> => {
    const send = () =>
      fetch(`${url}${target}`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string> | undefined) },
      });
    const answer = await send();
    if (answer.status !== 401) return answer;
    token = await fetchToken(url);
    return send();
  };
  return {
    url,
    control,
    simulator,
    request,
    async get(target, status = 200) {
      const answer = await request(target);
      const body = await answer.text();
      if (answer.status !== status) throw new Error(`GET ${target} answered ${answer.status}, not ${status}: ${body}`);
      return JSON.parse(body) as Reply;
    },
    close: () => simulator.close(),
  };
}

export async function fetchToken(url: string): Promise<string> {
  const { clientId, clientSecret } = defaultAccount;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
  const answer = await fetch(`${url}/oauth2/token`, { method: 'POST', body: form });
  return ((await answer.json()) as { access_token: string }).access_token;
}

export interface Received {
  readonly body: Json;
  readonly headers: IncomingHttpHeaders;
}

/** An endpoint for webhooks that notes what it gets and answers as told. */
export class Receiver {
  readonly received: Received[] = [];
  /** Statuses of the next answers; 200 when there is none left. `hang` never answers. */
  readonly answers: (number | 'hang')[] = [];
  /** What it answers when `answers` is empty. */
  usual: number | 'hang' = 200;
  private server: Server | undefined;

  async listen(): Promise<string> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.received.push({
          body: JSON.parse(Buffer.concat(chunks).toString()) as Json,
          headers: request.headers,
        });
        const answer = this.answers.shift() ?? this.usual;
        if (answer !== 'hang') response.writeHead(answer, { location: '/elsewhere' }).end();
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  get bodies(): Json[] {
    return this.received.map((r) => r.body);
  }

  /** Payloads of every message, single or grouped, with their event's name. */
  get events(): { event: string; payload: Json }[] {
    return this.bodies.flatMap((body) =>
      ((body.payloads ?? [body.payload]) as Json[]).map((payload) => ({ event: body.event as string, payload })),
    );
  }

  async close(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** A course with one session of two events in Rome, and three learners of whom nobody is enrolled. */
export async function seedSmall(control: DoceboControl) {
  const users = (
    await control.run('create-users', {
      users: ['Ada Byron', 'Grace Murray', 'Alan Mathison', 'Edsger Wybe'].map((name) => {
        const [firstName = '', lastName = ''] = name.split(' ');
        return { firstName, lastName, email: `${firstName}@example.com`.toLowerCase() };
      }),
    })
  ).result;
  const location = (await control.run('create-location', { name: 'HQ', address: 'Via Roma 1', phone: '+39 06 1' }))
    .result;
  const classroom = (
    await control.run('create-classroom', {
      locationId: location.id,
      name: 'Room A',
      seats: 12,
      equipment: 'Projector',
    })
  ).result;
  const course = (await control.run('create-course', { name: 'Safety', code: 'SAFE', description: '<p>Be safe</p>' }))
    .result;
  const session = (
    await control.run('create-session', {
      courseId: course.id,
      name: 'Spring Édition 1',
      events: [
        {
          date: '2027-03-27',
          timeBegin: '09:00',
          timeEnd: '17:00',
          timezone: 'Europe/Rome',
          locationId: location.id,
          classroomId: classroom.id,
        },
        {
          date: '2027-03-29',
          timeBegin: '00:30',
          timeEnd: '04:00',
          timezone: 'Europe/Rome',
          webinarTool: 'teams',
          webinarUrl: 'https://teams.example/1',
        },
      ],
    })
  ).result;
  const events = (await control.truth()).events.filter((e) => e.sessionId === session.id);
  return { users, location, classroom, course, session, events };
}
