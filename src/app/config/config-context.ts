import type { Environment } from './config-types';
import type { SettingPath } from './parse-yaml';
import type { SettingsFile } from './settings-file';

/**
 * Reads a text file. `settings`: relative to convoke.yaml's folder; `package`: to Convoke's own; `cwd`: to the folder it was started in.
 * Throws as `readFileSync` does.
 */
export type ReadFile = (path: string, base: 'settings' | 'package' | 'cwd') => string;

/** What the parts of the configuration are made from, and where they say what is wrong. */
export interface ConfigContext {
  readonly file: SettingsFile;
  readonly platformKeys: readonly string[];
  readonly mailboxKeys: readonly string[];
  readonly environment: Environment;
  /** Folder of convoke.yaml, where the paths in it start. */
  readonly settingsFolder: string;
  readonly readFile: ReadFile;
  /** Of a setting, for messages about others. */
  readonly place: (path: SettingPath) => string;
  /** A mistake in convoke.yaml: `message` goes on from "<file and line>, <setting>: ". */
  readonly report: (path: SettingPath, message: string) => void;
  /** A mistake elsewhere; a whole sentence. */
  readonly reportOther: (problem: string) => void;
  readonly notice: (sentence: string) => void;
}

/** null, and a report, when the file cannot be read. */
export function readReferredFile(
  context: ConfigContext,
  { path, base, at }: { readonly path: string; readonly base: 'settings' | 'package'; readonly at: SettingPath },
): string | null {
  try {
    return context.readFile(path, base).replace(/^\uFEFF/, '');
  } catch (error) {
    context.report(at, `the file ${path} cannot be read (${reasonOf(error)}); relative paths start at convoke.yaml`);
    return null;
  }
}

export function reasonOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'no permission';
  if (code === 'EISDIR') return 'it is a folder';
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
