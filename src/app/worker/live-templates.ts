import { readFile, stat } from 'node:fs/promises';
import type { PlatformKey } from '../../domain/model';
import { checkTemplate } from '../../domain/rendering/check-template';
import type { RenderSettings } from '../../domain/settings';
import { reasonOf } from '../config/config-context';
import type { Config, PlatformConfig } from '../config/config-types';

export interface LiveTemplatesOptions {
  readonly platforms: Config['platforms'];
  /** Told once for each change of a file: taken over, or why not. */
  readonly onChange: (news: {
    readonly platform: PlatformKey;
    readonly file: string;
    readonly problem: string | null;
  }) => void;
}

/**
 * Settings to render with, by platform. A template file that somebody edits counts from the next invitation on, without a restart. With a
 * mistake in it nothing is rendered until it is mended: half a text would be worse than a late one, and the failure is mailed. A file that
 * is gone for a moment, as while an editor saves it, changes nothing.
 *
 * @throws ConfigError `TEMPLATE_SYNTAX`, `TEMPLATE_UNKNOWN_VARIABLE`, `TEMPLATE_TOO_LARGE`.
 */
export function createLiveTemplates(options: LiveTemplatesOptions): (platform: PlatformKey) => Promise<RenderSettings> {
  const templates = new Map<PlatformKey, LiveTemplate>();
  for (const [platform, config] of Object.entries(options.platforms)) {
    templates.set(platform, new LiveTemplate(platform, config, options.onChange));
  }
  return async (platform) => templates.get(platform)!.settings();
}

class LiveTemplate {
  private text: string;
  /** Of the file when it was last read; null: not yet. */
  private version: string | null = null;
  private told: string | null = null;

  constructor(
    private readonly platform: PlatformKey,
    private readonly config: PlatformConfig,
    private readonly onChange: LiveTemplatesOptions['onChange'],
  ) {
    this.text = config.settings.render.bodyTemplate;
  }

  async settings(): Promise<RenderSettings> {
    const { render } = this.config.settings;
    const { templateFile } = this.config;
    if (templateFile === null) return render;
    await this.refresh(templateFile);
    const current = { ...render, bodyTemplate: this.text };
    checkTemplate(
      current,
      this.config.docebo.additionalInputs.map(({ input }) => input),
    );
    return current;
  }

  private async refresh(file: string): Promise<void> {
    try {
      const { mtimeMs, size, ino } = await stat(file);
      const version = `${mtimeMs}/${size}/${ino}`;
      if (version === this.version) return;
      const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
      this.version = version;
      if (text !== this.text) this.tell(file, null);
      this.text = text;
      this.told = null;
    } catch (error) {
      this.tell(file, reasonOf(error));
    }
  }

  private tell(file: string, problem: string | null): void {
    if (problem !== null && problem === this.told) return;
    this.told = problem;
    this.onChange({ platform: this.platform, file, problem });
  }
}
