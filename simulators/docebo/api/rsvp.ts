import type { Answer } from '../academy/model';
import type { Profile } from '../profile';
import { readThrough, type Bindings } from '../wire/body-template';
import type { Json } from '../wire/json';
import { ApiError } from './api-error';
import { found, toRoutePath, type Call, type Endpoint } from './endpoint';

/** Takes learners' answers to invitations back, at the place and in the form of the profile. */
export function rsvpEndpoints({ rsvpWriteBack }: Profile): Endpoint[] {
  return [
    {
      method: rsvpWriteBack.method as Endpoint['method'],
      path: toRoutePath(rsvpWriteBack.path),
      kind: 'rsvpWriteBack',
      summary: "A learner's answer to the invitation of an external calendar",
      handle: takeAnswers,
    },
  ];
}

function takeAnswers(call: Call): Json {
  const { rsvpWriteBack } = call.reading.profile;
  let bindings: Bindings[];
  try {
    bindings = readThrough(rsvpWriteBack.body, call.body);
  } catch (error) {
    throw new ApiError(400, (error as Error).message);
  }
  const answers = bindings.map((given) => toAnswer(call, given));
  for (const args of answers) call.tenant.academy.run([{ command: 'record-answer', args }]);
  return call.one({ success: true });
}

function toAnswer(call: Call, given: Bindings) {
  const { state, profile } = call.reading;
  const userId = Number(given.userId ?? call.id('user_id'));
  const eventId = Number(given.eventId ?? call.id('event_id'));
  const event = found(state.events[eventId], `Event ${eventId}`);
  const sessionId = Number((given.sessionId ?? call.id('session_id')) || event.sessionId);
  if (event.sessionId !== sessionId) throw new ApiError(404, `Event ${eventId} not found in session ${sessionId}`);
  const row = state.enrolments[sessionId]?.find((r) => r.userId === userId && r.status !== 'inactive');
  found(row, `Enrollment of user ${userId} in session ${sessionId}`);
  const answers = Object.entries(profile.rsvpWriteBack.answers);
  const answer = answers.find(([, value]) => value === given.answer)?.[0] as Answer | undefined;
  if (answer === undefined)
    throw new ApiError(400, `"${String(given.answer)}" is none of ${answers.map(([, v]) => String(v)).join(', ')}`);
  return { sessionId, eventId, userId, answer };
}
