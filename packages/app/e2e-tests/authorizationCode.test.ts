import { demoAccounts, tokenHash } from 'demo-provider';
import { approve } from './approve';
import { demoSettings } from './demoSettings';
import { EditorPage } from './EditorPage';
import { expect, test } from './instanceTest';

const NAME = 'journey';
/** Milliseconds; more than the last fifth of a token's lifetime, in which it is refreshed in advance. */
const FAR_FROM_RENEWAL = 5_000;

test('threats 22, 25: a user authorizes a datasource once, a plugin uses it past the lifetime of a token, and clearing ends it', async ({
  page,
  instance,
}) => {
  const { appUrl, guest, provider } = instance;
  const editor = EditorPage.on(page);
  const { panel } = editor;

  await test.step("the editor gets a credential, which isn't used before Save", async () => {
    await page.goto(`${appUrl}/datasource-auth/new/blank`);
    await editor.fill(demoSettings(provider, 'Journey'));
    const window = await panel.getNewCredential();
    await approve(window);
    if (!window.isClosed()) await window.waitForEvent('close');

    await expect(panel.marker('AUTHORIZED')).toBeVisible();
    await expect(panel.notSaved).toBeVisible();
    await expect(editor.field('Token URL')).toHaveValue(/\/token$/);
    expect((await guest.consume(NAME)).status).toBe(404);
  });

  await test.step('after Save the page shows the credential', async () => {
    await editor.save();
    await expect(page).toHaveURL(`${appUrl}/datasource-auth/${NAME}`);
    await expect(panel.marker('AUTHORIZED')).toBeVisible();
    await expect(panel.notSaved).toBeHidden();
  });

  // On a slow machine, the first token may expire soon. The next one isn't due yet.
  let first = await guest.consume(NAME);
  while (first.body.body.expiresAt - Date.now() < FAR_FROM_RENEWAL) {
    await page.waitForTimeout(1_000);
    first = await guest.consume(NAME);
  }
  const { rotations, reuses } = provider.counts;
  expect(first).toMatchObject({
    status: 200,
    body: {
      status: 200,
      body: { client: 'demo-web', account: demoAccounts[0].username },
    },
  });

  await test.step('after the token expires there is a new one, with exactly one rotation', async () => {
    const firstEnds: number = first.body.body.expiresAt;
    await page.waitForTimeout(firstEnds - Date.now() + 1000);

    const second = await guest.consume(NAME);
    expect(second.status).toBe(200);
    expect(second.body.body.tokenHash).not.toBe(first.body.body.tokenHash);
    expect(provider.counts.rotations - rotations).toBe(1);

    const oldToken = provider.issued.find(
      ({ value }) => tokenHash(value) === first.body.body.tokenHash,
    );
    const refused = await fetch(`${provider.url}/api/me`, {
      headers: { authorization: `Bearer ${oldToken?.value}` },
    });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toContain('expired');
  });

  await test.step('clearing changes nothing before Save', async () => {
    await page.goto(`${appUrl}/datasource-auth/${NAME}/edit`);
    await panel.clearCredential();
    await expect(panel.marker('NOT AUTHORIZED')).toBeVisible();
    await expect(panel.notSaved).toBeVisible();
    expect((await guest.consume(NAME)).status).toBe(200);
  });

  await test.step('after Save the consumer gets an error with a remedy', async () => {
    await editor.save();
    await expect(page).toHaveURL(`${appUrl}/datasource-auth/${NAME}`);
    await expect(panel.marker('NOT AUTHORIZED')).toBeVisible();

    await expect
      .poll(async () => (await guest.consume(NAME)).status, { timeout: 30_000 })
      .toBe(409);
    const { body } = await guest.consume(NAME);
    expect(body.error).toMatchObject({
      name: 'DatasourceNotAuthorizedError',
      code: 'datasource_not_authorized',
      link: `${appUrl}/datasource-auth/${NAME}`,
    });
    expect(body.error.message).toContain(NAME);
  });

  expect(provider.counts.reuses).toBe(reuses);
});
