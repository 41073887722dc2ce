import type { FastifySchema } from 'fastify';
import { errorResponse } from '../schemas';

export const STATUS = { enum: ['error', 'held', 'pending', 'in_sync', 'off', 'closed'] } as const;
const EXECUTION = {
  type: 'string',
  description: "Temporal's word for how the workflow's run stands, in lower case.",
} as const;
export const INSTANT = { type: 'string', format: 'date-time' } as const;
const MAYBE_INSTANT = { type: ['string', 'null'], format: 'date-time' } as const;
export const MAYBE_TEXT = { type: ['string', 'null'] } as const;
const PLATFORM = {
  type: 'string',
  pattern: '^[a-z0-9-]{1,32}$',
  description: "The platform's key in convoke.yaml.",
} as const;
export const COUNT = { type: 'integer', minimum: 0 } as const;

export const SESSION_PARAMS = {
  type: 'object',
  required: ['platform', 'sessionId'],
  properties: { platform: PLATFORM, sessionId: { type: 'string', pattern: '^[0-9]{1,20}$' } },
} as const;

/** What any request may get. */
const ANY_REFUSALS = {
  400: errorResponse('The request is not as it must be, or the session does not take it; the message says why.'),
  401: errorResponse('No token, or one that opens nothing.'),
  403: errorResponse('The token does not have the role.'),
  415: errorResponse('The request is compressed, or its body is no JSON.'),
  429: errorResponse('Too many requests within a minute; `Retry-After` says how long to wait.'),
  502: errorResponse('Temporal or the worker does not answer; `code` says which.'),
  503: errorResponse("The identity provider's keys cannot be had."),
} as const;

/** Of a request about one session. */
export const REFUSALS = { ...ANY_REFUSALS, 404: errorResponse('No workflow of this session runs.') } as const;

/** Of a request with a body. */
export const WRITE_REFUSALS = { ...REFUSALS, 413: errorResponse('The body is too large.') } as const;

export const PLAN_REFUSALS = {
  ...WRITE_REFUSALS,
  404: errorResponse('No platform of this installation has this key.'),
} as const;

export const common = { tags: ['operator'], security: [{ apiToken: [] }] } as const;

export const listSchema: FastifySchema = {
  ...common,
  operationId: 'listSessions',
  summary: 'Sessions by status, course and start',
  description: 'Role `read`. As Temporal lists them, which may lag by seconds.',
  querystring: {
    type: 'object',
    additionalProperties: false,
    properties: {
      platform: PLATFORM,
      course: { type: 'string', pattern: '^[0-9]{1,20}$' },
      status: { anyOf: [STATUS, { type: 'array', minItems: 1, maxItems: 6, items: STATUS }] },
      startsBefore: INSTANT,
      ended: { enum: ['true', 'false'], description: 'Those whose workflow has ended too.' },
      limit: { type: 'string', pattern: '^([1-9][0-9]{0,2}|1000)$', description: 'From 1 to 1000; 100 if left out.' },
    },
  },
  response: {
    200: {
      description: 'The earliest first; `counts` and `matching` are of all, whether or not they fitted.',
      type: 'object',
      required: ['rows', 'matching', 'counts'],
      properties: {
        rows: {
          type: 'array',
          items: {
            type: 'object',
            required: ['platform', 'sessionId', 'status', 'courseId', 'mailbox', 'startsAt', 'execution', 'workflowId'],
            properties: {
              platform: { type: 'string' },
              sessionId: { type: 'string' },
              status: STATUS,
              courseId: MAYBE_TEXT,
              mailbox: MAYBE_TEXT,
              startsAt: MAYBE_INSTANT,
              execution: EXECUTION,
              workflowId: { type: 'string' },
            },
          },
        },
        matching: COUNT,
        counts: { type: 'object', additionalProperties: COUNT },
      },
    },
    ...ANY_REFUSALS,
  },
};

export const sessionSchema: FastifySchema = {
  ...common,
  operationId: 'getSession',
  summary: 'The state of a session',
  description: 'Role `read`. Ledger, inbox, failures and journal, as the workflow keeps them: ids, counts and codes.',
  params: SESSION_PARAMS,
  response: {
    200: {
      description: 'Now.',
      type: 'object',
      required: ['workflowId', 'runId', 'execution', 'startedAt', 'endedAt', 'status', 'state'],
      properties: {
        workflowId: { type: 'string' },
        runId: { type: 'string' },
        execution: EXECUTION,
        startedAt: INSTANT,
        endedAt: MAYBE_INSTANT,
        status: STATUS,
        state: { type: 'object', additionalProperties: true },
      },
    },
    ...REFUSALS,
  },
};

export const coverageSchema: FastifySchema = {
  ...common,
  operationId: 'getCoverage',
  summary: 'How many seats have their invitation',
  description: 'Role `read`. As the last sweep of each platform found it.',
  querystring: { type: 'object', additionalProperties: false, properties: { platform: PLATFORM } },
  response: {
    200: {
      description: '`coverage` is null where no sweep has told yet.',
      type: 'object',
      required: ['platforms'],
      properties: {
        platforms: {
          type: 'array',
          items: {
            type: 'object',
            required: ['platform', 'coverage'],
            properties: {
              platform: { type: 'string' },
              coverage: {
                type: ['object', 'null'],
                required: ['at', 'seats', 'covered', 'oldestGapSince'],
                properties: { at: INSTANT, seats: COUNT, covered: COUNT, oldestGapSince: MAYBE_INSTANT },
              },
            },
          },
        },
      },
    },
    ...ANY_REFUSALS,
  },
};

export const healthSchema: FastifySchema = {
  ...common,
  operationId: 'getPlatformHealth',
  summary: 'What webhooks and sweeps told of a platform',
  description: 'Role `read`. Counts of webhooks and refused passwords, unknown events by name and field, coverage.',
  params: { type: 'object', required: ['platform'], properties: { platform: PLATFORM } },
  response: {
    200: { description: 'As its workflow keeps it.', type: 'object', additionalProperties: true },
    ...ANY_REFUSALS,
    404: errorResponse('Nothing is known of this platform yet.'),
  },
};

const REASON = {
  type: 'string',
  minLength: 1,
  maxLength: 200,
  description: "Stands in the session's journal: no names and no addresses.",
} as const;

const NOTE = {
  description: 'Done; `note` says what happens now.',
  type: 'object',
  required: ['workflowId', 'note'],
  properties: { workflowId: { type: 'string' }, note: { type: 'string' } },
} as const;

export function writeSchema(verb: 'hold' | 'release', summary: string): FastifySchema {
  return {
    ...common,
    operationId: `${verb}Session`,
    summary,
    description: 'Role `operate`. Who asked stands in the journal and in the audit log.',
    params: SESSION_PARAMS,
    body: { type: 'object', additionalProperties: false, properties: { reason: REASON } },
    response: { 200: NOTE, ...WRITE_REFUSALS },
  };
}

export const resyncSchema: FastifySchema = {
  ...common,
  operationId: 'resyncSession',
  summary: 'Read Docebo and the calendar again, and mend every difference',
  description: 'Role `operate`. Who asked stands in the journal and in the audit log.',
  params: SESSION_PARAMS,
  body: {
    type: 'object',
    additionalProperties: false,
    properties: {
      reason: REASON,
      start: {
        type: 'boolean',
        description: 'A session without a workflow gets one, which looks through the calendar first.',
      },
    },
  },
  response: { 200: NOTE, ...WRITE_REFUSALS },
};

export const terminateSchema: FastifySchema = {
  ...common,
  operationId: 'terminateSession',
  summary: "End a session's workflow, as the last resort",
  description:
    'Role `operate`. The calendar stays as it is; the next hint starts a new run, which adopts the events that it finds.',
  params: SESSION_PARAMS,
  body: {
    type: 'object',
    required: ['confirm'],
    additionalProperties: false,
    properties: {
      confirm: { type: 'string', description: "The workflow's id, `session/<platform>/<session id>`, once more." },
      reason: REASON,
    },
  },
  response: { 200: NOTE, ...WRITE_REFUSALS },
};
