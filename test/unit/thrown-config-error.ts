import { ConfigError } from '../../src/domain/errors';

/** The ConfigError that `act` throws. */
export function thrownConfigError(act: () => unknown): ConfigError {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
