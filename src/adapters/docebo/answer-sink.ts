import { InputError, NotFoundError } from '../../domain/errors';
import type { CourseId, PlatformKey } from '../../domain/model';
import type { AnswerSink } from '../../domain/rsvp/ports';
import type { DoceboClient } from './api/client';
import type { TenantProfile } from './profile/profile';
import { fillWrite, tells } from './profile/write-templates';

export interface AnswerSinkOptions {
  readonly platform: PlatformKey;
  readonly client: DoceboClient;
  readonly profile: Pick<TenantProfile, 'rsvpWriteBack' | 'unenrol'>;
}

/** Docebo publishes neither call: both are what the tenant profile says, and off until it is told to use them. */
export function createAnswerSink({ platform, client, profile }: AnswerSinkOptions): AnswerSink {
  const { rsvpWriteBack, unenrol } = profile;
  const once = { calls: 1, priority: 'hint' } as const;

  return {
    platform,

    async writeAnswer({ response, ...ids }) {
      if (!rsvpWriteBack.enabled) return { kind: 'off' };
      assertCourse('rsvpWriteBack', tells(rsvpWriteBack, 'courseId'), ids.courseId);
      const call = fillWrite(rsvpWriteBack, { ...ids, answer: rsvpWriteBack.answers[response] });
      await client.withCalls(once, (docebo) =>
        docebo.write({ kind: 'rsvpWriteBack', method: rsvpWriteBack.method, ...call }),
      );
      return { kind: 'written' };
    },

    async unenrol(ids) {
      if (unenrol?.enabled !== true) return { kind: 'off' };
      assertCourse('unenrol', tells(unenrol, 'courseId'), ids.courseId);
      try {
        await client.withCalls(once, (docebo) =>
          docebo.write({ kind: 'unenrol', method: unenrol.method, ...fillWrite(unenrol, ids) }),
        );
        return { kind: 'unenrolled' };
      } catch (error) {
        // An earlier attempt whose answer was lost has freed the seat; or the path is wrong, which the next reading shows.
        if (error instanceof NotFoundError) return { kind: 'absent' };
        throw error;
      }
    },
  };
}

function assertCourse(section: string, isTold: boolean, courseId: CourseId | null): void {
  if (!isTold || courseId !== null) return;
  throw new InputError(
    `The tenant profile's section ${section} wants the course's id, which is known only after the session was read once`,
    { code: 'DOCEBO_COURSE_UNKNOWN' },
  );
}
