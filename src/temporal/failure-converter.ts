import { DefaultFailureConverter } from '@temporalio/common';

/** Loaded by path, by the worker and into the workflow bundle: failure messages and stack traces go through the codec too. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
