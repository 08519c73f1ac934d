import { approve } from './approve';
import { ConnectPage } from './ConnectPage';
import { clientOf, demoPreset } from './connectPresets';
import { expect, test } from './instanceTest';

test('pictures', async ({ page, instance }) => {
  page.on('dialog', dialog => dialog.accept());
  const dir = '/tmp/connect-pics/';
  await ConnectPage.offer(page, presets => [...presets, demoPreset(instance.provider)]);
  const shots = async (name: string) => {
    for (const [look, w, h, scheme] of [['light', 1280, 860, 'light'], ['dark', 1280, 860, 'dark'], ['narrow', 320, 640, 'light']] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width: w, height: h });
      await page.waitForTimeout(500);
      await page.screenshot({ path: `${dir}${name}-${look}.png` });
      if (look === 'narrow') {
        await page.setViewportSize({ width: w, height: 1700 });
        await page.waitForTimeout(300);
        await page.screenshot({ path: `${dir}${name}-${look}-long.png` });
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 860 });
  };
  const connect = ConnectPage.on(page);
  for (const id of ['github', 'microsoft-entra', 'pagerduty', 'jira']) {
    await page.goto(`${instance.appUrl}/datasource-auth/new/gallery/${id}`);
    await expect(connect.primary).toBeVisible();
    if (id === 'github' || id === 'microsoft-entra') await shots(id);
    else await page.screenshot({ path: `${dir}${id}.png` });
    console.log(id, JSON.stringify(await connect.burden()));
  }
  await page.goto(`${instance.appUrl}/datasource-auth/new/gallery/demo`);
  await connect.primary.click();
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${dir}empty.png` });
  await connect.fill({ Area: 'api', ...clientOf('authorization_code'), 'Client secret': 'wrong' });
  const window = await connect.openProvider();
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${dir}waiting.png` });
  await approve(window);
  await page.waitForTimeout(4000);
  await page.screenshot({ path: `${dir}wrong-secret.png` });
  await connect.fill(clientOf('authorization_code'));
  const again = await connect.openProvider();
  await again.getByRole('button', { name: 'Allow' }).click();
  await expect(connect.connected).toBeVisible();
  await page.waitForTimeout(500);
  await shots('connected');
  console.log('connected', JSON.stringify(await connect.burden()));
  await connect.primary.click();
  await page.waitForTimeout(3000);
  await page.screenshot({ path: `${dir}saved.png` });
});
