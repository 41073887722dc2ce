import { LIFECYCLE_EVENTS, type LifecycleEvent } from '../domain/rsvp/notifications';
import { InputError } from '../domain/errors';

/** What a message of Graph comes to. Nothing else is taken from it. */
export interface NotificationReading {
  /** Changes whose secret is right. */
  readonly changes: number;
  readonly lifecycle: readonly LifecycleEvent[];
  /** Without the secret, or with another one: they lead to nothing. */
  readonly refused: number;
}

/**
 * Reads a collection of notifications. Every secret of it is compared, so that the time tells nothing.
 *
 * @throws InputError INPUT_NOTIFICATIONS the body is no collection
 */
export function readNotifications(body: unknown, isSecret: (offered: string) => boolean): NotificationReading {
  const items = isObject(body) ? body.value : undefined;
  if (!Array.isArray(items)) {
    throw new InputError('This is no collection of change notifications: it has no list "value".', {
      code: 'INPUT_NOTIFICATIONS',
    });
  }
  let changes = 0;
  let refused = 0;
  const lifecycle = new Set<LifecycleEvent>();
  for (const item of items as readonly unknown[]) {
    const { clientState, lifecycleEvent } = isObject(item) ? item : {};
    if (!isSecret(typeof clientState === 'string' ? clientState : '')) refused++;
    else if (typeof lifecycleEvent === 'string') lifecycle.add(toLifecycle(lifecycleEvent));
    else changes++;
  }
  return { changes, lifecycle: [...lifecycle], refused };
}

/** An event of a newer Graph: a poll does no harm. */
function toLifecycle(event: string): LifecycleEvent {
  return LIFECYCLE_EVENTS.find((known) => known === event) ?? 'missed';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
