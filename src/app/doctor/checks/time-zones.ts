import { toZonedPeriod } from '../../../adapters/graph/windows-zone';
import { green, red, yellow, type Check, type Finding } from '../check';

const HOUR_MS = 3_600_000;

/** Time zones of Docebo's events, as Exchange knows them, and this program's own table of zones. */
export const timeZones: Check = {
  name: 'zones',
  title: 'time zones',
  needsTemporal: false,
  async run(context) {
    const perPlatform = context.platforms.map(async (platform): Promise<Finding[]> => {
      const { sample } = (await context.platformFacts(platform)).result;
      if (!sample.ok || sample.value === null || sample.value.events.length === 0) return [];
      const zones = new Map(sample.value.events.map(({ timeZone, startsAt }) => [timeZone, startsAt]));
      const odd = [...zones].filter(([zone, startsAt]) => !isKept(zone, startsAt)).map(([zone]) => zone);
      return [
        odd.length === 0
          ? green('zones.docebo', platform, `${[...zones.keys()].join(', ')}: known to Exchange`)
          : yellow(
              [
                'zones.docebo',
                platform,
                `${odd.join(', ')}: Exchange has no such zone; these events show the right time, in UTC`,
              ],
              'Choose a zone of the usual list (such as Europe/Rome) at the event in Docebo.',
            ),
      ];
    });
    return [checkRuntime(), ...(await Promise.all(perPlatform)).flat()];
  },
};

function isKept(timeZone: string, startsAt: string): boolean {
  if (timeZone === 'UTC' || timeZone === 'Etc/UTC') return true;
  const endsAt = new Date(Date.parse(startsAt) + HOUR_MS).toISOString();
  return toZonedPeriod({ startsAt, endsAt, timeZone }).start.timeZone !== 'UTC';
}

/** A Node built without full ICU data knows no zone but UTC. */
function checkRuntime(): Finding {
  const summer = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Rome', hour: '2-digit', hour12: false });
  const isRight = summer.format(new Date('2026-07-01T10:00:00Z')) === '12';
  const version = process.versions.tz ?? 'of unknown version';
  return isRight
    ? green('zones.runtime', '', `time zone data ${version}`)
    : red(
        ['zones.runtime', '', 'this Node knows no time zones'],
        'Use a build of Node with full ICU data, as nodejs.org gives out.',
      );
}
