import { SEARCH_ATTRIBUTES } from '../../../../src/contract/search-attributes';
import { ConfigError } from '../../../../src/domain/errors';
import { checkCli, startDevArgs } from '../../../../src/app/supervise/embedded-temporal';

const server = {
  namespace: 'convoke',
  port: 7233,
  uiPort: 8233,
  databaseFile: '/data/temporal.db',
  codecEndpoint: 'http://127.0.0.1:3000/codec',
};

/** Values that follow a flag, each time it is given. */
function valuesOf(flag: string, args: readonly string[]): string[] {
  return args.flatMap((arg, i) => (arg === flag ? [args[i + 1] ?? ''] : []));
}

describe('the arguments of the embedded Temporal server', () => {
  const args = startDevArgs(server);

  test('keep data in a file that survives power loss', () => {
    expect(valuesOf('--db-filename', args)).toEqual(['/data/temporal.db']);
    expect(valuesOf('--sqlite-pragma', args)).toEqual(['journal_mode=WAL', 'synchronous=FULL']);
  });

  test('create the namespace with every search attribute of the contract', () => {
    expect(valuesOf('--namespace', args)).toEqual(['convoke']);
    const names = valuesOf('--search-attribute', args).map((pair) => pair.split('=')[0]);
    expect(names).toEqual(Object.values(SEARCH_ATTRIBUTES).map(({ name }) => name));
    expect(valuesOf('--search-attribute', args)).toContain('SessionStartsAt=Datetime');
  });

  test('let bursts of hints meet a working session', () => {
    expect(valuesOf('--dynamic-config-value', args)).toEqual(['history.maximumBufferedEventsBatch=1000']);
  });

  test('listen on this machine alone, on the chosen ports', () => {
    expect(valuesOf('--ip', args)).toEqual(['127.0.0.1']);
    expect(valuesOf('--port', args)).toEqual(['7233']);
    expect(valuesOf('--ui-ip', args)).toEqual(['127.0.0.1']);
    expect(valuesOf('--ui-port', args)).toEqual(['8233']);
  });

  test('give the Web UI a codec endpoint only when there is one', () => {
    expect(valuesOf('--ui-codec-endpoint', args)).toEqual(['http://127.0.0.1:3000/codec']);
    expect(startDevArgs({ ...server, codecEndpoint: null })).not.toContain('--ui-codec-endpoint');
  });
});

test('a Temporal CLI that does not run is a mistake in the settings, and the message says what to do', async () => {
  const checking = checkCli('/nowhere/temporal');

  await expect(checking).rejects.toThrow(ConfigError);
  await expect(checking).rejects.toThrow(
    /TEMPORAL_CLI_PATH: the Temporal CLI "\/nowhere\/temporal" does not run .*npm start/,
  );
});
