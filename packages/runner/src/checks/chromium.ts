import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { run } from '../processes/run';

const PLACES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

let finding: Promise<string> | undefined;

/**
 * Returns the path of a Chromium that the machine has, or installs one from the distribution or Playwright.
 * Searches once per run.
 */
export function findChromium(options: {
  print: (line: string) => void;
}): Promise<string> {
  finding ??= find(options);
  return finding;
}

async function find(options: {
  print: (line: string) => void;
}): Promise<string> {
  const found = presentChromium();
  if (found) return found;

  options.print('Installing Chromium for the browser tests');
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (existsSync('/usr/bin/apt-get')) {
    await run([...asRoot, 'apt-get', 'update', '-qq']);
    await run([...asRoot, 'apt-get', 'install', '-y', '-qq', 'chromium'], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  if (!presentChromium()) {
    await run(['yarn', 'playwright', 'install', 'chromium']);
  }
  const installed = presentChromium();
  if (!installed) {
    throw new Error(
      "Chromium for the browser tests wasn't found and couldn't be installed. Install it (Debian: apt-get install chromium), or set CHROMIUM_PATH to its path.",
    );
  }
  return installed;
}

function presentChromium(): string | undefined {
  return [...PLACES, chromium.executablePath()].find(
    path => path && existsSync(path) && works(path),
  );
}

/** Some distributions have a script there that only explains how to install it. */
function works(path: string): boolean {
  try {
    return execFileSync(path, ['--version'], { stdio: 'pipe' }).length > 0;
  } catch {
    return false;
  }
}
