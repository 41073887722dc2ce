/** What activities under way get to finish after a stop signal; the container's own patience must be longer (30 s). */
export const STOP_GRACE_MS = 20_000;

/** How long "this course cannot have sessions" is believed: only a change of the course's type could end it. */
export const NO_SESSIONS_MS = 24 * 3_600_000;
