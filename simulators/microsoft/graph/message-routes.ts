import type { Message } from '@microsoft/microsoft-graph-types';
import type { FastifyInstance } from 'fastify';
import { createDraft, sendDraft } from '../mail/drafts';
import { checkMessageProjection, queryMessages, showMessage } from '../mail/message-query';
import { checkBody, complex, edmString } from '../odata/edm';
import { pageOf } from '../odata/page';
import { readQueryOptions } from '../odata/query-options';
import { message as messageType } from '../odata/wire-types';
import type { Simulator } from '../simulator';
import type { Mailbox, StoredMessage } from '../state/model';
import { folderOf } from '../state/simulator-state';
import { checkMatch } from './event-routes';
import { answer, openMailbox } from './graph-call';
import { GraphError, itemNotFound } from './graph-error';

interface MessageRoute {
  Params: { id?: string; folder?: string };
  Querystring: Record<string, unknown>;
}

const moveBody = complex<{ destinationId: string }>('move', { destinationId: edmString });
const changeable = ['isRead', 'categories', 'importance', 'flag', 'inferenceClassification'];

/** Messages of a mailbox: list, read, draft, send, mark, move, delete. */
export function messageRoutes(simulator: Simulator) {
  const { state } = simulator;
  return (app: FastifyInstance, _options: object, done: () => void) => {
    for (const folder of ['', '/mailFolders/:folder']) {
      app.get<MessageRoute>(`${folder}/messages`, async (request, reply) => {
        const call = openMailbox(simulator, request, 'Mail.Read');
        const options = readQueryOptions(request.query);
        checkMessageProjection(options);
        const container =
          request.params.folder === undefined ? undefined : folderNamed(call.mailbox, request.params.folder);
        const all = state.messages
          .of(call.mailbox.id)
          .filter((m) => container === undefined || m.container === container);
        const found = queryMessages(all, options);
        const { value, nextLink } = pageOf(found, {
          options,
          maxPageSize: call.preferences.maxPageSize,
          url: `${call.origin}${request.url.split('?')[0]}`,
          query: request.query,
        });
        return answer(reply, call, 200, {
          '@odata.context': call.context('messages'),
          ...(options.count ? { '@odata.count': found.length } : {}),
          value: value.map((m) => showMessage(state, m, call.preferences, options)),
          ...(nextLink === undefined ? {} : { '@odata.nextLink': nextLink }),
        });
      });

      app.post<MessageRoute>(`${folder}/messages/:id/send`, async (request, reply) => {
        const call = openMailbox(simulator, request, 'Mail.Send');
        sendDraft(state, call.mailbox, findMessage(call.mailbox, request.params));
        return reply.code(202).send();
      });

      app.get<MessageRoute>(`${folder}/messages/:id`, async (request, reply) => {
        const call = openMailbox(simulator, request, 'Mail.Read');
        const options = readQueryOptions(request.query);
        checkMessageProjection(options);
        const message = findMessage(call.mailbox, request.params);
        const context = call.context('messages/$entity');
        const shown = showMessage(state, message, call.preferences, options);
        return answer(reply, call, 200, { '@odata.context': context, ...shown });
      });

      app.patch<MessageRoute>(`${folder}/messages/:id`, async (request, reply) => {
        const call = openMailbox(simulator, request, 'Mail.ReadWrite');
        const body = checkBody(messageType, request.body) as Message;
        const message = findMessage(call.mailbox, request.params);
        checkMatch(request, message);
        const refused = Object.keys(body).find((name) => !name.includes('@') && !changeable.includes(name));
        if (refused !== undefined)
          throw new GraphError(
            400,
            'ErrorInvalidPropertySet',
            `The property '${refused}' cannot be changed on a sent message.`,
          );
        if (body.isRead != null) message.isRead = body.isRead;
        if (body.categories != null) message.categories = body.categories;
        if (body.importance != null) message.importance = body.importance;
        state.messages.touch(message);
        const shown = showMessage(state, message, call.preferences, { select: undefined, expand: [] });
        return answer(reply, call, 200, { '@odata.context': call.context('messages/$entity'), ...shown });
      });

      app.delete<MessageRoute>(`${folder}/messages/:id`, async (request, reply) => {
        const call = openMailbox(simulator, request, 'Mail.ReadWrite');
        const message = findMessage(call.mailbox, request.params);
        checkMatch(request, message);
        const bin = folderOf(call.mailbox, 'deleteditems');
        if (message.container === bin) state.messages.purge(message);
        else state.messages.move(message, bin);
        return reply.code(204).send();
      });

      app.post<MessageRoute>(`${folder}/messages/:id/move`, async (request, reply) => {
        const call = openMailbox(simulator, request, 'Mail.ReadWrite');
        const { destinationId } = checkBody(moveBody, request.body);
        const message = findMessage(call.mailbox, request.params);
        state.messages.move(message, folderNamed(call.mailbox, typeof destinationId === 'string' ? destinationId : ''));
        const shown = showMessage(state, message, call.preferences, { select: undefined, expand: [] });
        return answer(reply, call, 201, { '@odata.context': call.context('messages/$entity'), ...shown });
      });
    }
    app.post('/messages', async (request, reply) => {
      const call = openMailbox(simulator, request, 'Mail.ReadWrite');
      const draft = createDraft(state, call.mailbox, checkBody(messageType, request.body));
      const shown = showMessage(state, draft, call.preferences, { select: undefined, expand: [] });
      return answer(reply, call, 201, { '@odata.context': call.context('messages/$entity'), ...shown });
    });
    done();
  };

  function findMessage(mailbox: Mailbox, path: MessageRoute['Params']): StoredMessage {
    const message = state.messages.find(mailbox.id, path.id ?? '');
    if (message === undefined) throw itemNotFound();
    if (path.folder !== undefined && message.container !== folderNamed(mailbox, path.folder)) throw itemNotFound();
    return message;
  }
}

/** A folder by well-known name or id. */
export function folderNamed(mailbox: Mailbox, name: string): string {
  const found = mailbox.folders.find((f) => f.id === name || f.wellKnown === name.toLowerCase());
  if (found === undefined)
    throw new GraphError(404, 'ErrorItemNotFound', 'The specified folder could not be found in the store.');
  return found.id;
}
