import { demoAccounts, DemoPerson } from 'demo-provider';
import { fragmentOf, visitCallback, visitProvider } from './browser';
import { ApiClient, RunningDatasourceAuth } from './startDatasourceAuth';

/** Connects a user's account at the demo provider to a datasource, with every doubt confirmed. */
export async function connectAccount(
  app: RunningDatasourceAuth,
  user: ApiClient,
  datasource: string,
): Promise<void> {
  const id = await signInToAccount(app, user, datasource);
  expect((await confirmAccount(user, id)).status).toBe(200);
}

/** Does the same until the user is asked whether the account is theirs. Returns the id of the attempt. */
export async function signInToAccount(
  app: Pick<RunningDatasourceAuth, 'url' | 'anonymous'>,
  user: ApiClient,
  datasource: string,
  person = new DemoPerson(demoAccounts[0]),
): Promise<string> {
  const { body: begun } = await user('POST', '/authorizations', {
    ...{ datasource, subject: 'user' },
  });
  const { callback, cookie } = await visitProvider(app, begun.ticket, {
    person,
  });
  const returned = await visitCallback(app, callback, cookie);
  await user('POST', `/authorizations/${begun.id}/completion`, {
    completion: fragmentOf(returned).get('completion'),
  });
  return begun.id;
}

/** Says that the account is the user's own. */
export async function confirmAccount(user: ApiClient, id: string) {
  return user('POST', `/authorizations/${id}/confirmation`, {
    acknowledged: ['other_email', 'account_taken'],
  });
}
