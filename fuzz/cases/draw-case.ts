import { Draw } from '../../chaos/plan/draw';
import type { CaseMaker, FuzzCase, Target } from '../fuzz-case';
import { oddFraming } from './framing';
import { oddHeaders } from './headers';
import { oddJson } from './json';
import { changedMessage, damagedMessage, goodMessage } from './messages';

const MAKERS: readonly (readonly [number, CaseMaker])[] = [
  [10, goodMessage],
  [22, changedMessage],
  [18, damagedMessage],
  [20, oddJson],
  [18, oddHeaders],
  [12, oddFraming],
];

/** The case with this number: the same for the same seed, whatever came before it. */
export function drawCase(seed: number, index: number, target: Target): FuzzCase {
  const draw = new Draw(Math.imul(seed, 2_654_435_761) + index);
  return draw.weighted(MAKERS)({ draw, target, index });
}
