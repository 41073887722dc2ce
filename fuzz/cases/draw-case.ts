import { Draw, type Weighted } from '../../chaos/plan/draw';
import type { CaseMaker, Endpoint, FuzzCase, Target } from '../fuzz-case';
import { oddFraming } from './framing';
import { oddHeaders } from './headers';
import { oddJson } from './json';
import { DOCEBO, goodMessage } from './messages';
import { changedMessage, damagedMessage } from './mutations';
import { goodNotification, GRAPH, GRAPH_KNOWN, handshake } from './notifications';

const MAKERS: Weighted<readonly [CaseMaker, Endpoint]> = [
  [10, [goodMessage, DOCEBO]],
  [22, [changedMessage, DOCEBO]],
  [18, [damagedMessage, DOCEBO]],
  [20, [oddJson, DOCEBO]],
  [18, [oddHeaders, DOCEBO]],
  [12, [oddFraming, DOCEBO]],
  // Right secrets are rare: Temporal is told twice a second at most, and whoever is told of waits for it.
  [2, [goodNotification, GRAPH_KNOWN]],
  [2, [changedMessage, GRAPH_KNOWN]],
  [6, [changedMessage, GRAPH]],
  [5, [damagedMessage, GRAPH]],
  [4, [oddJson, GRAPH]],
  [4, [oddHeaders, GRAPH]],
  [3, [oddFraming, GRAPH]],
  [8, [handshake, GRAPH]],
];

/** The case with this number: the same for the same seed, whatever came before it. */
export function drawCase(seed: number, index: number, target: Target): FuzzCase {
  const draw = new Draw(Math.imul(seed, 2_654_435_761) + index);
  const [make, endpoint] = draw.weighted(MAKERS);
  const fuzzCase = make({ draw, target, index, endpoint });
  return endpoint === DOCEBO ? fuzzCase : { ...fuzzCase, kind: `Graph: ${fuzzCase.kind}` };
}
