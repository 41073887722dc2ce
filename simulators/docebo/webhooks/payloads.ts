import type { Fact } from '../academy/facts';
import type { Course } from '../academy/model';
import { stamp } from '../academy/times';
import type { Profile } from '../profile';
import { put, type Json } from '../wire/json';

export interface WebhookEvent {
  readonly name: string;
  readonly payload: Json;
}

/** A fact in Docebo's words. `fired_at` has no zone; it is UTC. */
export function toWebhookEvent(fact: Fact, profile: Profile, at: Date): WebhookEvent {
  const payload: Json = { fired_at: stamp(at) };
  switch (fact.kind) {
    case 'extSession':
      put(payload, profile.webhook.courseId[0], fact.courseId);
      put(payload, profile.webhook.sessionId[0], fact.sessionId);
      return { name: profile.events.sessionChanged[0], payload };
    case 'extEvent':
      put(payload, profile.webhook.courseId[0], fact.courseId);
      put(payload, profile.webhook.sessionId[0], fact.sessionId);
      put(payload, profile.webhook.eventId[0], fact.eventId);
      return { name: profile.events.eventChanged[0], payload };
    case 'learningPlanUnenrolled':
      put(payload, profile.webhook.userId[0], fact.userId);
      put(payload, profile.webhook.learningPlanId[0], fact.planId);
      return { name: profile.events.learningPlanUnenrolled[0], payload };
    case 'courseUpdated':
      return {
        name: 'course.updated',
        payload: { ...payload, ...coursePayload(fact.course), update_date: stamp(fact.course.updatedAt) },
      };
    case 'courseDeleted':
      return {
        name: 'course.deleted',
        payload: { ...payload, ...coursePayload(fact.course), deletion_date: stamp(at) },
      };
    case 'sessionUpdated':
    case 'sessionDeleted':
      return {
        name: fact.kind === 'sessionUpdated' ? 'ilt.session.updated' : 'ilt.session.deleted',
        payload: {
          ...payload,
          course_id: fact.course.id,
          course_code: fact.course.code,
          session_id: fact.session.id,
          session_code: fact.session.code,
          session_name: fact.session.name,
          migrated_webinar_session_id: null,
        },
      };
    case 'enrolment':
      return { name: `course.enrollment.${fact.verb}`, payload: { ...payload, ...enrolmentPayload(fact, at) } };
  }
}

function coursePayload(course: Course): Json {
  return {
    course_id: course.id,
    name: course.name,
    code: course.code,
    type: course.type,
    language: course.language,
    duration: 0,
    start_date: null,
    end_date: null,
  };
}

function enrolmentPayload(fact: Extract<Fact, { kind: 'enrolment' }>, at: Date): Json {
  const completed = fact.verb === 'completed';
  return {
    user_id: fact.user.id,
    username: fact.user.username,
    course_id: fact.course.id,
    course_name: fact.course.name,
    level: 'learner',
    enrollment_date: stamp(fact.enrolledAt),
    enrollment_date_begin_validity: null,
    enrollment_date_end_validity: null,
    subscribed_by_id: 13000,
    status: completed ? 'completed' : 'subscribed',
    completion_date: completed ? stamp(at) : null,
  };
}
