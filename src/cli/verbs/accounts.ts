import type { Command } from 'commander';
import { listAccounts } from '../../app/accounts/account-sign-in';
import type { Cli } from '../cli';
import { EXIT } from '../exit-codes';
import { renderTable } from '../table';
import { addVerb, onCall } from '../verb';

const HEAD = ['ACCOUNT', 'KIND', 'TENANT', 'MAILBOXES', 'SIGNED IN'];

export function addAccounts(program: Command, cli: Cli): void {
  const command = addVerb(program, {
    usage: 'accounts',
    summary: 'the Microsoft accounts of the settings, and who is signed in',
    about:
      'Lists the accounts under microsoft in convoke.yaml with the mailboxes that they work in. Ends with 1 when an account of kind delegated has no sign-in that can be read. Whether Microsoft still accepts it, only a request tells: see convoke doctor.',
    examples: [['convoke accounts', 'all of them']],
    next: ['convoke login <account>    signs in'],
  });
  onCall<object>(command, cli, async () => {
    const accounts = await listAccounts(cli.loadConfig());
    const rows = accounts.map(({ account, kind, tenant, mailboxes, signIn }) => [
      account,
      kind,
      tenant,
      mailboxes.join(', '),
      signIn.state === 'signed-in'
        ? signIn.username
        : { none: '-', nobody: 'nobody', unreadable: 'unreadable' }[signIn.state],
    ]);
    const isWrong = accounts.some(({ signIn: { state } }) => state === 'nobody' || state === 'unreadable');
    return { json: { accounts }, text: renderTable(cli.io, HEAD, rows), exit: isWrong ? EXIT.wrong : EXIT.fine };
  });
}
