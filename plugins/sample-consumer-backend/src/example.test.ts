import { startTestBackend } from '@backstage/backend-test-utils';
import { mockDatasourceAuthService } from 'backstage-plugin-datasource-auth-node/testUtils';
import request from 'supertest';
import { sampleConsumerPlugin } from './plugin';

describe('my plugin', () => {
  const tokens = mockDatasourceAuthService({
    datasources: {
      pagerduty: { api: () => Response.json({ login: 'robot' }) },
    },
  });

  const start = () =>
    startTestBackend({
      features: [
        sampleConsumerPlugin,
        mockDatasourceAuthService.factory(tokens),
      ],
    });

  it('shows its PagerDuty account, even after the token was revoked', async () => {
    const { server } = await start();
    const me = () => request(server).get('/api/sample-consumer/pagerduty');

    expect((await me()).body.body).toEqual({ login: 'robot' });
    tokens.revoke('pagerduty');
    expect((await me()).body.body).toEqual({ login: 'robot' });
    expect(tokens.issuedTokens('pagerduty')).toHaveLength(2);
  });

  it('says what to do if PagerDuty is not authorized', async () => {
    tokens.setState('pagerduty', 'NOT_AUTHORIZED');
    const { server } = await start();
    const { status, body } = await request(server).get(
      '/api/sample-consumer/pagerduty',
    );

    expect(status).toBe(409);
    expect(body.error).toMatchObject({
      code: 'datasource_not_authorized',
      link: expect.stringContaining('/datasource-auth/pagerduty'),
    });
  });
});
