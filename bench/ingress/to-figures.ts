import { toFigure, type Aim, type Figure } from '../figure';
import type { Load } from '../load/loops';
import { median, percentile, spread } from '../statistics';
import type { RivalName } from './rivals';
import type { Rounds, Slice } from './rounds';

const RATES: readonly (readonly [RivalName, string])[] = [
  ['single', 'messages of one payload'],
  ['grouped', 'hints in messages of 25, one session'],
  ['scattered', 'hints in messages of 25, 25 sessions'],
  ['bare', 'bare signalWithStart'],
  ['empty', 'empty Fastify route'],
];

/** Rates, their ratios round by round, answers' times and what a call costs, by the name of the storage. */
export function toRateFigures(storage: string, rounds: Rounds): Figure[] {
  const one = (figure: string, value: number, unit: string, more: { readonly aim?: Aim; readonly against?: string }) =>
    toFigure({ section: 'ingress', figure: `${storage}: ${figure}`, value, unit, ...more });
  const ratio = (name: RivalName, to: RivalName, what: string, aim?: Aim): Figure => {
    const ratios = rounds[name].map(({ hintsASecond }, n) => hintsASecond / rounds[to][n]!.hintsASecond);
    return one(what, median(ratios), '', { ...(aim !== undefined && { aim }), against: spread(ratios) });
  };
  const latency = (name: RivalName, share: number): number =>
    percentile(
      rounds[name].flatMap(({ latenciesMs }) => latenciesMs),
      share,
    );
  return [
    ...RATES.map(([name, what]) => {
      const rates = rounds[name].map(({ hintsASecond }) => hintsASecond);
      return one(what, median(rates), '/s', { against: spread(rates, 0) });
    }),
    ratio('single', 'bare', 'one payload, of bare signalWithStart', { atLeast: 0.95 }),
    ratio('grouped', 'bare', '25 of one session, of bare signalWithStart', { atLeast: 3 }),
    ratio('scattered', 'bare', '25 of 25 sessions, of bare signalWithStart'),
    ratio('single', 'empty', 'one payload, of an empty route'),
    ...[0.5, 0.99].map((share) =>
      one(`answer at full load, p${share * 100}`, latency('single', share), 'ms', {
        against: `bare: ${latency('bare', share).toFixed(1)} ms`,
      }),
    ),
    one('messages without 200 at full load', failed(rounds), 'messages', {}),
    one('CPU of api for a message of one', cpuMs(rounds.single, 'api'), 'ms', { against: cpuShares(rounds) }),
  ];
}

function failed({ single, grouped, scattered }: Rounds): number {
  return [...single, ...grouped, ...scattered].reduce((sum, slice) => sum + slice.failed, 0);
}

/** What else a call takes: the bare one's caller does the api's work with Temporal. */
function cpuShares({ single, bare }: Rounds): string {
  const [server, sender] = [cpuMs(single, 'temporal'), cpuMs(single, 'own')].map((ms) => ms.toFixed(2));
  const [bareServer, caller] = [cpuMs(bare, 'temporal'), cpuMs(bare, 'own')].map((ms) => ms.toFixed(2));
  return `Temporal ${server}, sender ${sender}; bare: Temporal ${bareServer}, caller ${caller}`;
}

function cpuMs(slices: readonly Slice[], process: string): number {
  return median(slices.map((slice) => slice.cpuMs[process] ?? NaN));
}

export function toSteadyFigures(storage: string, aSecond: number, { latenciesMs, failed }: Load): Figure[] {
  const one = (what: string, value: number, unit: string, aim?: Aim): Figure =>
    toFigure({ section: 'ingress', figure: `${storage}: answer at ${aSecond}/s, ${what}`, value, unit, aim });
  return [
    one('p50', percentile(latenciesMs, 0.5), 'ms'),
    one('p99', percentile(latenciesMs, 0.99), 'ms', { atMost: 250 }),
    one('without 200', failed, 'messages', { atMost: 0 }),
  ];
}
