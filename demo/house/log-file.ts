import { createWriteStream, type WriteStream } from 'node:fs';

/** Everything that the demo's programs say, in one file; on the screen as well when asked. */
export class LogFile {
  private readonly stream: WriteStream;

  constructor(
    readonly path: string,
    private readonly onScreen: boolean,
  ) {
    this.stream = createWriteStream(path, { flags: 'a' });
  }

  readonly write = (name: string, line: string): void => {
    const text = `${new Date().toISOString()} ${name.padEnd(10)} ${line}\n`;
    this.stream.write(text);
    if (this.onScreen) process.stderr.write(text);
  };

  close(): Promise<void> {
    return new Promise((resolve) => this.stream.end(resolve));
  }
}
