/** Replies that several routes share, for the OpenAPI document and the serialiser. */
export const errorReply = {
  $id: 'ErrorReply',
  type: 'object',
  description: 'Every answer from 400 on.',
  required: ['code', 'message', 'occurrenceId'],
  properties: {
    code: { type: 'string', description: 'Stable; branch on this.' },
    message: { type: 'string', description: 'For people. From 500 on it says no more than that.' },
    occurrenceId: { type: 'string', format: 'uuid', description: "Finds the details in the server's log." },
  },
} as const;

export function errorResponse(description: string): { readonly description: string; readonly $ref: string } {
  return { description, $ref: 'ErrorReply#' };
}
