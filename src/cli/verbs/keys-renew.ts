import type { Command } from 'commander';
import type { KeyUser, Left, RenewResult } from '../../app/open-operator';
import type { Cli } from '../cli';
import { EXIT } from '../exit-codes';
import { parseCount, parseDuration } from '../parse-options';
import { addVerb, onCall, withOperator, type Outcome } from '../verb';
import { plural } from '../words';

interface Options {
  readonly rate: number;
  /** Milliseconds. */
  readonly wait: number;
}

const RATE = 20;
const WAIT_MS = 120_000;
/** Lines of what is left. */
const SHOWN = 20;

export function addKeysRenew(parent: Command, cli: Cli): void {
  const command = addVerb(parent, {
    usage: 'renew',
    summary: 'have everything open go on under the first key',
    about:
      "Asks every open run that needs another key than the first one to go on in a new run: its state goes along, no step is given up, and nobody is mailed. Schedules' actions are written anew; schedules whose last result is under another key are run once now, unless they are paused. Sign-ins in files are written anew. May be called again at any time: what is renewed already is left alone. Workers must run, all with the new key in front. Ends with 1 while something is left.",
    examples: [
      ['convoke keys renew', `${RATE} runs a second, then waits two minutes for the last`],
      ['convoke keys renew --rate 5 --wait 30m', 'gently, for a large installation'],
    ],
    next: ['convoke keys status   says when the old key may be dropped'],
  })
    .option('--rate <count>', 'runs that are asked in a second', parseCount, RATE)
    .option('--wait <duration>', 'how long to wait for the last ones', parseDuration, WAIT_MS);
  onCall<Options>(command, cli, async ({ rate, wait }) => {
    const result = await withOperator(cli, 'renewing', ({ keys }, tell) =>
      keys.renew({ perSecond: rate, waitMs: wait, tell }),
    );
    return show(result);
  });
}

const WHY: Readonly<Record<Left['why'], string>> = {
  waits:
    'asked, and not in a new run yet: it finishes what is under way (a backfill: its pause), or no worker runs. It renews itself then.',
  'old-key-again':
    'under an old key again: some api or worker still has that key in front. Restart it with the new one, then renew again.',
  paused: 'is paused, and a paused schedule is not run: unpause it, or let it run once.',
  file: 'its file cannot be read or written here: renew where the worker keeps it, as its user, or sign in again (convoke login).',
  'no-result': 'the run that brings a new result has not completed: see convoke doctor, then renew again.',
};

function show({ key, found, left, usage }: RenewResult): Outcome {
  const { runs, actions, memories, signIns } = found;
  const files = signIns === 0 ? '' : ` and ${plural(signIns, 'sign-in')}`;
  const asked = `${plural(runs, 'run')}, ${plural(actions, "schedule's action", "schedules' actions")} and ${plural(memories, 'last result')}${files}`;
  const isAll = left.length === 0;
  const head =
    runs + actions + memories + signIns === 0
      ? `Everything open is under ${key} already.`
      : `${asked} needed another key than ${key}; ${isAll ? 'all are renewed' : `${left.length} are not renewed yet`}.`;
  const lines = left.slice(0, SHOWN).map(({ user, why }) => `  ${nameOf(user)}: ${WHY[why]}`);
  const more = left.length > SHOWN ? [`  and ${left.length - SHOWN} more; --json names all.`] : [];
  const free = usage.keys.filter(({ state }) => state === 'free').map(({ id }) => `${id} may be dropped.`);
  return {
    json: {
      key,
      found,
      left: left.map(({ user, why }) => ({ ...idOf(user), kind: user.kind, keys: [...user.keys], why })),
      keys: usage.keys,
    },
    text: [head, ...lines, ...more, ...free],
    exit: isAll ? EXIT.fine : EXIT.wrong,
  };
}

function idOf(user: KeyUser) {
  if (user.kind === 'run') return { workflowId: user.workflowId, runId: user.runId };
  return user.kind === 'sign-in' ? { account: user.account } : { scheduleId: user.scheduleId };
}

function nameOf(user: KeyUser): string {
  if (user.kind === 'run') return user.workflowId;
  return user.kind === 'sign-in' ? `sign-in of ${user.account}` : `schedule ${user.scheduleId}`;
}
