import type { DataConverter } from '@temporalio/common';
import { createPayloadCodec, type KeyRing, type OnUnreadable } from './payload-codec';

/** The same for clients, workers and replay: whoever lacks it reads nothing. */
export function createDataConverter(keys: KeyRing, onUnreadable?: OnUnreadable): DataConverter {
  return {
    payloadCodecs: [createPayloadCodec(keys, onUnreadable)],
    failureConverterPath: require.resolve('./failure-converter'),
  };
}
