import { loadProfile } from '../../adapters/docebo/profile/profile';
import type { TenantProfile } from '../../adapters/docebo/profile/profile';
import { ConfigError } from '../../domain/errors';
import type { PlatformKey } from '../../domain/model';
import { readReferredFile, reasonOf } from './config-context';
import type { ConfigContext } from './config-context';
import { isShipped } from './shipped';

/** The tenant profile of a platform: a shipped one by its name, or the customer's own by its path. */
export function readProfile(context: ConfigContext, key: PlatformKey, profile: string): TenantProfile | null {
  const at = ['platforms', key, 'profile'];
  const shipped = isShipped(profile);
  const path = shipped ? `profiles/${profile}.json` : profile;
  const text = readReferredFile(context, { path, base: shipped ? 'package' : 'settings', at });
  if (text === null) return null;
  try {
    return loadProfile(JSON.parse(text), path);
  } catch (error) {
    if (error instanceof ConfigError) error.problems.forEach((problem) => context.report(at, problem));
    else context.report(at, `${path} is no JSON (${reasonOf(error)})`);
    return null;
  }
}
