import { demoAccounts, DemoPerson } from 'demo-provider';
import { fragmentOf, visitCallback, visitProvider } from './browser';
import { ApiClient, RunningDatasourceAuth } from './startDatasourceAuth';

/** Connects a user's account at the demo provider to a datasource, with every doubt confirmed. */
export async function connectAccount(
  app: RunningDatasourceAuth,
  user: ApiClient,
  datasource: string,
): Promise<void> {
  const { body: begun } = await user('POST', '/authorizations', {
    ...{ datasource, subject: 'user' },
  });
  const { callback, cookie } = await visitProvider(app, begun.ticket, {
    person: new DemoPerson(demoAccounts[0]),
  });
  const returned = await visitCallback(app, callback, cookie);
  await user('POST', `/authorizations/${begun.id}/completion`, {
    completion: fragmentOf(returned).get('completion'),
  });
  const confirmed = await user(
    'POST',
    `/authorizations/${begun.id}/confirmation`,
    { acknowledged: ['other_email', 'account_taken'] },
  );
  expect(confirmed.status).toBe(200);
}
