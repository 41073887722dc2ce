import type { FastifySchema } from 'fastify';
import type { SwitchPosition } from '../../domain/plan';
import {
  common,
  COUNT,
  INSTANT,
  MAYBE_TEXT,
  PLAN_REFUSALS,
  REFUSALS,
  SESSION_PARAMS,
  STATUS,
} from './operator-schemas';

const WHAT = [
  'hint',
  'operator',
  'facts',
  'decision',
  'Graph',
  'mail',
  'answer',
  'Docebo',
  'failure',
  'other',
] as const;
const TEXTS = { type: 'array', items: { type: 'string' } } as const;

export const whySchema: FastifySchema = {
  ...common,
  operationId: 'explainSession',
  summary: 'How a session came to be as it is',
  description:
    "Role `read`. Its journal in plain words, the newest last; `history=true` adds attempts, failures and what each plan held, where Temporal still has the histories: that takes longer, and one is read at a time. People appear by Docebo's user ids alone.",
  params: SESSION_PARAMS,
  querystring: {
    type: 'object',
    additionalProperties: false,
    properties: {
      learner: {
        type: 'string',
        pattern: '^[0-9]{1,20}$',
        description: "Docebo's user id: of others no line is told.",
      },
      event: { type: 'string', pattern: '^[0-9]{1,20}$', description: "Docebo's id of one event." },
      history: { enum: ['true', 'false'] },
    },
  },
  response: {
    200: {
      description: '`untold` says where the story has gaps; `learner` is empty unless one was asked for.',
      type: 'object',
      required: ['workflowId', 'status', 'learner', 'timeline', 'untold'],
      properties: {
        workflowId: { type: 'string' },
        status: STATUS,
        learner: { ...TEXTS, description: 'What is true of the learner now.' },
        timeline: {
          type: 'array',
          items: {
            type: 'object',
            required: ['at', 'kind', 'text', 'eventId', 'users', 'details'],
            properties: {
              at: INSTANT,
              kind: { enum: WHAT },
              text: { type: 'string' },
              eventId: MAYBE_TEXT,
              users: TEXTS,
              details: { ...TEXTS, description: 'What histories add.' },
            },
          },
        },
        untold: TEXTS,
      },
    },
    ...REFUSALS,
  },
};

export const eventsSchema: FastifySchema = {
  ...common,
  operationId: 'listSessionEvents',
  summary: "Ids of a session's events in Outlook",
  description: 'Role `read`. What Convoke keeps in the calendar, with how many gave each answer.',
  params: SESSION_PARAMS,
  response: {
    200: {
      description: '`graphEventId` is null where the event was withdrawn; `mailbox` where nothing was written yet.',
      type: 'object',
      required: ['workflowId', 'mailbox', 'seats', 'events'],
      properties: {
        workflowId: { type: 'string' },
        mailbox: MAYBE_TEXT,
        seats: {
          type: 'object',
          required: ['learners', 'instructors'],
          properties: { learners: COUNT, instructors: COUNT },
        },
        events: {
          type: 'array',
          items: {
            type: 'object',
            required: ['eventId', 'graphEventId', 'transactionId', 'generation', 'startsAt', 'endsAt', 'answers'],
            properties: {
              eventId: { type: 'string' },
              graphEventId: MAYBE_TEXT,
              transactionId: { type: 'string' },
              generation: COUNT,
              startsAt: INSTANT,
              endsAt: INSTANT,
              answers: { type: 'object', additionalProperties: COUNT },
            },
          },
        },
      },
    },
    ...REFUSALS,
  },
};

const PROBLEMS = {
  type: 'array',
  items: { type: 'object', required: ['code'], additionalProperties: true, properties: { code: { type: 'string' } } },
} as const;

const POSITIONS = [
  'on',
  'off',
  'course-off-waiting',
  'course-off-left',
  'frozen',
  'session-cancelled',
  'session-gone',
  'unproven',
] as const satisfies readonly SwitchPosition[];

export const planSchema: FastifySchema = {
  ...common,
  operationId: 'planSession',
  summary: 'Dry run: what would change in the calendar, and how many would get mail',
  description:
    "Role `operate`, for it spends some of Docebo's calls. The worker reads Docebo as the session's workflow would, and compares; nothing is written, nobody is mailed. One is read at a time.",
  params: SESSION_PARAMS,
  body: { type: 'object', additionalProperties: false },
  response: {
    200: {
      description:
        '`adopted` is null where the session has a running workflow; else how many events of the calendar one to come would adopt.',
      type: 'object',
      required: ['session', 'position', 'counts', 'adopted', 'via', 'changes', 'problems', 'readProblems'],
      properties: {
        session: {
          type: 'object',
          required: ['platform', 'sessionId'],
          properties: { platform: { type: 'string' }, sessionId: { type: 'string' } },
        },
        position: { enum: POSITIONS },
        counts: {
          type: 'object',
          required: ['events', 'learners', 'instructors'],
          properties: {
            events: COUNT,
            learners: COUNT,
            instructors: COUNT,
            unread: { type: 'boolean', description: 'Nothing was counted: invitations are off.' },
          },
        },
        adopted: { type: ['integer', 'null'], minimum: 0 },
        via: { const: 'worker' },
        changes: {
          type: 'array',
          items: {
            type: 'object',
            required: ['kind', 'eventId', 'does', 'invitations', 'updates', 'cancellations'],
            properties: {
              kind: { enum: ['create', 'updateContent', 'updateAttendees', 'cancel'] },
              eventId: { type: 'string' },
              does: { type: 'string' },
              invitations: COUNT,
              updates: COUNT,
              cancellations: COUNT,
            },
          },
        },
        problems: PROBLEMS,
        readProblems: PROBLEMS,
      },
    },
    ...PLAN_REFUSALS,
  },
};
