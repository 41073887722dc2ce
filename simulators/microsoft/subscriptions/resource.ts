import { GraphError } from '../graph/graph-error';
import { folderNamed } from '../graph/message-routes';
import type { Mailbox, StoredSubscription } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';

const pattern =
  /^\/?(?:me|users(?:\/([^/]+)|\('([^']+)'\)))\/(?:(events|calendar\/events)|mailFolders(?:\('([^']+)'\)|\/([^/]+))\/messages|(messages))$/i;

/**
 * Which mailbox and which items a subscription's resource means.
 * @throws GraphError 400 for a resource that cannot be watched, 404 for a mailbox or folder that is not there.
 */
export function readResource(
  state: SimulatorState,
  resource: string,
  me: string | null,
): { mailbox: Mailbox; watches: StoredSubscription['watches'] } {
  const match = pattern.exec(resource);
  if (match === null) throw new GraphError(400, 'InvalidRequest', `Resource '${resource}' cannot be subscribed to.`);
  const name = match[1] ?? match[2];
  const wanted = name === undefined ? me : decodeURIComponent(name);
  const mailbox = wanted === null ? undefined : state.findMailbox(wanted);
  if (mailbox === undefined)
    throw new GraphError(404, 'ResourceNotFound', `The mailbox of '${resource}' was not found.`);
  if (match[3] !== undefined) return { mailbox, watches: { kind: 'event' } };
  const folder = match[4] ?? match[5];
  const folderId = folder === undefined ? null : folderNamed(mailbox, decodeURIComponent(folder));
  return { mailbox, watches: { kind: 'message', folderId } };
}
