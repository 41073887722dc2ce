import type { UnknownEventShape } from './hints';

export const MAX_POINTERS = 60;

/** Fields that Docebo leaves out of one message turn up in the next: an operator wants to see all, so the pointers are joined. */
export function mergeUnknownShapes(before: UnknownEventShape, after: UnknownEventShape): UnknownEventShape {
  const pointers = [...new Set([...before.pointers, ...after.pointers])].sort().slice(0, MAX_POINTERS);
  return { event: after.event, reason: after.reason, pointers };
}
