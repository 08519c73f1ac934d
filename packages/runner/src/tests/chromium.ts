import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { run } from '../processes/run.mjs';

const PLACES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The path of a Chromium: one that the machine has, else one that is installed now, from the distribution or from
 * Playwright.
 */
export async function findChromium({ print }) {
  const present = () =>
    [...PLACES, chromium.executablePath()].find(
      path => path && existsSync(path) && works(path),
    );
  const found = present();
  if (found) return found;

  print('Installing Chromium for the browser tests');
  const root = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (existsSync('/usr/bin/apt-get')) {
    await run([...root, 'apt-get', 'update', '-qq']);
    await run([...root, 'apt-get', 'install', '-y', '-qq', 'chromium'], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  if (!present()) {
    await run(['yarn', 'playwright', 'install', 'chromium']);
  }
  const installed = present();
  if (!installed) {
    throw new Error(
      'There is no Chromium for the browser tests, and none could be installed. Install it (Debian: apt-get install chromium), or say in CHROMIUM_PATH where it is.',
    );
  }
  return installed;
}

/** Some distributions put a script there that only says where to get the real one. */
function works(path) {
  try {
    return execFileSync(path, ['--version'], { stdio: 'pipe' }).length > 0;
  } catch {
    return false;
  }
}
