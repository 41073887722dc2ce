import type { Command } from 'commander';
import type { Configuration } from '../../app/config';
import type { Finding } from '../../app/doctor/check';
import { CHECKS } from '../../app/doctor/checks';
import { createDoctorContext, createOperatorLooks } from '../../app/doctor/create-doctor';
import { runChecks } from '../../app/doctor/run-checks';
import { setupSections } from '../../app/doctor/setup-lines';
import type { Cli } from '../cli';
import { EXIT } from '../exit-codes';
import { platformOption } from '../parse-options';
import { withProgress } from '../progress';
import { chooseMailbox, choosePlatform } from '../session-refs';
import { paint, type Colour } from '../table';
import { addVerb, onCall, type Outcome } from '../verb';
import { plural } from '../words';

interface Options {
  readonly platform?: string;
  readonly mailbox?: string;
  readonly otherMailbox?: string;
  readonly setup?: boolean;
}

const MARKS = { green: 'ok', yellow: 'look', red: 'FAIL' } as const;

export function addDoctor(program: Command, cli: Cli): void {
  const command = addVerb(program, {
    usage: 'doctor',
    summary: 'checks every setting against the live systems',
    about:
      'Looks at Temporal, Docebo, Microsoft 365, the mail server and the identity provider where there are some, and at this installation itself, and says for everything that is not as it should be which command or click mends it. It changes nothing and mails nobody. Reads go through the queues of the worker, so that they obey its limits; where no worker runs, this process reads by itself, one request at a time. Ends with 1 if anything is red.',
    examples: [
      ['convoke doctor', 'everything'],
      ['convoke doctor --other-mailbox ceo@example.com', 'also that this mailbox is out of reach for Convoke'],
      ['convoke doctor --setup', 'what to enter in Docebo and in Exchange, with your own names put in'],
    ],
    next: ['convoke profile probe    when docebo.profile or docebo.events is red'],
  })
    .addOption(platformOption())
    .option('--mailbox <key>', 'only this mailbox of convoke.yaml')
    .option(
      '--other-mailbox <address>',
      'a mailbox that Convoke must not reach; it is tried, and nothing of it is kept',
    )
    .option('--setup', 'only print what to enter in Docebo and at Microsoft');
  onCall<Options>(command, cli, async (options) => {
    const configuration = cli.loadConfig();
    const only = narrow(configuration, options);
    if (options.setup === true) return showSetup(cli, configuration, only);
    const findings = await withProgress(cli.io, 'looking', async (tell) => {
      const looks = await createOperatorLooks(configuration, 'doctor');
      try {
        const context = createDoctorContext(looks, { ...only, otherMailbox: options.otherMailbox ?? null });
        return await runChecks(context, { checks: CHECKS, onStart: ({ title }) => tell(title) });
      } finally {
        await looks.close();
      }
    });
    return showFindings(cli, findings);
  });
}

/** What was named, and what belongs to it: a platform's mailboxes, a mailbox's platforms. */
function narrow({ config }: Configuration, { platform, mailbox }: Options) {
  const platforms = Object.keys(config.platforms);
  const mailboxes = Object.keys(config.mailboxes);
  return {
    platforms: platform === undefined ? platforms : [choosePlatform({ platform, platforms })],
    mailboxes: mailbox === undefined ? mailboxes : [chooseMailbox(mailbox, mailboxes)],
  };
}

function showSetup(cli: Cli, configuration: Configuration, only: ReturnType<typeof narrow>): Outcome {
  const sections = setupSections(configuration, only);
  const text = sections.flatMap(({ title, lines }) => [
    paint(cli.io, title, 'bold'),
    ...lines.map((line) => `  ${line}`),
    '',
  ]);
  return { json: { sections }, text: text.slice(0, -1) };
}

export function showFindings({ io }: Pick<Cli, 'io'>, findings: readonly Finding[]): Outcome {
  const width = Math.max(0, ...findings.map((one) => nameOf(one).length));
  const lines = findings.flatMap((one) => [
    `${paint(io, MARKS[one.verdict].padEnd(4), one.verdict satisfies Colour)}  ${nameOf(one).padEnd(width)}  ${one.says}`,
    ...one.mend.map((step) => `        > ${step}`),
  ]);
  const count = (verdict: Finding['verdict']): number => findings.filter((one) => one.verdict === verdict).length;
  const counts = { green: count('green'), yellow: count('yellow'), red: count('red') };
  const verdict =
    counts.red > 0
      ? `${plural(counts.red, 'thing')} to mend, ${counts.yellow} to look at, ${counts.green} in order`
      : `nothing to mend, ${counts.yellow} to look at, ${counts.green} in order`;
  return {
    json: { counts, findings },
    text: [...lines, '', paint(io, verdict, counts.red > 0 ? 'red' : 'green')],
    exit: counts.red > 0 ? EXIT.wrong : EXIT.fine,
  };
}

function nameOf({ check, subject }: Finding): string {
  return subject === '' ? check : `${check} ${subject}`;
}
