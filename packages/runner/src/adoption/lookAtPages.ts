import { chromium, type Locator, type Page } from '@playwright/test';
import { findChromium } from '../checks/chromium';
import { PERSON_HEADER } from '../processes/backstage';

/**
 * Opens the pages in a browser: the list, as the guest, until it shows a datasource; and My connections, as the
 * person who connected an account.
 *
 * @param options - `person` is a name for the header of packages/backend/src/demoPeople.ts; `screenshots` is the path of the screenshots,
 *   without ending
 */
export async function lookAtPages(options: {
  backstage: string;
  title: string;
  person: string;
  screenshots: string;
  print: (line: string) => void;
}): Promise<void> {
  const { backstage, title, person, screenshots, print } = options;
  const browser = await chromium.launch({
    executablePath: await findChromium({ print }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const list = await browser.newPage();
  const connections = await browser.newPage();
  try {
    await list.goto(`${backstage}/datasource-auth`);
    await enter(list, list.getByRole('link', { name: title }).first());
    // It is in the navigation too.
    await list
      .getByRole('link', { name: 'Datasources', exact: true })
      .first()
      .waitFor({ timeout: 20_000 });

    // The sign-in page of the template only knows the guest.
    await connections.route('**/api/auth/guest/refresh*', route =>
      route.continue({
        url: `${backstage}/api/auth/demo-people/refresh`,
        headers: { ...route.request().headers(), [PERSON_HEADER]: person },
      }),
    );
    await connections.goto(`${backstage}/datasource-auth/connections`);
    await enter(
      connections,
      connections.getByRole('button', { name: /^Disconnect my account/ }),
    );
  } finally {
    await list.screenshot({ path: `${screenshots}.png` });
    await connections.screenshot({ path: `${screenshots}-connections.png` });
    await browser.close();
  }
}

/** Signs in if the page asks for it, and waits for what the page shows then. */
async function enter(page: Page, shown: Locator) {
  const button = page.getByRole('button', { name: 'Enter' });
  await shown.or(button).first().waitFor({ timeout: 60_000 });
  // The new template asks for a sign-in; the guest has a button.
  if (await button.isVisible()) await button.click();
  await shown.waitFor({ timeout: 60_000 });
}
