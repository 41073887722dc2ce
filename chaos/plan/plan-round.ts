import { LISTS, type Oddity } from '../../simulators/docebo/api/oddities';
import { CHANGES } from './changes';
import { Draw, type Weighted } from './draw';
import { drawFault } from './faults';
import type { PlannedDeed, PlannedOutage, ProgramName, Round, WebhookFate } from './round';

/** Every so many rounds everything heals, and calendar and mails are checked. */
export interface Shape {
  /** Below the settle time of the product: what it promises to bridge. */
  readonly bridgedLagMs: number;
}

const DEEDS: Weighted<PlannedDeed['kind']> = [
  [12, 'answer'],
  [2, 'handMove'],
  [2, 'handPlace'],
  [2, 'handRemovePerson'],
  [1, 'handDelete'],
  [1, 'handDeleteSilently'],
];
const PROGRAMS: Weighted<ProgramName> = [
  [5, 'worker'],
  [3, 'api'],
  [3, 'temporal'],
];
const ODD: Weighted<Oddity['kind']> = [
  [2, 'missingItems'],
  [1, 'unreadableItem'],
  [1, 'hasMoreLies'],
];

/** The round of that number under the seed: always the same, whatever came before it. */
export function planRound(seed: number, number: number, { bridgedLagMs }: Shape): Round {
  const draw = new Draw((Math.imul(seed, 2_654_435_761) ^ Math.imul(number, 40_503)) >>> 0);
  const times = (least: number, most: number) => Array.from({ length: draw.between(least, most) });
  return {
    number,
    changes: times(1, 5).map(() => ({ kind: draw.weighted(CHANGES), salt: draw.salt(), silent: draw.happens(0.04) })),
    webhooks: drawWebhooks(draw),
    lag: draw.weighted<() => Round['lag']>([
      [8, () => 0],
      [3, () => draw.between(50, bridgedLagMs)],
      [1, () => 'held'],
    ])(),
    faults: draw.happens(0.12) ? [] : times(2, 6).map(() => drawFault(draw)),
    oddities: draw.happens(0.12) ? [drawOddity(draw)] : [],
    revokeTokens: draw.happens(0.05) ? (draw.happens(0.5) ? 'graph' : 'docebo') : null,
    outage: draw.happens(0.4) ? drawOutage(draw) : null,
    deeds: draw.happens(0.35) ? times(1, 4).map(() => ({ kind: draw.weighted(DEEDS), salt: draw.salt() })) : [],
    trigger: draw.weighted<Round['trigger']>([
      [18, null],
      [1, 'sweep'],
      [1, 'poll'],
    ]),
    restMs: draw.happens(0.15) ? draw.between(1_000, 3_000) : draw.between(50, 900),
  };
}

function drawWebhooks(draw: Draw): WebhookFate {
  return {
    seed: draw.salt(),
    losses: draw.happens(0.2) ? 0.5 : 0,
    duplicates: draw.happens(0.4) ? 0.5 : 0,
    delayed: draw.happens(0.3) ? 0.6 : 0,
    delayMs: draw.between(100, 2_500),
    split: draw.weighted([
      [2, 'whole'],
      [2, 'random'],
      [1, 'ones'],
    ] as const),
    maxGroup: draw.between(1, 25),
    groupOfOne: draw.weighted([
      [1, 'payload'],
      [1, 'payloads'],
      [1, 'random'],
    ] as const),
    parallelPerHost: draw.happens(0.3) ? 4 : 1,
    held: draw.happens(0.2)
      ? draw.weighted([
          [1, 'queued'],
          [2, 'reversed'],
          [2, 'shuffled'],
        ] as const)
      : null,
    replays: draw.happens(0.15) ? draw.between(1, 5) : 0,
  };
}

/** Not `emptyList`: a list that says everywhere that it is empty is no fault that anybody could tell from the truth. */
function drawOddity(draw: Draw): Oddity {
  const kind = draw.weighted(ODD);
  return {
    kind,
    list: draw.pick(LISTS)!,
    index: draw.between(0, 3),
    count: draw.between(1, 3),
    times: draw.between(1, 3),
  };
}

function drawOutage(draw: Draw): PlannedOutage {
  const program = draw.weighted(PROGRAMS);
  const afterMs = draw.between(0, 600);
  if (draw.happens(0.8)) return { kind: 'kill', program, afterMs, downMs: draw.between(0, 1_500) };
  // Beyond 15 s a worker's attempts are given up while it sleeps.
  return {
    kind: 'pause',
    program,
    afterMs,
    pauseMs: draw.happens(0.1) ? draw.between(14_000, 20_000) : draw.between(200, 5_000),
  };
}
