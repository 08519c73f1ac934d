import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { GrantType } from 'backstage-plugin-datasource-auth-common';

/** Returns the texts of all labels by the IDs of their fields, without the mark of a required field. */
const labelTexts = () =>
  new Map(
    [...document.querySelectorAll('label')].map(
      ({ htmlFor, textContent }) =>
        [htmlFor, textContent?.replace(/\s*\*$/, '')] as const,
    ),
  );

/**
 * Waits for a text field by its label. A query by role would compute the names of a hundred fields from their styles
 * whenever the page changes.
 */
export const field = (name: string) =>
  waitFor(() => {
    const labels = labelTexts();
    const found = [
      ...document.querySelectorAll<HTMLElement>('input[type=text], textarea'),
    ].filter(({ id, ariaLabel }) => (ariaLabel ?? labels.get(id)) === name);
    if (found.length !== 1) {
      throw new Error(`${found.length} fields have the label '${name}'`);
    }
    return found[0];
  });

/** Returns a button by its name. */
export const button = (name: string | RegExp) =>
  screen.getByRole('button', { name });

/** Returns queries within the authorization panel. */
export const panel = () =>
  within(screen.getByRole('region', { name: 'Authorization' }));

/** Opens areas of the advanced settings. */
export async function openAdvanced(...areas: string[]) {
  const user = userEvent.setup({ delay: null });
  await user.click(button(/^Advanced/));
  for (const area of areas) {
    const summary = button(new RegExp(`^${area}`));
    if (summary.getAttribute('aria-expanded') === 'false')
      await user.click(summary);
  }
}

/** Replaces the value of a field. */
export async function fill(name: string, value: string) {
  const user = userEvent.setup({ delay: null });
  const input = name.match(/secret|Password/)
    ? screen.getByLabelText(new RegExp(`^${name}\\W*$`))
    : await field(name);
  await user.clear(input);
  await user.paste(value);
}

/** Fills in every setting that a credential of a grant requires. */
export async function fillComplete(grantType: GrantType) {
  const user = userEvent.setup({ delay: null });
  await fill('Title', 'Salesforce CRM');
  if (grantType === 'client_credentials')
    await user.click(button('Client credentials'));
  if (grantType === 'password') await user.click(button('Password'));
  await fill('Client ID', 'backstage');
  await fill('Client secret', 'hush');
  if (grantType === 'authorization_code')
    await fill('Authorize URL', 'https://login.example.com/authorize');
  await fill('Token URL', 'https://login.example.com/token');
  if (grantType === 'password') {
    await fill('Username', 'svc');
    await fill('Password', 'secret of svc');
  }
  return user;
}
