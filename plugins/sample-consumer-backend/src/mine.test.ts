import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { mockDatasourceAuthService } from 'backstage-plugin-datasource-auth-node/testUtils';
import request from 'supertest';
import { sampleConsumerPlugin } from './plugin';

const JANE = 'user:default/jane';

describe('N10: what belongs to the signed-in user', () => {
  const calls: string[] = [];
  const tokens = mockDatasourceAuthService({
    datasources: {
      jira: {
        connected: [JANE],
        api: ({ url }) => {
          calls.push(new URL(url).pathname);
          return Response.json({ account: 'jane', things: [] });
        },
      },
    },
  });

  const mineOf = async (userEntityRef: string) => {
    const { server } = await startTestBackend({
      features: [
        sampleConsumerPlugin,
        mockDatasourceAuthService.factory(tokens),
      ],
    });
    return request(server)
      .get('/api/sample-consumer/jira/mine')
      .set('authorization', mockCredentials.user.header(userEntityRef));
  };

  it('calls the API as the user who sent the request', async () => {
    const { status, body } = await mineOf(JANE);
    expect({ status, body }).toEqual({
      status: 200,
      body: { account: 'jane', things: [] },
    });
    expect(calls).toEqual([expect.stringMatching(/\/things\/mine$/)]);
  });

  it('sends a user who is not connected to the page where they connect', async () => {
    const { status, body } = await mineOf('user:default/joe');
    expect(status).toBe(409);
    expect(body.error).toMatchObject({
      code: 'user_not_connected',
      link: expect.stringContaining('/datasource-auth/connections'),
    });
  });
});
