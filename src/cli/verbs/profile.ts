import type { Command } from 'commander';
import { createOperatorLooks } from '../../app/doctor/create-doctor';
import { probeProfile, writeProfile, type Probe } from '../../app/doctor/probe-profile';
import type { Cli } from '../cli';
import { EXIT } from '../exit-codes';
import { platformOption } from '../parse-options';
import { withProgress } from '../progress';
import { choosePlatform } from '../session-refs';
import { paint } from '../table';
import { addVerb, onCall, type Outcome } from '../verb';
import { plural } from '../words';

interface Options {
  readonly platform?: string;
  readonly write?: string;
}

export function addProfile(program: Command, cli: Cli): void {
  const profile = program.command('profile').summary('the tenant profile').description('Verbs on the tenant profile.');
  const command = addVerb(profile, {
    usage: 'probe',
    summary: 'compares the tenant profile with what the platform publishes about its API',
    about:
      "Reads the definitions behind the platform's own API browser and says of each endpoint and field of the tenant profile whether the platform has it, and what it may be called instead. Names of webhook events and values stand in no definition: convoke doctor tells of them once real messages have come. Ends with 1 if something of the profile is not there.",
    examples: [
      ['convoke profile probe', 'the differences'],
      [
        'convoke profile probe --write my-profile.json',
        'also a profile with what is certain put in; never over an existing file',
      ],
    ],
    next: ['name the file in convoke.yaml (platforms.<platform>.profile), then: convoke doctor'],
  })
    .addOption(platformOption())
    .option('--write <file>', 'write the proposed profile to a new file');
  onCall<Options>(command, cli, async ({ platform: named, write }) => {
    const configuration = cli.loadConfig();
    const { platforms } = configuration.config;
    const platform = choosePlatform({ platform: named, platforms: Object.keys(platforms) });
    const current = platforms[platform]!.docebo.profile;
    const probe = await withProgress(cli.io, 'reading the definitions', async () => {
      const looks = await createOperatorLooks(configuration, 'profile');
      try {
        return await probeProfile(looks.reads, { platform, profile: current });
      } finally {
        await looks.close();
      }
    });
    if (write !== undefined) writeProfile(write, probe.profile);
    return show(cli, { platform, name: current.name, write }, probe);
  });
}

function show(
  { io }: Pick<Cli, 'io'>,
  what: { readonly platform: string; readonly name: string; readonly write: string | undefined },
  { findings, services, via }: Probe,
): Outcome {
  const absent = findings.filter(({ verdict }) => verdict === 'absent');
  const untold = findings.filter(({ verdict }) => verdict === 'untold');
  const found = findings.length - absent.length - untold.length;
  const text = [
    `${what.platform} publishes ${plural(services.length, 'service')}: ${services.map(({ service, paths, problem }) => `${service} (${problem ?? `${paths} paths`})`).join(', ')}`,
    `profile "${what.name}": ${found} entries are as published, ${absent.length} are not, ${untold.length} cannot be told`,
    ...absent.flatMap(({ at, now, candidates, proposed }) => [
      '',
      paint(io, `- ${at}: ${now.join(', ')}`, 'red'),
      ...(proposed === null
        ? candidates.map((candidate) => `?   ${candidate}`)
        : [paint(io, `+ ${at}: ${proposed}`, 'green')]),
      ...(candidates.length === 0
        ? ['    nothing published looks like it: ask Docebo, or look into the answer itself']
        : []),
    ]),
    ...(untold.length === 0 ? [] : ['', `Not described there: ${untold.map(({ at }) => at).join(', ')}`]),
    ...(what.write === undefined
      ? []
      : ['', `Written to ${what.write}. Name it in convoke.yaml, then run convoke doctor.`]),
  ];
  return {
    json: { platform: what.platform, via, services, findings, written: what.write ?? null },
    text,
    exit: absent.length > 0 ? EXIT.wrong : EXIT.fine,
  };
}
