import type { Page } from '@playwright/test';
import { demoAccounts } from 'demo-provider';

/** Signs in at the demo provider as its first user, and allows access. The window then returns automatically. */
export async function approve(window: Page) {
  const [person] = demoAccounts;
  await window.getByLabel('Username').fill(person.username);
  await window.getByLabel('Password').fill(person.password);
  await window.getByRole('button', { name: 'Sign in' }).click();
  await window.getByRole('button', { name: 'Allow' }).click();
}
