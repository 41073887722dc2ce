import type { Looked } from '../../../domain/inspection/facts';
import { looked } from '../../../domain/inspection/looked';
import { green, red, yellow, type Check, type DoctorContext, type Finding } from '../check';

/** Tokens and times of webhooks are compared by the clock. */
const LIMIT_MS = 30_000;

/** Docebo's, Microsoft's and Temporal's clocks against the one of whoever reads them. */
export const clocks: Check = {
  name: 'clock',
  title: 'clocks',
  needsTemporal: false,
  async run(context) {
    const docebo = context.platforms.map(async (platform) => {
      const { result } = await context.platformFacts(platform);
      return judge('clock.docebo', platform, result.skewMs);
    });
    const graph = context.mailboxes.slice(0, 1).map(async (mailbox) => {
      const { result } = await context.mailboxFacts(mailbox);
      return judge('clock.microsoft', mailbox, result.skewMs);
    });
    const outside = (await Promise.all([...docebo, ...graph])).flat();
    return [...outside, ...(context.client === null ? [] : await judgeTemporal(context))];
  },
};

/** By the reads that a worker has just made; workflows count by this clock. */
async function judgeTemporal({ reads }: DoctorContext): Promise<Finding[]> {
  const skew = await looked(() => reads.serverSkewMs());
  if (!skew.ok) return judge('clock.temporal', '', skew);
  if (skew.value !== null) return judge('clock.temporal', '', { ok: true, value: skew.value });
  return [
    yellow(
      ['clock.temporal', '', 'not told: no worker has read anything'],
      'Start the worker (npm start), then run convoke doctor again.',
    ),
  ];
}

function judge(check: string, subject: string, skew: Looked<number>): Finding[] {
  if (!skew.ok) {
    return [yellow([check, subject, `not told: ${skew.message}`], 'Check that this machine reaches the address.')];
  }
  const seconds = Math.round(skew.value / 1000);
  if (Math.abs(skew.value) <= LIMIT_MS) return [green(check, subject, `our clock differs by ${Math.abs(seconds)} s`)];
  const side = seconds > 0 ? 'slow' : 'fast';
  return [
    red(
      [check, subject, `our clock is ${Math.abs(seconds)} s ${side}`],
      `Switch time synchronisation on, on the machines of ${check === 'clock.temporal' ? 'Temporal, ' : ''}worker and api: timedatectl set-ntp true`,
    ),
  ];
}
