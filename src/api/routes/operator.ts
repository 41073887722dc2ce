import type { FastifyInstance, FastifyRequest } from 'fastify';
import { resyncOrStart } from '../../app/resync-session';
import { explainSession } from '../../app/story/explain-session';
import { listEvents } from '../../app/story/list-events';
import { sessionWorkflowId } from '../../contract/ids';
import type { SyncStatus } from '../../contract/search-attributes';
import { AppError, InputError, NotFoundError } from '../../domain/errors';
import type { EventId, PlatformKey, SessionRef, UserId } from '../../domain/model';
import type { ApiOperator, ServerLimits } from '../app-deps';
import { audit } from '../auth/audit';
import type { Authenticate } from '../auth/authenticate';
import { createGuard } from '../auth/guard';
import { parseJsonBody, refuseContentEncoding } from '../json-body';
import {
  coverageSchema,
  healthSchema,
  listSchema,
  resyncSchema,
  sessionSchema,
  terminateSchema,
  writeSchema,
} from './operator-schemas';
import { eventsSchema, planSchema, whySchema } from './session-story-schemas';

interface Deps {
  readonly operator: ApiOperator;
  readonly authenticate: Authenticate;
  /** Those of convoke.yaml: no workflow is started for another one. */
  readonly platforms: readonly PlatformKey[];
  readonly limits: Pick<ServerLimits, 'operatorBodyBytes' | 'callsPerMinute' | 'failuresPerMinute'>;
}

interface ListQuery {
  readonly platform?: string;
  readonly course?: string;
  readonly status?: SyncStatus | readonly SyncStatus[];
  readonly startsBefore?: string;
  readonly ended?: 'true' | 'false';
  readonly limit?: string;
}

interface WhyQuery {
  readonly learner?: UserId;
  readonly event?: EventId;
  readonly history?: 'true' | 'false';
}

type SessionRequest = FastifyRequest<{
  Params: SessionRef;
  Body: { readonly reason?: string; readonly confirm?: string; readonly start?: boolean };
}>;

type Write = 'resync' | 'hold' | 'release' | 'terminate';

const DEFAULT_LIMIT = 100;
const SESSION = '/sessions/:platform/:sessionId';

/**
 * Sessions for programs and people with a token: the same verbs as the command `convoke`. Answers hold ids, counts and codes. No cross-origin
 * access: a web page that wants it has a server of its own.
 */
export function operatorApi(scope: FastifyInstance, { operator, ...deps }: Deps): void {
  const inTurn = oneAtATime();
  const inPlanTurn = oneAtATime();
  const guard = createGuard(scope, { ...deps, realm: 'convoke', unauthorized });
  const reading = (action: string) => ({ onRequest: guard.admit(action, 'read') });

  scope.addHook('onRequest', async (request) => refuseContentEncoding(request.headers['content-encoding']));
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) =>
    parseJsonBody(body, request.headers['content-type']),
  );

  scope.get('/sessions', { ...reading('sessions'), schema: listSchema }, async (request) => {
    const { platform, course, status, startsBefore, ended, limit } = request.query as ListQuery;
    const filter = {
      ...(platform !== undefined && { platform }),
      ...(course !== undefined && { course }),
      ...(status !== undefined && { statuses: typeof status === 'string' ? [status] : status }),
      ...(startsBefore !== undefined && { startsBefore }),
      ended: ended === 'true',
    };
    return operator.sessions(filter, limit === undefined ? DEFAULT_LIMIT : Number(limit));
  });

  scope.get(SESSION, { ...reading('session'), schema: sessionSchema }, async (request) =>
    operator.session((request as SessionRequest).params),
  );

  scope.get(`${SESSION}/why`, { ...reading('why'), schema: whySchema }, async (request) => {
    const { params } = request as SessionRequest;
    const { history, ...focus } = request.query as WhyQuery;
    const read = history === 'true';
    // Decrypting histories keeps a process busy that has webhooks to answer.
    const explain = () => explainSession(operator, params, { ...focus, history: read });
    const { view, ...told } = await (read ? inTurn(explain) : explain());
    const { workflowId, status } = view;
    return { workflowId, status, ...told };
  });

  scope.get(`${SESSION}/events`, { ...reading('events'), schema: eventsSchema }, async (request) => {
    const view = await operator.session((request as SessionRequest).params);
    const { counts, ledger } = view.state;
    const seats = { learners: counts.learners, instructors: counts.instructors };
    return { workflowId: view.workflowId, mailbox: ledger.mailbox, seats, events: listEvents(view) };
  });

  scope.get('/coverage', { ...reading('coverage'), schema: coverageSchema }, async (request) => {
    const { platform } = request.query as { readonly platform?: string };
    return { platforms: await operator.coverage(platform === undefined ? null : [platform]) };
  });

  scope.get('/platforms/:platform/health', { ...reading('health'), schema: healthSchema }, async (request) => {
    const { platform } = request.params as { readonly platform: string };
    const health = await operator.health(platform);
    if (health !== null) return health;
    throw new NotFoundError('Nothing is known of this platform: no webhook has come yet.', { code: 'API_NO_HEALTH' });
  });

  // One at a time: Docebo's calls are first of all for webhooks.
  post('plan', planSchema, async ({ params }) => inPlanTurn(() => operator.plan(params)));
  write('resync', resyncSchema);
  write('hold', writeSchema('hold', 'Stop all writing for a session'));
  write('release', writeSchema('release', 'Go on with a session that is held'));
  write('terminate', terminateSchema);

  function write(verb: Write, schema: object): void {
    post(verb, schema, async (request, workflowId) => ({
      workflowId,
      note: await carryOut(verb, request, workflowId),
    }));
  }

  /** With a line in the audit log. */
  function post(
    verb: Write | 'plan',
    schema: object,
    work: (request: SessionRequest, workflowId: string) => Promise<object>,
  ): void {
    const options = {
      schema,
      bodyLimit: deps.limits.operatorBodyBytes,
      onRequest: guard.admit(verb, 'operate'),
      // A body is for reasons: most requests have none.
      preValidation: async (request: FastifyRequest) => {
        if (request.body === undefined) request.body = {};
      },
    };
    scope.post(`${SESSION}/${verb}`, options, async (incoming) => {
      const request = incoming as SessionRequest;
      const workflowId = sessionWorkflowId(request.params);
      try {
        const answer = await work(request, workflowId);
        audit(request, { action: verb, outcome: 'done', workflowId });
        return answer;
      } catch (error) {
        const code = error instanceof AppError ? error.code : 'BUG_UNEXPECTED';
        audit(request, { action: verb, outcome: 'failed', workflowId, code });
        throw error;
      }
    });
  }

  async function carryOut(
    verb: Write,
    { params, body, principal }: SessionRequest,
    workflowId: string,
  ): Promise<string> {
    if (principal === null) throw unauthorized();
    const { reason, confirm, start = false } = body;
    const asked = { requestedBy: principal.id, ...(reason !== undefined && { reason }) };
    if (verb === 'resync' && start && deps.platforms.includes(params.platform)) {
      return (await resyncOrStart(operator, params, asked)).note;
    }
    if (verb !== 'terminate') return (await operator[verb](params, asked)).note;
    if (confirm !== workflowId) throw unconfirmed(workflowId);
    await operator.terminate(params, asked);
    return 'Its workflow has ended, and the calendar stays as it is. The next hint starts a new run, which adopts the events that it finds.';
  }
}

/** The next piece of work begins when the one before it is over. */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

function unconfirmed(workflowId: string): InputError {
  return new InputError(`To end the workflow, write its id once more: {"confirm": "${workflowId}"}.`, {
    code: 'INPUT_OPERATOR_CONFIRM',
  });
}

function unauthorized(): InputError {
  return new InputError('This needs a token: Authorization: Bearer <token>.', { code: 'API_UNAUTHORIZED' });
}
