import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

const OBSTACLES = readFileSync(join(__dirname, 'obstacles.js'), 'utf8');

interface FoundBrowser {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The browser that the setup found (browser-setup.js). */
export function launchBrowser(): Promise<Browser> {
  const found = JSON.parse(process.env.TEST_BROWSER ?? 'null') as FoundBrowser | null;
  if (found === null) throw new Error('no browser was looked for: run these tests by `jest --selectProjects pages`');
  const { executablePath, args, env } = found;
  const whole = Object.entries({ ...process.env, ...env }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  return chromium.launch({ executablePath, args: [...args], env: Object.fromEntries(whole), headless: true });
}

/** Somebody at a screen of 1280 x 800 in front of one site. */
export class Visitor {
  /** Whatever the console, the page's own scripts and the network complained about. */
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly origin: string,
  ) {
    page.setDefaultTimeout(60_000);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('requestfailed', (request) => this.complaints.push(`${request.url()} ${request.failure()?.errorText}`));
    page.on('response', (response) => {
      if (response.status() >= 400) this.complaints.push(`${response.status()} ${response.url()}`);
    });
    page.on('request', (request) => {
      const foreign = !request.url().startsWith(origin) && !/^(data|about|blob):/.test(request.url());
      if (foreign) this.complaints.push(`asks elsewhere: ${request.url()}`);
    });
  }

  static async arrive(browser: Browser, origin: string): Promise<Visitor> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
    return new Visitor(await context.newPage(), origin);
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`${this.origin}${path}`);
  }

  leave(): Promise<void> {
    return this.page.context().close();
  }

  /** What a person could not see or reach on the present page; see obstacles.js. */
  obstacles(): Promise<string[]> {
    return this.page.evaluate<string[]>(OBSTACLES);
  }
}
