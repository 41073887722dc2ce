import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What runs, for people and for programs that look in from outside: `supervisor.json` in the data folder. */
export interface SupervisorStatus {
  /** Of the supervisor. */
  readonly pid: number;
  /** The programs run and the api has answered as ready. */
  readonly ready: boolean;
  readonly apiUrl: string;
  /** host:port. */
  readonly temporalAddress: string;
  readonly namespace: string;
  /** Of the embedded server; null: Temporal runs elsewhere. */
  readonly temporalUiUrl: string | null;
  /** Process ids by the programs' names; null: down at the moment. */
  readonly programs: Readonly<Record<string, number | null>>;
}

const FILE = 'supervisor.json';

/** null: no supervisor runs on this data folder, or it has not come as far. */
export function readSupervisorStatus(folder: string): SupervisorStatus | null {
  try {
    return JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as SupervisorStatus;
  } catch {
    return null;
  }
}

export class StatusFile {
  private readonly path: string;

  constructor(folder: string) {
    this.path = join(folder, FILE);
  }

  /** In one step: whoever reads sees the old or the new whole. */
  write(status: SupervisorStatus): void {
    const unfinished = `${this.path}.${process.pid}`;
    writeFileSync(unfinished, `${JSON.stringify(status, null, 2)}\n`);
    renameSync(unfinished, this.path);
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}
