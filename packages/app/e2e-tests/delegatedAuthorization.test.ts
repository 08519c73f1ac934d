import { demoAccounts } from 'demo-provider';
import { approve } from './approve';
import { DatasourcePage } from './DatasourcePage';
import { DemoDatasources } from './DemoDatasources';
import { expect, test } from './instanceTest';

const BOB = 'user:development/bob';
const NAME = 'sales-crm';
const NOT_A_LINK = /^Approval request not found\./;

test('a user without other permissions authorizes a datasource on request', async ({
  page,
  instance,
}) => {
  const { appUrl, guest } = instance;
  const datasource = DatasourcePage.on(page);
  const { panel } = datasource;
  const requestPage = `${appUrl}/datasource-auth/authorize`;
  let link = '';
  const sent: string[] = [];
  page.on('request', request => {
    sent.push(`${request.method()} ${request.url()}`);
    sent.push(request.headers().referer ?? '');
  });

  await DemoDatasources.of(instance).save(NAME, 'web');

  await test.step('a manager sends a request', async () => {
    await page.goto(`${appUrl}/datasource-auth/${NAME}`);
    await datasource.choose('Ask someone else…');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('User or group').fill(BOB);
    await dialog.getByLabel('Message (optional)').fill('For the Q4 report');
    await dialog
      .getByRole('button', { name: 'Ask for approval', exact: true })
      .click();
    link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
    expect(link).toMatch(new RegExp(`^${requestPage}#[\\w-]{43}$`));
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(panel.text(/^guest asked bob /)).toBeVisible();
  });

  await test.step("the manager can't approve the request", async () => {
    await page.goto(link);
    await expect(
      page.getByText(/^You can't approve your own request\./),
    ).toBeVisible();
    await expect(page.getByRole('button', { name: /^Approve/ })).toBeHidden();
  });

  await test.step('the recipient approves at the provider', async () => {
    await instance.identities.signIn(page, BOB);
    await page.goto(`${appUrl}/datasource-auth/${NAME}`);
    await expect(panel.marker('NOT AUTHORIZED')).toBeVisible();
    await expect(datasource.button('Ask someone else…')).toBeHidden();

    await page.goto(link);
    const host = new URL(instance.provider.issuer).host;
    await expect(page.getByText('For the Q4 report')).toBeVisible();
    await expect(page.getByText('sample-consumer')).toBeVisible();
    await page.getByRole('button', { name: `Approve at ${host}` }).click();
    await approve(page);
    await expect(
      page.getByText(/^Approved\. Sales crm is authorized/),
    ).toBeVisible();
    expect(page.url()).toBe(requestPage);
    await page.reload();
    await expect(
      page.getByText(/^Approved\. Sales crm is authorized/),
    ).toBeVisible();
  });

  await test.step("plugins act as the recipient's account", async () => {
    expect(await guest.consume(NAME)).toMatchObject({
      status: 200,
      body: { body: { account: demoAccounts[0].username } },
    });
    await page.goto(`${appUrl}/datasource-auth/${NAME}`);
    await expect(panel.marker('AUTHORIZED')).toBeVisible();
    await page.goto(`${appUrl}/datasource-auth/${NAME}/activity`);
    await expect(
      page.getByText(/^bob approved access.*Requested by guest\./),
    ).toBeVisible();
    await expect(
      page.getByText(/^guest asked bob for approval\./),
    ).toBeVisible();
  });

  await test.step('the link works for one approval', async () => {
    await page.goto(link);
    await expect(
      page.getByText(/^bob approved this request .*Nothing left to do\.$/),
    ).toBeVisible();
    await expect(page.getByRole('button', { name: /^Approve/ })).toBeHidden();
  });

  await test.step('pasting another link opens it, and an incomplete link is reported', async () => {
    await page.goto(`${requestPage}#${'x'.repeat(43)}`);
    await expect(page.getByText(NOT_A_LINK)).toBeVisible();
    expect(page.url()).toBe(requestPage);
    await page.goto(link);
    await expect(page.getByText(/^bob approved this request /)).toBeVisible();
    expect(page.url()).toBe(requestPage);
    await page.goBack();
    await expect(page.getByText(NOT_A_LINK)).toBeVisible();
    await page.goto(`${appUrl}/datasource-auth`);
    await page.goto(requestPage);
    await expect(page.getByText(NOT_A_LINK)).toBeVisible();
  });

  await test.step("the secret is in no requested URL, and isn't stored", async () => {
    const secret = new URL(link).hash.slice(1);
    const { log, database } = instance.written();
    expect(database).not.toContain(secret);
    expect(log).not.toContain(secret);
    for (const path of [
      '/datasource-auth/authorize',
      '/api/datasource-auth/authorization-requests/invitation',
    ]) {
      expect(log).toContain(`GET ${path} `);
      expect(sent).toContain(`GET ${appUrl}${path}`);
    }
    expect(sent.join('\n')).not.toContain(secret);
  });
});
