import type { PlatformLook } from '../../activities/inspections/inspect-platform';
import { createAnswerSink } from '../../adapters/docebo/answer-sink';
import { createApiDefinitionSource } from '../../adapters/docebo/propose/api-definitions';
import { createDoceboClient, type DoceboClient } from '../../adapters/docebo/api/client';
import { createSessionLister } from '../../adapters/docebo/session-lister';
import { createTrainingSource } from '../../adapters/docebo/training-source';
import { createClockSkew } from '../../adapters/http/clock-skew';
import type { ApiDefinitionSource } from '../../domain/inspection/facts';
import type { PlatformKey } from '../../domain/model';
import { routeReadsOf } from '../../domain/planning/route-mailbox';
import type { AnswerSink, TrainingSource } from '../../domain/ports';
import type { SessionLister } from '../../domain/sweep/sweep-ports';
import type { PlatformConfig } from '../config/config-types';
import { known } from './known';
import type { SystemsContext } from './systems-context';

/** Everything that Convoke does at one Docebo platform; all of it shares one client, and so the budget of calls. */
export interface PlatformSystem {
  readonly client: DoceboClient;
  readonly source: TrainingSource;
  readonly sink: AnswerSink;
  readonly lister: SessionLister;
  readonly look: PlatformLook;
  readonly definition: ApiDefinitionSource;
}

export function createPlatformSystem(
  { secrets, clock, telemetry }: SystemsContext,
  { platform, docebo, settings }: Pick<PlatformConfig, 'docebo' | 'settings'> & { readonly platform: PlatformKey },
): PlatformSystem {
  const { baseUrl, budget, profile, additionalInputs } = docebo;
  const credentials = known(secrets.docebo[platform], 'credentials of platform', platform);
  const observer = telemetry?.observerOf('docebo', platform);
  const client = createDoceboClient({ baseUrl, credentials, profile, clock, budget, observer });
  const routeReads = routeReadsOf(settings.routing);
  const source = createTrainingSource({ platform, client, profile, clock, additionalInputs, routeReads });
  const lister = createSessionLister({ platform, client, profile, clock });
  return {
    client,
    source,
    sink: createAnswerSink({ platform, client, profile }),
    lister,
    look: { source, lister, skew: createClockSkew({ system: 'DOCEBO', url: `${baseUrl}/`, clock, fetch }), clock },
    definition: createApiDefinitionSource({ client, baseUrl }),
  };
}
