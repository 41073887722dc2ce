import type { Message } from '@microsoft/microsoft-graph-types';
import type { FastifyInstance } from 'fastify';
import { sendMail } from '../mail/send-mail';
import { checkBody, complex, edmBoolean } from '../odata/edm';
import { message } from '../odata/wire-types';
import type { Simulator } from '../simulator';
import { openMailbox } from './graph-call';
import { GraphError } from './graph-error';

const names = { message, Message: message, saveToSentItems: edmBoolean, SaveToSentItems: edmBoolean };
const sendMailBody = complex<typeof names>('sendMail', names);

/** `sendMail`: 202 with nothing in it, and no content type either. */
export function sendMailRoute(simulator: Simulator) {
  return (app: FastifyInstance, _options: object, done: () => void) => {
    app.post('/sendMail', async (request, reply) => {
      const call = openMailbox(simulator, request, 'Mail.Send');
      const body = checkBody(sendMailBody, request.body);
      const given = (body.message ?? body.Message) as Message | undefined;
      if (given === undefined)
        throw new GraphError(400, 'ErrorInvalidParameter', "The value of the parameter 'Message' is empty.");
      sendMail(simulator.state, call.mailbox, given, (body.saveToSentItems ?? body.SaveToSentItems ?? true) === true);
      return reply.code(202).send();
    });
    done();
  };
}
