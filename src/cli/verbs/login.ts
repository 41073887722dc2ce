import { InvalidArgumentError, Option, type Command } from 'commander';
import { createAccountSignIn } from '../../app/accounts/account-sign-in';
import type { Cli } from '../cli';
import { openBrowser } from '../open-browser';
import { addVerb, onCall } from '../verb';

const TEN_MINUTES_MS = 600_000;

interface Options {
  readonly deviceCode?: boolean;
  readonly browser: boolean;
  readonly port: number;
  readonly user?: string;
}

export function addLogin(program: Command, cli: Cli): void {
  const command = addVerb(program, {
    usage: 'login [account]',
    summary: 'sign in to a Microsoft account of kind delegated',
    about:
      'Opens a browser in which somebody signs in to the account that organises the meetings, and keeps the sign-in encrypted in microsoft.signInFolder. The worker takes it from there with its next try and refreshes it. Run it where the worker runs, or where that folder is shared.',
    examples: [
      ['convoke login', 'the only delegated account; a browser opens'],
      ['convoke login trainer --device-code', 'on a machine without a browser: sign in elsewhere with a code'],
      [
        'convoke login --no-browser --port 8400',
        'prints the address; the browser comes back through a tunnel to port 8400',
      ],
    ],
    next: ['convoke accounts    who is signed in'],
  })
    .option('--device-code', 'for machines without a browser: a code is entered on any other one')
    .option('--no-browser', 'print the address and open nothing')
    .addOption(
      new Option('--port <port>', 'where the browser comes back to on this machine; 0 for any free one')
        .argParser(parsePort)
        .default(0),
    )
    .option('--user <address>', 'who is going to sign in, so that the page offers it first');

  onCall<Options>(command, cli, async ({ deviceCode, browser, port, user }, [name]) => {
    const { account, signIn, permissions } = createAccountSignIn(cli.loadConfig(), asName(name));
    cli.io.err(`Signing in to the Microsoft account "${account}", for: ${permissions.join(', ')}.\n`);
    const signedIn =
      deviceCode === true
        ? await signIn.byDeviceCode(({ verificationUri, userCode }) =>
            cli.io.err(`Open ${verificationUri} in any browser and enter the code ${userCode}\n`),
          )
        : await signIn.byBrowser({
            port,
            timeoutMs: TEN_MINUTES_MS,
            ...(user !== undefined && { loginHint: user }),
            show: (url) => {
              cli.io.err(`Open this address in a browser on this machine:\n${url}\n`);
              if (browser) openBrowser(url);
            },
          });
    return {
      json: { account, ...signedIn },
      text: [`${signedIn.username} has signed in to the account "${account}". The worker uses it from its next try.`],
    };
  });
}

export function asName(argument: string | readonly string[] | undefined): string | null {
  return typeof argument === 'string' ? argument : null;
}

function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('write a port from 0 to 65535.');
}
