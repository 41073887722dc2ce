import type { Answer } from '../academy/model';
import type { Profile } from '../profile';
import { readThrough, type Bindings } from '../wire/body-template';
import type { Json } from '../wire/json';
import { ApiError } from './api-error';
import { found, toRoutePath, type Call, type Endpoint } from './endpoint';

/** Takes learners' answers to invitations back, and frees seats, at the places and in the forms of the profile. */
export function rsvpEndpoints({ rsvpWriteBack, unenrol }: Profile): Endpoint[] {
  return [
    {
      method: rsvpWriteBack.method as Endpoint['method'],
      path: toRoutePath(rsvpWriteBack.path),
      kind: 'rsvpWriteBack',
      summary: "A learner's answer to the invitation of an external calendar",
      handle: takeAnswers,
    },
    ...(unenrol === undefined
      ? []
      : [
          {
            method: unenrol.method as Endpoint['method'],
            path: toRoutePath(unenrol.path),
            kind: 'unenrol',
            summary: "Frees a learner's seat in a session",
            handle: freeSeats,
          },
        ]),
  ];
}

function takeAnswers(call: Call): Json {
  const { rsvpWriteBack } = call.reading.profile;
  const answers = readBody(call, rsvpWriteBack.body).map((given) => toAnswer(call, given));
  for (const args of answers) call.tenant.academy.run([{ command: 'record-answer', args }]);
  return call.one({ success: true });
}

function freeSeats(call: Call): Json {
  const body = call.reading.profile.unenrol?.body ?? null;
  const seats = (body === null ? [{} as Bindings] : readBody(call, body)).map((given) => {
    const userId = Number(given.userId ?? call.id('user_id'));
    const sessionId = Number(given.sessionId ?? call.id('session_id'));
    findSeat(call, sessionId, userId);
    return { sessionId, userIds: [userId] };
  });
  for (const args of seats) call.tenant.academy.run([{ command: 'unenrol', args }]);
  return call.one({ success: true });
}

function readBody(call: Call, template: unknown): Bindings[] {
  try {
    return readThrough(template, call.body);
  } catch (error) {
    throw new ApiError(400, (error as Error).message);
  }
}

function toAnswer(call: Call, given: Bindings) {
  const { state, profile } = call.reading;
  const userId = Number(given.userId ?? call.id('user_id'));
  const eventId = Number(given.eventId ?? call.id('event_id'));
  const event = found(state.events[eventId], `Event ${eventId}`);
  const sessionId = Number((given.sessionId ?? call.id('session_id')) || event.sessionId);
  if (event.sessionId !== sessionId) throw new ApiError(404, `Event ${eventId} not found in session ${sessionId}`);
  findSeat(call, sessionId, userId);
  const answers = Object.entries(profile.rsvpWriteBack.answers);
  const answer = answers.find(([, value]) => value === given.answer)?.[0] as Answer | undefined;
  if (answer === undefined)
    throw new ApiError(400, `"${String(given.answer)}" is none of ${answers.map(([, v]) => String(v)).join(', ')}`);
  return { sessionId, eventId, userId, answer };
}

function findSeat(call: Call, sessionId: number, userId: number): void {
  const rows = call.reading.state.enrolments[sessionId];
  const row = rows?.find((r) => r.userId === userId && r.status !== 'inactive');
  found(row, `Enrollment of user ${userId} in session ${sessionId}`);
}
