import type { ViewContext } from './View';

/** Creates the datasources for the views: one of each state. */
export async function datasourcesToView(
  context: Pick<ViewContext, 'instance' | 'datasources'>,
) {
  const { instance, datasources } = context;
  const { provider, guest } = instance;
  const owner = 'group:default/platform-team';
  provider.setAccessTokenSeconds(3_600);

  await datasources.authorize('pagerduty-incidents', 'machine', {
    title: 'PagerDuty incidents',
    owner,
    consumers: ['sample-consumer', 'techdocs', 'scaffolder'],
  });
  await guest.consume('pagerduty-incidents');
  await datasources.test('pagerduty-incidents');
  await datasources.change('pagerduty-incidents', {
    title: 'PagerDuty incidents, production',
    consumers: ['sample-consumer', 'scaffolder'],
  });

  // Rejected. Created before any other grant that would end with it.
  await datasources.authorize('jira-cloud', 'web', {
    title: 'Jira Cloud',
    owner,
  });
  provider.revokeGrants();
  await datasources.rehearse('jira-cloud');

  await datasources.authorize('salesforce-crm', 'web', {
    title: 'Salesforce CRM',
    description: 'Accounts and contacts of the production organisation.',
    owner,
    consumers: ['sample-consumer', 'search'],
  });
  await guest.consume('salesforce-crm');
  await datasources.rehearse('salesforce-crm');

  await datasources.authorize('sap-orders', 'legacy', {
    title: 'SAP orders',
  });
  provider.setFaults({ tokenStatus: 503 });
  for (let failure = 0; failure < 3; failure++) {
    await datasources.rehearse('sap-orders');
  }
  provider.setFaults({});

  await datasources.save('servicenow', 'web', { title: 'ServiceNow' });
  await datasources.save('github-app', 'web', {
    title: 'GitHub App',
    consumers: [],
    auth: { clientSecret: undefined, token: {} },
  });
  await datasources.authorize('google-calendar-of-the-operations-team', 'web', {
    title: 'Google Calendar of the operations team',
    consumers: '*',
    auth: { scopes: ['read'] },
  });
  // Rejected plugin: it isn't a consumer.
  await datasources.save('closed', 'machine', { consumers: ['search'] });
  await guest.consume('closed');
}
