import { DemoDatasources, type DemoGrant } from './DemoDatasources';
import { expect, test } from './instanceTest';

const GRANTS: DemoGrant[] = ['web', 'machine', 'legacy'];

for (const grant of GRANTS) {
  test(`X0.2 a datasource in use (${grant}) is deleted only after the user types its name`, async ({
    page,
    instance,
  }) => {
    const { appUrl, guest } = instance;
    const name = `in-use-${grant}`;
    await DemoDatasources.of(instance).authorize(name, grant);
    expect((await guest.consume(name)).status).toBe(200);
    // Usage is counted in memory, and stored every 30 seconds.
    await guest.call(
      'POST',
      '/api/datasource-auth/.backstage/scheduler/v1/tasks/datasource-auth-usage-flush/trigger',
    );
    await expect
      .poll(
        async () => {
          const { body } = await guest.get(
            `/api/datasource-auth/datasources/${name}/consumers`,
          );
          return JSON.stringify(body);
        },
        { timeout: 60_000 },
      )
      .toContain('lastUsedAt');
    const dialog = page.getByRole('dialog');
    const confirm = dialog.getByRole('button', {
      name: 'Delete datasource',
      exact: true,
    });
    const open = async () => {
      await page.getByRole('button', { name: /^Actions for/ }).click();
      await page.getByRole('menuitem', { name: 'Delete…' }).click();
    };
    await page.goto(`${appUrl}/datasource-auth/${name}`);

    await test.step('the safe button has the focus, and Escape deletes nothing', async () => {
      await open();
      await expect(
        dialog.getByRole('button', { name: 'Keep datasource' }),
      ).toBeFocused();
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
    });

    await test.step('the dialog shows who uses the datasource, and requires the whole name', async () => {
      await open();
      await expect(dialog).toContainText('sample-consumer');
      await expect(confirm).toBeDisabled();
      const typed = dialog.getByLabel(`Type ${name} to delete`);
      await typed.fill(name.slice(0, -1));
      await expect(confirm).toBeDisabled();
      expect((await guest.consume(name)).status).toBe(200);
      await typed.fill(name);
    });

    await test.step('the datasource is gone, for plugins too', async () => {
      await confirm.click();
      await expect(page).toHaveURL(`${appUrl}/datasource-auth`);
      await expect(page.getByRole('link', { name })).toHaveCount(0);
      await expect
        .poll(async () => (await guest.consume(name)).status, {
          timeout: 30_000,
        })
        .toBe(404);
    });
  });
}
