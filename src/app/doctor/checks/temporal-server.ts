import { isGrpcServiceError, type Client } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../../../contract/search-attributes';
import { compareSearchAttributes } from '../../../temporal/ensure-search-attributes';
import { readRetention } from '../../../temporal/server-facts';
import { green, red, yellow, type Check, type Finding } from '../check';
import { count } from '../count';

const DAY_MS = 86_400_000;
/** Cursors and memories of scheduled workflows are the result of the last run: it must outlive a long weekend. */
const SHORT_MS = 3 * DAY_MS;
const WANTED = Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => `${name} (${type})`);

/** Temporal answers, and its namespace is as Convoke needs it. */
export const temporalServer: Check = {
  name: 'temporal',
  title: 'Temporal: server and namespace',
  needsTemporal: false,
  async run({ client, config }) {
    const { address, namespace } = config.temporal;
    if (client === null) {
      return [
        red(
          ['temporal.reach', '', `Temporal does not answer at ${address}, namespace ${namespace}`],
          config.temporal.isExternal
            ? 'Check temporal.address in convoke.yaml (or TEMPORAL_ADDRESS), the certificates, and the firewall between here and there.'
            : 'Start Convoke with its own server: npm start',
        ),
      ];
    }
    return [
      green('temporal.reach', '', `${address}, namespace ${namespace}`),
      judgeRetention(await readRetention(client), namespace),
      ...(await judgeAttributes(client, namespace)),
    ];
  },
};

function judgeRetention(retentionMs: number, namespace: string): Finding {
  const days = Math.round(retentionMs / DAY_MS);
  if (retentionMs >= SHORT_MS)
    return green('temporal.retention', '', `ended workflows can be read for ${count(days, 'day')}`);
  return yellow(
    ['temporal.retention', '', `ended workflows can be read for ${count(days, 'day')} only`],
    `temporal operator namespace update --namespace ${namespace} --retention 30d`,
  );
}

async function judgeAttributes(client: Client, namespace: string): Promise<Finding[]> {
  const compared = await compareSearchAttributes(client, namespace).catch((error: unknown) => {
    if (isGrpcServiceError(error)) return { status: error.code };
    throw error;
  });
  if ('status' in compared) {
    return [
      yellow(
        ['temporal.attributes', '', `search attributes could not be listed (gRPC status ${compared.status})`],
        `Temporal Cloud may not let this key do so. By hand: temporal operator search-attribute list --namespace ${namespace}; it must have ${WANTED.join(', ')}.`,
      ),
    ];
  }
  const { missing, wrong } = compared;
  if (missing.length + wrong.length === 0) return [green('temporal.attributes', '', 'all search attributes are there')];
  return [
    red(
      [
        'temporal.attributes',
        '',
        `search attributes missing: ${missing.join(', ') || 'none'}; of another type: ${wrong.join(', ') || 'none'}`,
      ],
      ...(missing.length > 0 ? ['Start the worker: it creates them (npm start).'] : []),
      ...wrong.map(
        (name) =>
          `temporal operator search-attribute remove --namespace ${namespace} --name ${name}, then start the worker`,
      ),
    ),
  ];
}
