import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { mockDatasourceAuthService } from 'backstage-plugin-datasource-auth-node/testUtils';
import request from 'supertest';
import { sampleConsumerPlugin } from './plugin';

const JANE = 'user:default/jane';
const JOE = 'user:default/joe';

describe('N11: the nightly run, as users who are not there', () => {
  const scheduler = mockServices.scheduler();
  const calledAs: string[] = [];
  let agreeing: string[];
  let tokens: ReturnType<typeof mockDatasourceAuthService>;
  let backend: TestBackend;
  let fails: boolean;

  beforeEach(async () => {
    calledAs.length = 0;
    agreeing = [];
    fails = false;
    tokens = mockDatasourceAuthService({
      datasources: {
        jira: {
          connected: [JANE, JOE],
          delegating: agreeing,
          api: ({ headers }) => {
            calledAs.push(headers.get('authorization')!);
            return fails
              ? new Response('down', { status: 502 })
              : Response.json({ things: [{ id: '1' }, { id: '2' }] });
          },
        },
      },
    });
    backend = await startTestBackend({
      features: [
        sampleConsumerPlugin,
        mockDatasourceAuthService.factory(tokens),
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () => scheduler,
        }),
      ],
    });
  });
  afterEach(() => backend.stop());

  const call = (method: 'get' | 'post', user: string) =>
    request(backend.server)
      [method]('/api/sample-consumer/jira/nightly')
      .set('authorization', mockCredentials.user.header(user));
  const night = () => scheduler.triggerTask('nightly-runs');

  it('asks the user once, and then runs without them', async () => {
    expect((await call('get', JANE)).body).toEqual({});
    const asked = await call('post', JANE);
    expect({ status: asked.status, ...asked.body.error }).toMatchObject({
      ...{ status: 409, code: 'user_consent_needed' },
      link: expect.stringContaining('/datasource-auth/connections'),
    });
    await night();
    expect(calledAs).toEqual([]);

    agreeing.push(JANE);
    expect((await call('get', JANE)).body).toEqual({ run: {} });
    await night();
    expect(calledAs).toEqual([`Bearer mock-token.jira.${JANE}.1`]);
    const { body } = await call('get', JANE);
    expect(body).toEqual({ run: { lastRunAt: expect.any(Number), things: 2 } });
    expect(JSON.stringify(body)).not.toContain('mock-delegation');
    expect((await call('get', JOE)).body).toEqual({});
  });

  it('tells why a run failed, and goes on with the next one', async () => {
    agreeing.push(JANE, JOE);
    await call('post', JANE);
    expect((await call('post', JOE)).body).toEqual({ run: {} });
    fails = true;
    await night();
    expect(calledAs).toHaveLength(2);
    expect((await call('get', JOE)).body.run.error).toBe('HTTP 502');
    fails = false;
    await night();
    expect((await call('get', JOE)).body.run).toEqual({
      ...{ lastRunAt: expect.any(Number), things: 2 },
    });
  });

  it('ends when the user takes it back', async () => {
    agreeing.push(JANE);
    await call('post', JANE);
    agreeing.length = 0;
    tokens.endDelegations('jira');
    await night();
    expect(calledAs).toEqual([]);
    expect((await call('get', JANE)).body).toEqual({});
  });

  it('is only for users', async () => {
    for (const method of ['get', 'post'] as const) {
      const { status } = await request(backend.server)
        [method]('/api/sample-consumer/jira/nightly')
        .set('authorization', mockCredentials.service.header());
      expect(status).toBe(403);
    }
  });
});
