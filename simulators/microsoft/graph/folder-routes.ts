import type { MailFolder as WireFolder } from '@microsoft/microsoft-graph-types';
import type { FastifyInstance } from 'fastify';
import { checkBody, complex, edmBoolean, edmString } from '../odata/edm';
import { pageOf } from '../odata/page';
import { readQueryOptions } from '../odata/query-options';
import type { Simulator } from '../simulator';
import { containerId } from '../state/item-ids';
import type { Mailbox, MailFolder } from '../state/model';
import { answer, openMailbox } from './graph-call';
import { GraphError } from './graph-error';
import { folderNamed } from './message-routes';

const folderBody = complex<{ displayName: string; isHidden: boolean }>('mailFolder', {
  displayName: edmString,
  isHidden: edmBoolean,
});

/** `mailFolders`: list, read, create. */
export function folderRoutes(simulator: Simulator) {
  const { state } = simulator;
  return (app: FastifyInstance, _options: object, done: () => void) => {
    app.get<{ Querystring: Record<string, unknown> }>('/mailFolders', async (request, reply) => {
      const call = openMailbox(simulator, request, 'Mail.Read');
      const { value, nextLink } = pageOf(call.mailbox.folders, {
        options: readQueryOptions(request.query),
        maxPageSize: call.preferences.maxPageSize,
        url: `${call.origin}${request.url.split('?')[0]}`,
        query: request.query,
      });
      return answer(reply, call, 200, {
        '@odata.context': call.context('mailFolders'),
        value: value.map((folder) => toFolder(call.mailbox, folder)),
        ...(nextLink === undefined ? {} : { '@odata.nextLink': nextLink }),
      });
    });

    app.get<{ Params: { folder: string } }>('/mailFolders/:folder', async (request, reply) => {
      const call = openMailbox(simulator, request, 'Mail.Read');
      const id = folderNamed(call.mailbox, request.params.folder);
      const folder = call.mailbox.folders.find((f) => f.id === id);
      return answer(reply, call, 200, {
        '@odata.context': call.context('mailFolders/$entity'),
        ...(folder === undefined ? {} : toFolder(call.mailbox, folder)),
      });
    });

    app.post('/mailFolders', async (request, reply) => {
      const call = openMailbox(simulator, request, 'Mail.ReadWrite');
      const { displayName } = checkBody(folderBody, request.body);
      if (typeof displayName !== 'string' || displayName === '')
        throw new GraphError(400, 'ErrorInvalidRequest', 'A folder needs a display name.');
      if (call.mailbox.folders.some((f) => f.displayName.toLowerCase() === displayName.toLowerCase()))
        throw new GraphError(409, 'ErrorFolderExists', 'A folder with the specified name already exists.');
      const folder: MailFolder = { id: containerId(), wellKnown: null, displayName };
      call.mailbox.folders.push(folder);
      const context = call.context('mailFolders/$entity');
      return answer(reply, call, 201, { '@odata.context': context, ...toFolder(call.mailbox, folder) });
    });
    done();
  };

  function toFolder(mailbox: Mailbox, folder: MailFolder): WireFolder {
    const messages = state.messages.of(mailbox.id).filter((m) => m.container === folder.id);
    return {
      id: folder.id,
      displayName: folder.displayName,
      childFolderCount: 0,
      unreadItemCount: messages.filter((m) => !m.isRead).length,
      totalItemCount: messages.length,
      isHidden: false,
    };
  }
}
