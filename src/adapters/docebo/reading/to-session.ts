import { ContractError } from '../../../domain/errors';
import type { Override, SessionId, SessionProperties } from '../../../domain/model';
import { readFirst, readFirstAs } from '../profile/json-pointers';
import type { TenantProfile } from '../profile/profile';
import { quoteValue, READ, type ReadProblems } from './read-problems';
import { classify, type Scalar } from '../profile/value-lists';
import { toFilledText, toId, type JsonObject } from '../api/wire';

type OwnProperties = Omit<SessionProperties, 'instructors' | 'additionalInputs'>;

/**
 * A session's own properties. A switch whose value stands on no list of the profile is null and reported. So is an unknown status: then the
 * switch is null too, because nothing may be sent or withdrawn on it.
 *
 * @throws ContractError the answer is about another session or has no name.
 */
export function toSession(
  data: JsonObject,
  context: { readonly sessionId: SessionId; readonly profile: TenantProfile; readonly problems: ReadProblems },
): OwnProperties {
  const { sessionId, profile, problems } = context;
  const { fields, values } = profile;
  const id = toId(data['id']);
  if (id !== null && id !== sessionId) {
    throw contract(`DOCEBO answered the question for session ${sessionId} with session ${id}`);
  }
  if (typeof data['name'] !== 'string') throw contract(`DOCEBO's answer about session ${sessionId} has no name`);

  const readSwitch = (field: 'rsvp' | 'hideAttendees', lists: Readonly<Record<Override, readonly Scalar[]>>) => {
    const value = readFirst(data, fields.session[field]);
    const position = classify(value, lists) ?? null;
    if (position === null) {
      const detail = `${field} of session ${sessionId} is ${quoteValue(value)}, which the tenant profile does not know (fields.session.${field}, values).`;
      problems.add({ code: READ.switchUnreadable, subject: 'session', id: sessionId, detail });
    }
    return position;
  };
  const rsvp = readSwitch('rsvp', { on: values.rsvpOn, off: values.rsvpOff, inherit: values.rsvpInherit });
  const value = readFirst(data, fields.session.status);
  const status = classify(value, { active: values.sessionActive, cancelled: values.sessionCancelled });
  if (status === undefined) {
    const detail = `The status of session ${sessionId} is ${quoteValue(value)}, which the tenant profile does not know (fields.session.status, values.session*). Nothing is changed because of it.`;
    problems.add({ code: READ.statusUnreadable, subject: 'session', id: sessionId, detail });
  }
  return {
    sessionId,
    name: data['name'],
    slugName: toFilledText(data['slug_name']),
    description: readFirstAs(data, fields.session.description, toFilledText) ?? '',
    status: status ?? 'active',
    rsvp: status === undefined ? null : rsvp,
    hideAttendees: readSwitch('hideAttendees', {
      on: values.hideOn,
      off: values.hideOff,
      inherit: values.hideInherit,
    }),
  };
}

/** The course that a session says it belongs to. */
export function toCourseId(data: JsonObject, profile: TenantProfile): string | null {
  return readFirstAs(data, profile.fields.session.courseId, toId) ?? null;
}

function contract(message: string): ContractError {
  return new ContractError(message, { code: 'DOCEBO_CONTRACT' });
}
