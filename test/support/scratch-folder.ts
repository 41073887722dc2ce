import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** An empty folder for one test, with short ways to fill it. */
export class ScratchFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'convoke-test-'));

  at(name: string): string {
    return join(this.path, name);
  }

  write(name: string, content: string): string {
    mkdirSync(dirname(this.at(name)), { recursive: true });
    writeFileSync(this.at(name), content);
    return this.at(name);
  }

  /** A shell script that can be run by its name when its folder is on PATH. */
  writeProgram(name: string, script: string): string {
    const path = this.write(name, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
