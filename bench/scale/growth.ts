import { toFigure, type Figure } from '../figure';

/** What was measured at one size. */
export interface Sample {
  readonly sessions: number;
  readonly values: Readonly<Record<string, number>>;
}

export interface Measure {
  readonly key: string;
  readonly name: string;
  readonly unit: string;
  /** What it may be however many sessions there are; below it, growth says nothing. */
  readonly fixed: number;
}

/**
 * Each measure at each size, and how much it grew from the smallest to the largest. Aim: no more than the sessions did, what does not depend on
 * them aside.
 */
export function toGrowthFigures(section: string, measures: readonly Measure[], samples: readonly Sample[]): Figure[] {
  const bySize = [...samples].sort((a, b) => a.sessions - b.sessions);
  const [least, most] = [bySize[0], bySize.at(-1)];
  return measures.flatMap(({ key, name, unit, fixed }) => {
    const at = (sample: Sample | undefined): number => sample?.values[key] ?? NaN;
    const figures = bySize.map((sample) =>
      toFigure({ section, figure: `${name}: ${count(sample.sessions)} sessions`, value: at(sample), unit }),
    );
    if (least === undefined || most === undefined || least === most || Number.isNaN(at(most))) return figures;
    const sizes = most.sessions / least.sessions;
    const growth = at(most) <= fixed ? 1 : at(most) / Math.max(at(least), fixed);
    const figure = `${name}: growth from ${count(least.sessions)} to ${count(most.sessions)}`;
    return [...figures, toFigure({ section, figure, value: growth, unit: 'times', aim: { atMost: sizes } })];
  });
}

function count(sessions: number): string {
  return sessions.toLocaleString('en');
}
