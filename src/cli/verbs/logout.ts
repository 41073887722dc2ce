import type { Command } from 'commander';
import { createAccountSignIn } from '../../app/accounts/account-sign-in';
import type { Cli } from '../cli';
import { addVerb, onCall } from '../verb';
import { asName } from './login';

export function addLogout(program: Command, cli: Cli): void {
  const command = addVerb(program, {
    usage: 'logout [account]',
    summary: 'forget the sign-in of a Microsoft account',
    about:
      'Deletes the kept sign-in. A worker that runs goes on for up to an hour with the token it has. To end the sign-in on the side of Microsoft as well, revoke the sessions of that user in Entra.',
    examples: [['convoke logout', 'the only delegated account']],
    next: ['convoke login    signs in again'],
  });
  onCall<object>(command, cli, async (_options, [name]) => {
    const { account, signIn } = createAccountSignIn(cli.loadConfig(), asName(name));
    const wasSignedIn = await signIn.signOut();
    const text = wasSignedIn
      ? `The sign-in of the account "${account}" is deleted.`
      : `Nobody was signed in to "${account}".`;
    return { json: { account, wasSignedIn }, text: [text] };
  });
}
