import type { ConfigContext } from './config-context';
import { toMilliseconds } from './durations';

/** How worker processes share the work. */
export interface WorkerConfig {
  /** `one`: it serves all queues itself. `several`: each limited queue has one owner among them (docs/scaling.md). */
  readonly replicas: 'one' | 'several';
  /** How long an owner may be silent before another process takes the queue. */
  readonly takeOverMs: number;
  /** Temporal's Worker Versioning of the workflows; null: off. */
  readonly versioning: { readonly deployment: string; readonly buildId: string } | null;
}

const DEFAULTS = { replicas: 'one', takeOver: '10s' } as const;
/** Below, an answer that takes a moment longer costs the queue. Above, a dead owner's mailbox stands still for long. */
const TAKE_OVER_MS = { least: 5_000, most: 300_000 } as const;
/** The server's own rules for the two halves of `deployment.buildId`. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
const BUILD_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

export function toWorker(context: ConfigContext, buildIdOfEnv: string | null): WorkerConfig {
  const { versioning, ...own } = context.file.worker ?? {};
  const { replicas, takeOver } = { ...DEFAULTS, ...own };
  const takeOverMs = toMilliseconds(takeOver);
  if (takeOverMs < TAKE_OVER_MS.least || takeOverMs > TAKE_OVER_MS.most) {
    context.report(['worker', 'takeOver'], `is ${takeOver}; write 5s to 5m: shorter loses queues for nothing`);
  }
  if (versioning !== undefined && replicas === 'one') {
    context.notice(
      'worker.versioning is set and worker.replicas is one: two versions must not run side by side, for both would serve the same mailboxes. Set several.',
    );
  }
  return { replicas, takeOverMs, versioning: toVersioning(context, versioning, buildIdOfEnv) };
}

function toVersioning(
  context: ConfigContext,
  section: { readonly deployment: string; readonly buildId?: string } | undefined,
  buildIdOfEnv: string | null,
): WorkerConfig['versioning'] {
  if (section === undefined) {
    if (buildIdOfEnv !== null) {
      context.reportOther(
        'CONVOKE_BUILD_ID: is set, but worker.versioning.deployment in convoke.yaml is not; set both or none',
      );
    }
    return null;
  }
  const at = ['worker', 'versioning'] as const;
  const buildId = buildIdOfEnv ?? section.buildId;
  if (!NAME.test(section.deployment)) {
    context.report(
      [...at, 'deployment'],
      `is "${section.deployment}"; write letters, digits, - and _, such as convoke`,
    );
  }
  if (buildId === undefined) {
    context.report(at, 'buildId is missing; write it, or set CONVOKE_BUILD_ID, such as to the version of the image');
    return null;
  }
  if (!BUILD_ID.test(buildId)) {
    const message = `is "${buildId}"; write letters, digits, dots, - and _, such as 0.2.0`;
    if (buildIdOfEnv !== null) context.reportOther(`CONVOKE_BUILD_ID: ${message}`);
    else context.report([...at, 'buildId'], message);
  }
  return { deployment: section.deployment, buildId };
}
