import { chromium } from '@playwright/test';
import { findChromium } from '../checks/chromium';

/**
 * Opens the page in a browser as the guest, and waits for a datasource in the list.
 *
 * @param options - `screenshot` is the file of the screenshot
 */
export async function lookAtPage(options: {
  backstage: string;
  title: string;
  screenshot: string;
  print: (line: string) => void;
}): Promise<void> {
  const { backstage, title, screenshot, print } = options;
  const browser = await chromium.launch({
    executablePath: await findChromium({ print }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const page = await browser.newPage();
  try {
    const link = page.getByRole('link', { name: title });
    const enter = page.getByRole('button', { name: 'Enter' });
    await page.goto(`${backstage}/datasource-auth`);
    await link.or(enter).first().waitFor({ timeout: 60_000 });
    // The new template asks for a sign-in; the guest has a button.
    if (await enter.isVisible()) await enter.click();
    await link.first().waitFor({ timeout: 60_000 });
    // It is in the navigation too.
    await page
      .getByRole('link', { name: 'Datasources', exact: true })
      .first()
      .waitFor({ timeout: 20_000 });
  } finally {
    await page.screenshot({ path: screenshot });
    await browser.close();
  }
}
