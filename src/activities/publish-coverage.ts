import type { PlatformKey } from '../domain/model';
import type { PlatformReports } from '../domain/ports';
import type { Coverage } from '../domain/sweep/compute-coverage';

export interface CoveragePorts {
  readonly reports: Pick<PlatformReports, 'covered'>;
}

/** What a sweep found, for the workflow `platform/<platform>`. */
export function createCoverageActivities(ports: CoveragePorts) {
  return {
    async publishCoverage(input: { readonly platform: PlatformKey; readonly coverage: Coverage }): Promise<void> {
      ports.reports.covered(input.platform, input.coverage);
      return Promise.resolve();
    },
  };
}
