/** Something the person at the keyboard can fix. The message is all they need; its stack would only hide it. */
export class SetupError extends Error {
  name = 'SetupError';
}

/** Prints what went wrong and makes the process end with status 1. A bug of ours keeps its stack. */
export function reportAndFail(error) {
  console.error(error instanceof SetupError ? `\n${error.message}` : error);
  process.exitCode = 1;
}
