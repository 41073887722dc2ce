import { readOptions } from '../../../demo/options';

describe("the demo's options", () => {
  test('are all off by default', () => {
    expect(readOptions([])).toEqual({
      scripted: false,
      keep: false,
      verbose: false,
      folder: null,
      portBase: null,
      supervisor: null,
    });
  });

  test('are read from the command line', () => {
    expect(readOptions(['--keep', '--folder', 'here', '--port-base', '9000', '--verbose'])).toEqual({
      scripted: false,
      keep: true,
      verbose: true,
      folder: 'here',
      portBase: 9000,
      supervisor: null,
    });
  });

  test('ask for help', () => {
    expect(readOptions(['--help'])).toBeNull();
  });

  test.each([
    [['--port-base', 'x'], '--port-base is "x": give 0 or a port from 1024 to 65000'],
    [['--port-base', '80'], '--port-base is "80"'],
    [['--scripted', '--keep'], '--scripted begins with an empty academy: leave --keep out'],
    [['--fast'], "Unknown option '--fast'"],
  ])('that make no sense are refused: %j', (argv, message) => {
    expect(() => readOptions(argv)).toThrow(message);
  });
});
