/** A control request that cannot be carried out; `statusCode` is what Fastify answers with. */
export class ControlError extends Error {
  override readonly name = 'ControlError';

  constructor(
    readonly statusCode: number,
    message: string,
  ) {
    super(message);
  }
}
