import type { CourseId, LearningPlanId, MailboxKey, PlatformKey, SessionRef } from '../domain/model';
import type { HintTarget } from '../domain/hints';

/** Workflow ids are business ids: a second start is the same run. They never change once used. */

export function sessionWorkflowId(ref: SessionRef): string {
  return `session/${ref.platform}/${ref.sessionId}`;
}

/** Inverse of `sessionWorkflowId`; null for any other id. */
export function parseSessionWorkflowId(workflowId: string): SessionRef | null {
  const [, platform, sessionId] = /^session\/([a-z0-9-]{1,32})\/([^/]+)$/.exec(workflowId) ?? [];
  return platform === undefined || sessionId === undefined ? null : { platform, sessionId };
}

export function courseWorkflowId(platform: PlatformKey, courseId: CourseId): string {
  return `course/${platform}/${courseId}`;
}

export function learningPlanWorkflowId(platform: PlatformKey, learningPlanId: LearningPlanId): string {
  return `learning-plan/${platform}/${learningPlanId}`;
}

export function platformWorkflowId(platform: PlatformKey): string {
  return `platform/${platform}`;
}

/** One at a time for each platform. */
export function backfillWorkflowId(platform: PlatformKey): string {
  return `operator/backfill/${platform}`;
}

/** @param unique makes each read a workflow of its own. */
export function onQueueWorkflowId(verb: string, unique: string): string {
  return `operator/${verb}/${unique}`;
}

/** Of the workflow that keeps a limited queue owned, where several worker processes share the queues. */
export function ownerWorkflowId(queue: string): string {
  return `owner/${queue}`;
}

export function watchWorkflowId(mailbox: MailboxKey): string {
  return `subscription/${mailbox}`;
}

/** Of the schedule that polls a mailbox's answers. */
export function rsvpPollId(mailbox: MailboxKey): string {
  return `rsvp-poll/${mailbox}`;
}

export function targetWorkflowId(platform: PlatformKey, target: HintTarget): string {
  switch (target.kind) {
    case 'session':
      return sessionWorkflowId({ platform, sessionId: target.sessionId });
    case 'course':
      return courseWorkflowId(platform, target.courseId);
    case 'learning-plan':
      return learningPlanWorkflowId(platform, target.learningPlanId);
  }
}
