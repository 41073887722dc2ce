import type { PlatformHealthState } from '../../../contract/messages';
import type { SampledSession } from '../../../domain/inspection/facts';
import { green, red, yellow, type Check, type Finding } from '../check';
import { count } from '../count';
import { unreadable } from '../unreadable';

const SHOWN = 5;

/** The tenant profile against what Docebo answers and sends. */
export const doceboProfile: Check = {
  name: 'docebo.profile',
  title: 'Docebo: tenant profile',
  needsTemporal: false,
  async run(context) {
    const all = await Promise.all(
      context.platforms.map(async (platform) => {
        const { sample, readAs } = (await context.platformFacts(platform)).result;
        const answers = !sample.ok
          ? // Without a token nothing else can be told, and one line says that already.
            readAs.ok
            ? [unreadable('docebo.profile', platform, sample)]
            : []
          : [judgeSample(platform, sample.value)];
        const health = context.client === null ? 'unreadable' : await context.health(platform);
        return [...answers, ...(health === 'unreadable' ? [] : judgeMessages(platform, health))];
      }),
    );
    return all.flat();
  },
};

function judgeSample(platform: string, sample: SampledSession | null): Finding {
  const at = ['docebo.profile', platform] as const;
  if (sample === null) {
    return yellow(
      [...at, 'no future session was found to try the profile on'],
      'Create a session with an event and a learner in a test course, then run convoke doctor again.',
    );
  }
  const { sessionId, courseId, problems } = sample;
  if (sample.kind !== 'found') {
    return red(
      [...at, `session ${sessionId} stands in the list of course ${courseId} but cannot be read (${sample.kind})`],
      'Correct endpoints.session of the tenant profile: convoke profile probe tells what the platform publishes.',
    );
  }
  if (problems.length === 0) {
    const { events, enrolments } = sample;
    return green(
      ...at,
      `session ${sessionId} is readable: ${count(events.length, 'event')}, ${count(enrolments, 'enrolment')}, no read problems`,
    );
  }
  const told = problems.slice(0, SHOWN).map(({ code, detail }) => `${code}: ${detail}`);
  return red(
    [...at, `session ${sessionId} of course ${courseId}: ${count(problems.length, 'read problem')}`],
    ...told,
    `Correct fields, values or endpoints of the tenant profile: convoke profile probe --platform ${platform} proposes what the platform publishes.`,
  );
}

/** The names of webhook events stand in no document: only real messages confirm them. */
function judgeMessages(platform: string, health: PlatformHealthState | null): Finding[] {
  const unknown = health?.unknownEvents ?? [];
  if (health === null || (health.lastWebhookAt === null && unknown.length === 0)) {
    return [
      yellow(
        ['docebo.events', platform, 'no webhook message has come so far: no event name of the profile is confirmed'],
        'In Docebo change a session of a test course, one of its events and the course, and take somebody off a learning plan; then run convoke doctor again.',
      ),
    ];
  }
  const wrong = unknown.slice(0, SHOWN).map(({ shape, count }) => {
    const place = shape.reason === 'unknown-event' ? 'events' : 'webhook';
    return `${JSON.stringify(shape.event)} (${count} times): enter it under "${place}" of the tenant profile, or take the event off the webhook. Its fields: ${shape.pointers.slice(0, 12).join(' ')}`;
  });
  return unknown.length === 0
    ? [green('docebo.events', platform, `${health.webhooks} webhook messages, all of them known to the profile`)]
    : [red(['docebo.events', platform, `${unknown.length} kinds of webhook messages led to nothing`], ...wrong)];
}
