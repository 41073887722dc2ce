/** An answer that Graph gives instead of the thing asked for. `extra` joins `code` and `message` in the error object. */
export class GraphError extends Error {
  override readonly name = 'GraphError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly options: { readonly extra?: Record<string, unknown>; readonly headers?: Record<string, string> } = {},
  ) {
    super(message);
  }
}

export interface GraphErrorBody {
  error: { code: string; message: string; innerError: Record<string, string> } & Record<string, unknown>;
}

export function graphErrorBody(error: GraphError, ids: { date: string; requestId: string; clientRequestId: string }) {
  const body: GraphErrorBody = {
    error: {
      code: error.code,
      message: error.message,
      ...error.options.extra,
      innerError: {
        date: ids.date.slice(0, 19),
        'request-id': ids.requestId,
        'client-request-id': ids.clientRequestId,
      },
    },
  };
  return body;
}

export function itemNotFound(): GraphError {
  return new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
}

export function accessDenied(): GraphError {
  return new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
}

export function badQuery(message: string): GraphError {
  return new GraphError(400, 'RequestBroker--ParseUri', message);
}

export function invalidProperty(message: string): GraphError {
  return new GraphError(400, 'ErrorPropertyValidationFailure', `At least one property failed validation. ${message}`);
}

/** For what the real service can do and this simulator honestly cannot. */
export function notSimulated(what: string): GraphError {
  return new GraphError(501, 'NotSimulated', `The simulator does not imitate ${what}; the real service might.`);
}
