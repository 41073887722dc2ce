import type { SmtpSettings } from '../../../../src/adapters/mail/smtp';
import { codecEndpoint } from '../../../../src/app/doctor/checks/codec-endpoint';
import { failureMail } from '../../../../src/app/doctor/checks/failure-mail';
import { metrics } from '../../../../src/app/doctor/checks/metrics';
import { settings } from '../../../../src/app/doctor/checks/settings';
import { timeZones } from '../../../../src/app/doctor/checks/time-zones';
import { AccessError, UpstreamError } from '../../../../src/domain/errors';
import { yamlWith } from '../some-configuration';
import { aContext, run, serving } from './a-context';

describe('settings', () => {
  test('are one green line when nothing is odd; notices, development and a frozen platform are looked at', async () => {
    const { config } = aContext();
    expect((await run(settings, aContext({ config: { ...config, notices: [] } }))).lines).toEqual(['green settings']);

    const odd = yamlWith({ platforms: { academy: { rsvp: 'frozen' } } });
    const frozen = aContext({ yaml: odd, env: { CONVOKE_ENVIRONMENT: 'development' } }).config;
    const notices = ['Nobody is told of failures by mail.'];
    const { lines, text } = await run(settings, aContext({ config: { ...frozen, notices } }));
    expect(lines).toEqual([
      'green settings',
      'yellow settings.notice',
      'yellow settings.environment',
      'yellow settings.frozen academy',
    ]);
    expect(text).toContain('Set platforms.academy.rsvp: on in convoke.yaml');
  });
});

describe('the codec endpoint', () => {
  const TOKEN = 'a-codec-token-that-is-long-enough';
  const open = (access: string, publicUrl?: string) => ({
    yaml: yamlWith({ api: { codec: { access }, ...(publicUrl === undefined ? {} : { publicUrl }) } }),
    env: access === 'bearer' ? { CONVOKE_CODEC_TOKEN: TOKEN } : {},
  });
  const answering = (stranger: number, known: number): typeof globalThis.fetch => {
    return async (_url, init) => {
      const authorization = new Headers(init?.headers).get('authorization');
      return new Response('{}', { status: authorization === `Bearer ${TOKEN}` ? known : stranger });
    };
  };

  test('is green by its token, on this machine, or off', async () => {
    expect((await run(codecEndpoint, aContext({ ...open('bearer'), fetch: answering(401, 200) }))).lines).toEqual([
      'green codec',
    ]);
    expect((await run(codecEndpoint, aContext({ ...open('loopback'), fetch: answering(200, 200) }))).lines).toEqual([
      'green codec',
    ]);
    expect((await run(codecEndpoint, aContext(open('off')))).lines).toEqual(['green codec']);
  });

  test.each([
    ['lets strangers in', answering(200, 200)],
    ['refuses its own token', answering(401, 401)],
  ])('is red when it %s', async (_what, fetch) => {
    const { lines, text } = await run(codecEndpoint, aContext({ ...open('bearer'), fetch }));

    expect(lines).toEqual(['red codec']);
    expect(text).toContain('Restart the api');
    expect(text).not.toContain(TOKEN);
  });

  test('is red when anybody outside reads through it', async () => {
    const situation = open('loopback', 'https://convoke.example.com');

    const { lines, text } = await run(codecEndpoint, aContext({ ...situation, fetch: answering(200, 200) }));

    expect(lines).toEqual(['red codec.outside', 'green codec']);
    expect(text).toContain('set api.codec.access in convoke.yaml to bearer or off');
  });

  test('is looked at when it is open to the network, and when no api answers', async () => {
    expect((await run(codecEndpoint, aContext({ ...open('network'), fetch: answering(200, 200) }))).lines).toEqual([
      'yellow codec',
    ]);
    expect((await run(codecEndpoint, aContext(open('bearer')))).text).toContain('the codec endpoint was not tried');
  });
});

describe('failure mails by SMTP', () => {
  const smtp = { host: 'mail.example.com', from: 'convoke@example.com', user: 'convoke' };
  const yaml = yamlWith({ notifications: { failureRecipients: ['desk@example.com'], by: 'smtp', smtp } });
  const env = { CONVOKE_SMTP_PASSWORD: 'smtp-password' };

  test('are green when the server lets Convoke in; nothing is sent', async () => {
    const tried: SmtpSettings[] = [];
    const tryMailServer = async (to: SmtpSettings): Promise<void> => void tried.push(to);

    const { lines, text } = await run(failureMail, aContext({ yaml, env, tryMailServer }));

    expect(lines).toEqual(['green notifications']);
    expect(text).toContain('mail.example.com:587 lets Convoke in');
    expect(tried).toMatchObject([{ host: 'mail.example.com', user: 'convoke' }]);
  });

  test.each([
    new AccessError('The mail server mail.example.com:587 does not let Convoke in (535)', { code: 'MAIL_ACCESS' }),
    new UpstreamError('The mail server mail.example.com:587 cannot be used now', { code: 'MAIL_UNAVAILABLE' }),
  ])('are red when it does not: $code', async (error) => {
    const { lines, text } = await run(failureMail, aContext({ yaml, env, tryMailServer: () => Promise.reject(error) }));

    expect(lines).toEqual(['red notifications']);
    expect(text).toContain(error.code);
    expect(text).toContain('notifications.smtp');
    expect(text).not.toContain('smtp-password');
  });
});

describe('metrics', () => {
  const yaml = yamlWith({ metrics: { host: '0.0.0.0', apiPort: 9464, workerPort: 9465 } });
  const OURS = '# TYPE convoke_build_info gauge\nconvoke_build_info{process="api"} 1\n';

  test('are no matter where no port is named', async () => {
    expect((await run(metrics, aContext())).findings).toEqual([]);
  });

  test('are green when both processes serve theirs', async () => {
    const asked: { url: string; init: RequestInit }[] = [];
    const fetch = serving({ '/metrics': { body: OURS, type: 'text/plain' } }, asked);

    expect((await run(metrics, aContext({ yaml, fetch }))).lines).toEqual([
      'green metrics api',
      'green metrics worker',
    ]);
    expect(asked.map(({ url }) => url)).toEqual(['http://127.0.0.1:9464/metrics', 'http://127.0.0.1:9465/metrics']);
  });

  test('are red when another program answers', async () => {
    const { lines, text } = await run(metrics, aContext({ yaml, fetch: serving({ '/metrics': { body: 'up 1' } }) }));

    expect(lines).toEqual(['red metrics api', 'red metrics worker']);
    expect(text).toContain('ss -ltnp. End it, or set metrics.workerPort in convoke.yaml to another port');
  });

  test('are looked at when nothing answers here, and when only the process knows its port', async () => {
    expect((await run(metrics, aContext({ yaml }))).lines).toEqual(['yellow metrics api', 'yellow metrics worker']);
    const any = aContext({ yaml: yamlWith({ metrics: { workerPort: 0 } }) });
    expect(await run(metrics, any)).toMatchObject({
      lines: ['yellow metrics worker'],
      text: expect.stringContaining('only the process knows which') as string,
    });
  });
});

test('a Node without time zones is red', async () => {
  const format = jest.spyOn(Intl, 'DateTimeFormat').mockReturnValue({ format: () => '10' } as never);

  const { lines, text } = await run(timeZones, aContext());
  format.mockRestore();

  expect(lines).toEqual(['red zones.runtime']);
  expect(text).toContain('full ICU data');
  expect((await run(timeZones, aContext())).lines).toEqual(['green zones.runtime']);
});
