import type { Client } from '@temporalio/client';
import { parseSessionWorkflowId } from '../../../contract/ids';
import { WORKFLOWS } from '../../../contract/messages';
import { doceboQueue } from '../../../contract/queues';
import { SEARCH_ATTRIBUTES as SA } from '../../../contract/search-attributes';
import type { SessionId } from '../../../domain/model';
import { readSessionState } from '../../../temporal/session-registry';
import { green, red, type Check, type DoctorContext, type Finding } from '../check';

/** Sessions looked through for one that knows somebody. */
const ASKED = 10;

/**
 * `CONVOKE_ADDRESS_KEY` against what sessions remember: with another key everybody counts as somebody new. Costs one reading of a session that
 * is in step; without one nothing is said.
 */
export const addressKey: Check = {
  name: 'keys.address',
  title: 'address key',
  needsTemporal: true,
  async run(context) {
    const { client } = context;
    if (client === null) return [];
    const all = await Promise.all(context.platforms.map((platform) => checkPlatform(context, client, platform)));
    return all.flat();
  },
};

async function checkPlatform(context: DoctorContext, client: Client, platform: string): Promise<Finding[]> {
  for (const sessionId of await listInStep(client, platform)) {
    const state = await readSessionState(client, { platform, sessionId });
    if (state === null || Object.keys(state.ledger.people).length === 0) continue;
    const { result } = await context.reads.read(doceboQueue(platform), 'planSession', {
      platform,
      sessionId,
      ledger: state.ledger,
      notOlderThan: context.now().toISOString(),
    });
    const known = result.plan.roster.flatMap((person) => {
      const before = state.ledger.people[person.userId];
      return before === undefined
        ? []
        : [{ before: before.addressKey, worker: person.addressKey, address: person.address }];
    });
    if (known.length === 0) continue;
    const here = known.filter(({ before, address }) => context.keyOf(address) === before).length;
    const worker = known.filter((person) => person.worker === person.before).length;
    return [judge(platform, { here, worker, people: known.length })];
  }
  return [];
}

/** Of one or two people the address itself may have changed. */
function judge(
  platform: string,
  { here, worker, people }: { readonly here: number; readonly worker: number; readonly people: number },
): Finding {
  const at = ['keys.address', platform] as const;
  if (worker === 0) {
    return red(
      [
        ...at,
        `none of ${people} people that a session remembers are recognised: the worker runs with another address key`,
      ],
      'Stop the worker and put the CONVOKE_ADDRESS_KEY back that was used before; with a new one everybody is taken for somebody new.',
    );
  }
  if (here === 0) {
    return red(
      [...at, "the address key in this environment is not the worker's"],
      'Copy CONVOKE_ADDRESS_KEY from the environment of the worker; keep a copy outside of the machine.',
    );
  }
  return green(...at, `recognises ${here} of ${people} people that a session remembers`);
}

async function listInStep(client: Client, platform: string): Promise<SessionId[]> {
  const query = `WorkflowType="${WORKFLOWS.courseSession}" AND ExecutionStatus="Running" AND ${SA.platform.name}="${platform}" AND ${SA.status.name}="in_sync"`;
  const found: SessionId[] = [];
  for await (const run of client.workflow.list({ query, pageSize: ASKED })) {
    const ref = parseSessionWorkflowId(run.workflowId);
    if (ref !== null) found.push(ref.sessionId);
    if (found.length >= ASKED) break;
  }
  return found;
}
