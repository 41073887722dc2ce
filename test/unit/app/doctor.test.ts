import { red, yellow, type Check, type DoctorContext } from '../../../src/app/doctor/check';
import { runChecks } from '../../../src/app/doctor/run-checks';
import { setupSections } from '../../../src/app/doctor/setup-lines';
import { showFindings } from '../../../src/cli/verbs/doctor';
import { UpstreamError } from '../../../src/domain/errors';
import { configure, SOME_YAML } from './some-configuration';

const plain = { io: { colours: false } } as never;

describe('the report', () => {
  it('shows each finding with what mends it, and ends with 1 only for red', () => {
    const mend = red(['docebo.token', 'academy', 'no token'], 'do this', 'then that');
    const look = yellow(['settings', '', 'a notice'], 'look here');

    const bad = showFindings(plain, [mend, look]);
    const fine = showFindings(plain, [look]);

    expect(bad.text).toEqual([
      'FAIL  docebo.token academy  no token',
      '        > do this',
      '        > then that',
      'look  settings              a notice',
      '        > look here',
      '',
      '1 thing to mend, 1 to look at, 0 in order',
    ]);
    expect(bad).toMatchObject({ exit: 1, json: { counts: { red: 1, yellow: 1, green: 0 } } });
    expect(fine.exit).toBe(0);
  });
});

describe('a run', () => {
  const context = { client: null } as unknown as DoctorContext;
  const check = (over: Partial<Check>): Check => ({
    name: 'some',
    title: 'some check',
    needsTemporal: false,
    run: async () => [],
    ...over,
  });

  it('turns what a check throws into a red line, and goes on', async () => {
    const outage = new UpstreamError('no answer', { code: 'DOCEBO_UNAVAILABLE' });
    const checks = [
      check({ run: () => Promise.reject(outage) }),
      check({ name: 'bug', run: () => Promise.reject(new TypeError('ada@example.com')) }),
      check({ name: 'last', run: async () => [red(['last', '', 'seen'])] }),
    ];

    const findings = await runChecks(context, { checks });

    expect(findings.map((f) => `${f.check} ${f.verdict}`)).toEqual(['some red', 'bug red', 'last red']);
    expect(findings[0]?.says).toContain('DOCEBO_UNAVAILABLE');
    expect(findings[0]?.mend.length).toBeGreaterThan(0);
    expect(JSON.stringify(findings)).not.toContain('ada@');
  });

  it('leaves out what needs Temporal where that does not answer', async () => {
    const checks = [check({ needsTemporal: true, run: async () => [red(['some', '', 'ran'])] })];

    expect(await runChecks(context, { checks })).toEqual([]);
  });
});

describe('what is to be entered', () => {
  it('has the webhook and the grants with this installation’s own words, and no password', () => {
    const yaml = `${SOME_YAML}api:\n  publicUrl: https://convoke.example.com\n`;
    const { config, secrets } = configure({ yaml });

    const text = JSON.stringify(
      setupSections({ config, secrets }, { platforms: ['academy'], mailboxes: ['training'] }),
    );

    expect(text).toContain('https://convoke.example.com/webhooks/docebo/academy');
    expect(text).toContain('Ext Calendar ILT session changed');
    expect(text).toContain('user hook;');
    expect(text).toContain("PrimarySmtpAddress -eq 'training@example.com'");
    expect(text).not.toContain('hook-password');
    expect(text).not.toContain('Mail.Send');
  });
});
