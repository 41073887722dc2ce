import { existsSync, writeFileSync } from 'node:fs';
import type { TenantProfile } from '../../adapters/docebo/profile/profile';
import { proposeProfile, type ProfileProposal } from '../../adapters/docebo/propose/propose-profile';
import { doceboQueue } from '../../contract/queues';
import { InputError } from '../../domain/errors';
import type { ApiDefinition } from '../../domain/inspection/facts';
import type { PlatformKey } from '../../domain/model';
import type { QueueReads } from '../../temporal/queues/queue-reads';

export interface Probe extends ProfileProposal {
  readonly services: ApiDefinition['services'];
  readonly via: 'worker' | 'here';
}

/** The platform's own description of its API against the tenant profile. */
export async function probeProfile(
  reads: QueueReads,
  { platform, profile }: { readonly platform: PlatformKey; readonly profile: TenantProfile },
): Promise<Probe> {
  const writes = [profile.rsvpWriteBack.path, ...(profile.unenrol === undefined ? [] : [profile.unenrol.path])];
  const wanted = [...Object.values(profile.endpoints), ...writes];
  const { result, via } = await reads.read(doceboQueue(platform), 'readApiDefinition', { platform, wanted });
  return { ...proposeProfile(profile, result), services: result.services, via };
}

/** @throws InputError `INPUT_FILE_EXISTS`: nothing is ever overwritten. */
export function writeProfile(file: string, profile: TenantProfile): void {
  try {
    writeFileSync(file, `${JSON.stringify(profile, null, 2)}\n`, { flag: 'wx' });
  } catch (cause) {
    const why = existsSync(file) ? 'it exists already, and nothing is overwritten' : 'it cannot be made there';
    throw new InputError(`The profile was not written to ${file}: ${why}. Name another file.`, {
      code: 'INPUT_FILE_EXISTS',
      cause,
    });
  }
}
