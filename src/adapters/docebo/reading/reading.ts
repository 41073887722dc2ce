import type { ClassroomFacts, Instant, LocationFacts, PersonFacts, UserId } from '../../../domain/model';
import type { Clock } from '../../../domain/ports';
import type { DoceboReader } from '../api/client';
import { DatedCache } from './dated-cache';
import type { CourseDetails, CourseSwitches } from './read-course';
import type { ReadProblems } from './read-problems';
import type { TenantProfile } from '../profile/profile';

/** What changes seldom and is asked for often. Sessions, events and enrolments are never kept. */
export interface Caches {
  readonly courses: DatedCache<CourseSwitches>;
  readonly courseDetails: DatedCache<CourseDetails | null>;
  readonly locations: DatedCache<LocationFacts | null>;
  readonly classrooms: DatedCache<(ClassroomFacts & { readonly locationId: string | null }) | null>;
  readonly users: DatedCache<PersonFacts | 'missing' | 'without-address'>;
  readonly eventInstructors: DatedCache<EventInstructors>;
}

export interface EventInstructors {
  readonly userIds: readonly UserId[];
  /** Why the list may lack somebody; empty when it does not. */
  readonly faults: readonly string[];
}

/** One reading of one session: what every part of it needs. */
export interface Reading {
  readonly docebo: DoceboReader;
  readonly profile: TenantProfile;
  readonly caches: Caches;
  readonly notOlderThan: Instant;
  readonly problems: ReadProblems;
}

export function createCaches(clock: Clock): Caches {
  return {
    courses: new DatedCache(500, clock),
    courseDetails: new DatedCache(500, clock),
    locations: new DatedCache(1_000, clock),
    classrooms: new DatedCache(2_000, clock),
    users: new DatedCache(20_000, clock),
    eventInstructors: new DatedCache(5_000, clock),
  };
}
