import type { DataConverter } from '@temporalio/common';
import { createPayloadCodec, type KeyRing } from './payload-codec';

/** The same for clients, workers and replay: whoever lacks it reads nothing. */
export function createDataConverter(keys: KeyRing): DataConverter {
  return { payloadCodecs: [createPayloadCodec(keys)], failureConverterPath: require.resolve('./failure-converter') };
}
