import type { Command } from 'commander';
import { createOperatorLooks } from '../../app/doctor/create-doctor';
import { dryRun, readLedger, toDryRunReport, type DryRun } from '../../app/dry-run';
import type { PlannedChange } from '../../domain/describe-plan';
import type { SessionRef } from '../../domain/model';
import type { Cli } from '../cli';
import { platformOption } from '../parse-options';
import { withProgress } from '../progress';
import { parseSessionRef } from '../session-refs';
import { renderTable } from '../table';
import { addVerb, onCall, type Outcome } from '../verb';
import { describeCounts, nameOf, plural } from '../words';

interface Options {
  readonly platform?: string;
  readonly names?: boolean;
}

export function addPlan(program: Command, cli: Cli): void {
  const command = addVerb(program, {
    usage: 'plan <session>',
    summary: 'dry run: what would change in the calendar, and who would get mail',
    about:
      'Reads the session in Docebo as its workflow would, compares it with what stands in the calendar, and shows the difference. Writes nothing and mails nobody. Names and addresses are shown only with --names, and never stored.',
    examples: [
      ['convoke plan 5401', 'what would happen to this session now'],
      ['convoke plan academy/5401 --names', 'with the people who would get mail'],
    ],
    next: ['convoke resync 5401    does it', 'convoke why 5401       what happened before'],
  })
    .addOption(platformOption())
    .option('--names', 'show the names and addresses of those who would get mail');
  onCall<Options>(command, cli, async ({ platform, names = false }, [name]) => {
    const configuration = cli.loadConfig();
    const platforms = Object.keys(configuration.config.platforms);
    const ref = parseSessionRef(String(name), { platforms, platform });
    const found = await withProgress(cli.io, 'planning', async (tell) => {
      tell('asking the session');
      const ledger = await ledgerOf(cli, ref);
      const looks = await createOperatorLooks(configuration, 'plan');
      try {
        tell('reading Docebo');
        return await dryRun(looks.reads, { ref, ledger, now: cli.now() });
      } finally {
        await looks.close();
      }
    });
    return show(cli, ref, found, names);
  });
}

async function ledgerOf(cli: Cli, ref: SessionRef): ReturnType<typeof readLedger> {
  const open = await cli.openOperator();
  try {
    return await readLedger(open.operator, ref);
  } finally {
    await open.close();
  }
}

function show({ io }: Cli, ref: SessionRef, found: DryRun, names: boolean): Outcome {
  const { plan, changes, adopted, via } = found;
  const { position, counts, problems, readProblems } = plan;
  const rows = changes.map((change) => [
    change.eventId,
    change.kind,
    change.does,
    String(change.invitations.length),
    String(change.updates.length),
    String(change.cancellations),
  ]);
  const people = !names
    ? []
    : changes.flatMap(({ eventId, invitations, updates }) => [
        ...invitations.map((p) => `  event ${eventId}: invitation to ${p.name} <${p.address}>`),
        ...updates.map((p) => `  event ${eventId}: update to ${p.name} <${p.address}>`),
      ]);
  const report = toDryRunReport(ref, found);
  const json = !names
    ? { ...report }
    : { ...report, changes: report.changes.map((change, n) => ({ ...change, people: peopleOf(changes[n]) })) };
  const text = [
    `${nameOf(ref)}: ${position}; ${describeCounts(counts)} in Docebo`,
    ...(adopted === null
      ? []
      : [`No workflow of it runs; ${plural(adopted, 'event')} in the calendar would be adopted.`]),
    ...(via === 'here' ? ['No worker polls the queue: this process read Docebo by itself.'] : []),
    '',
    ...(changes.length === 0
      ? ['Nothing would change, and nobody would get mail.']
      : renderTable(io, ['EVENT', 'STEP', 'WHAT', 'INVITATIONS', 'UPDATES', 'CANCELLATIONS'], rows)),
    ...(people.length > 0 ? ['', ...people] : []),
    ...[...problems, ...readProblems].map((p) => `${p.code}: ${'message' in p ? p.message : p.detail}`),
  ];
  return { json, text };
}

function peopleOf(change: PlannedChange | undefined) {
  return { invitations: change?.invitations.map(toPerson) ?? [], updates: change?.updates.map(toPerson) ?? [] };
}

function toPerson({ userId, name, address }: DryRun['plan']['roster'][number]) {
  return { userId, name, address };
}
