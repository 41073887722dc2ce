import { randomUUID } from 'node:crypto';
import type { WatchState } from '../../../contract/mailbox-watch';
import { remedyFor } from '../../../domain/failures/remedies';
import { readWatch } from '../../../temporal/failure-sources';
import { notificationUrls } from '../../config/change-notifications';
import { green, red, yellow, type Check, type DoctorContext, type Finding } from '../check';
import { unreadable } from '../unreadable';

const TIMEOUT_MS = 10_000;
const HOUR_MS = 3_600_000;
const START = 'Start the worker: npm start, or node lib/src/worker.js. It subscribes within a minute.';

/** Where Microsoft tells of changes: the address answers as Graph asks of it, and Graph has a subscription that leads there. */
export const changeNotifications: Check = {
  name: 'changes',
  title: 'Microsoft: change notifications',
  needsTemporal: false,
  async run(context) {
    const { baseUrl } = context.config.changeNotifications;
    if (baseUrl === null) return [];
    const all = await Promise.all(
      context.mailboxes.map(async (mailbox) => [
        await judgeAddress(context, baseUrl, mailbox),
        ...(await judgeSubscription(context, mailbox)),
      ]),
    );
    return all.flat();
  },
};

/** Graph sends a token when it is asked to subscribe, and wants it back as text (learn.microsoft.com/graph/change-notifications-delivery-webhooks). */
async function judgeAddress({ fetch }: DoctorContext, baseUrl: string, mailbox: string): Promise<Finding> {
  const at = ['changes.address', mailbox] as const;
  const { notificationUrl, lifecycleUrl } = notificationUrls(baseUrl, mailbox);
  for (const url of [notificationUrl, lifecycleUrl]) {
    const problem = await shakeHands(fetch, url);
    if (problem === null) continue;
    return red(
      [...at, `${url}: ${problem}`],
      'Start the api (npm start), or restart it: it may run with settings from before changeNotifications.mode: on.',
      'Let your proxy pass POST requests below /webhooks/ on to it as they are, with their query.',
      `From inside your network the public address may be unreachable by design: then try it from outside with curl -i -X POST '${url}?validationToken=hello', which must answer 200 and hello.`,
    );
  }
  if (notificationUrl.startsWith('https:')) return green(...at, `${notificationUrl} answers as Microsoft asks of it`);
  return yellow(
    [...at, `${notificationUrl} answers as Microsoft asks of it, but is not encrypted: Microsoft takes https alone`],
    'Set api.publicUrl in convoke.yaml to the https address in front of the api, and restart api and worker.',
  );
}

/** null: all is well. */
async function shakeHands(fetch: typeof globalThis.fetch, url: string): Promise<string | null> {
  const token = `Validation: convoke doctor ${randomUUID()}`;
  try {
    const answer = await fetch(`${url}?validationToken=${encodeURIComponent(token)}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await answer.text();
    if (answer.status !== 200) return `answers ${answer.status}; 200 is right`;
    if (text !== token) return 'does not give the validation token back';
    return /^text\/plain\b/.test(answer.headers.get('content-type') ?? '')
      ? null
      : 'gives the validation token back, but not as text/plain';
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'no answer in 10 s' : 'no connection';
  }
}

async function judgeSubscription(context: DoctorContext, mailbox: string): Promise<Finding[]> {
  const at = ['changes.subscription', mailbox] as const;
  const { subscription, token } = (await context.mailboxFacts(mailbox)).result;
  // Without a token nothing can be told, and one line says so. A worker of a former version does not look.
  if (!token.ok || subscription === undefined || subscription === null) return [];
  if (!subscription.ok) return [unreadable('changes.subscription', mailbox, subscription)];
  const watch = context.client === null ? 'unreadable' : await readWatch(context.client, mailbox);
  if (subscription.value === null) return [absent(at, watch)];
  const { expiresAt } = subscription.value;
  const leftMs = Date.parse(expiresAt) - context.now().getTime();
  const until = `Microsoft tells of changes until ${expiresAt.slice(0, 16)}Z`;
  if (leftMs < HOUR_MS) {
    return [
      red(
        [...at, `${until}, and nobody has renewed it: that is done when half of its time is over`],
        ...failureSteps(watch),
        START,
      ),
    ];
  }
  const last = watch === null || watch === 'unreadable' ? null : watch.lastNotifiedAt;
  return [green(...at, `${until}${last === null ? '' : `; last at ${last.slice(0, 16)}Z`}`)];
}

function absent(at: readonly [string, string], watch: WatchState | null | 'unreadable'): Finding {
  const says = 'Microsoft has no subscription for this mailbox: answers come with the regular poll alone';
  if (watch === null) return red([...at, `${says}; nobody watches it`], START);
  if (watch === 'unreadable') return red([...at, says], START);
  const { failure } = watch;
  const why = failure === null ? '' : `; tried ${failure.attempts} times: ${failure.code}`;
  return red(
    [...at, `${says}${why}`],
    ...failureSteps(watch),
    'Convoke tries again by itself; a restart of the worker makes it try at once.',
  );
}

function failureSteps(watch: WatchState | null | 'unreadable'): readonly string[] {
  if (watch === null || watch === 'unreadable' || watch.failure === null) return [];
  return remedyFor(watch.failure.code, watch.mailbox).steps;
}
