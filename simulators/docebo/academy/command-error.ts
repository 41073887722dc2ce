/** A command that cannot be carried out; `status` is the HTTP status of the control API's answer. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    readonly status: 400 | 404 | 409,
    message: string,
  ) {
    super(message);
  }
}
