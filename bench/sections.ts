import { burst } from './burst/burst';
import { e2e } from './e2e/e2e';
import { frugality } from './frugality/frugality';
import { ingress } from './ingress/ingress';
import type { SectionName } from './options';
import { quota } from './quota/quota';
import { scale } from './scale/scale';
import type { Section } from './section';

export const SECTION_OF: Readonly<Record<SectionName, Section>> = {
  frugality,
  quota,
  ingress,
  burst,
  e2e,
  scale,
};
