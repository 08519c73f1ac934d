import { mockCredentials } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { mockDatasourceAuthService } from 'backstage-plugin-datasource-auth-node/testUtils';
import { parse } from 'yaml';
import { createTaskDelegations } from '../__testUtils__/databases';
import { TaskDelegations } from '../delegations/TaskDelegations';
import { createDatasourceCheckAction } from './datasourceCheck';

describe('datasource:check', () => {
  let tokens: ReturnType<typeof mockDatasourceAuthService>;
  let delegations: TaskDelegations;

  beforeAll(async () => {
    delegations = await createTaskDelegations();
  });

  beforeEach(() => {
    tokens = mockDatasourceAuthService({
      datasources: { pagerduty: { users: ['user:default/ann'] } },
      pluginId: 'scaffolder',
    });
  });

  async function run(input: object = {}, context: object = {}) {
    const output: Record<string, unknown> = {};
    const ctx = {
      ...createMockActionContext({
        input: { datasource: 'pagerduty', ...input },
      }),
      output: (name: string, value: unknown) => {
        output[name] = value;
      },
      getInitiatorCredentials: async () =>
        mockCredentials.user('user:default/ann'),
      ...context,
    };
    await createDatasourceCheckAction({ tokens, delegations }).handler(
      // The types of the mock's input and output aren't those of the action.
      ctx as any,
    );
    return output;
  }
  const asBob = {
    getInitiatorCredentials: async () =>
      mockCredentials.user('user:default/bob'),
  };

  it('S3.25: reports that a datasource picked by its name can be used, without its token', async () => {
    const output = await run();
    expect(output).toEqual({ authorized: true });
    expect(tokens.issuedTokens('pagerduty')).toHaveLength(1);
  });

  it("fails with the typed error, also for the user's permissions (threats 14)", async () => {
    await expect(run({}, asBob)).rejects.toMatchObject({
      code: 'consumer_not_allowed',
    });
    tokens.setState('pagerduty', 'NOT_CONFIGURED');
    await expect(run()).rejects.toMatchObject({
      code: 'datasource_not_configured',
    });
  });

  it('N10: says where the user connects their account', async () => {
    tokens = mockDatasourceAuthService({
      datasources: { pagerduty: { connected: ['user:default/ann'] } },
      pluginId: 'scaffolder',
    });
    const asked = { as: 'user', failUnlessAuthorized: false };
    expect(await run(asked)).toEqual({ authorized: true });
    expect(await run(asked, asBob)).toMatchObject({
      ...{ authorized: false, code: 'user_not_connected' },
      link: expect.stringContaining('/connections'),
    });
  });

  it('outputs the reason instead if the template wants to decide', async () => {
    tokens.setState('pagerduty', 'NOT_AUTHORIZED', 'nobody did it');
    expect(await run({ failUnlessAuthorized: false })).toEqual({
      authorized: false,
      code: 'datasource_not_authorized',
      reason: expect.stringContaining('nobody did it'),
      link: expect.stringMatching(/\/datasource-auth\/pagerduty$/),
    });
    expect(await run({ failUnlessAuthorized: false }, asBob)).toEqual(
      expect.objectContaining({
        authorized: false,
        code: 'consumer_not_allowed',
      }),
    );
  });

  it("doesn't treat an internal error as a reason", async () => {
    jest.spyOn(tokens, 'getToken').mockRejectedValue(new TypeError('bug'));
    await expect(run({ failUnlessAuthorized: false })).rejects.toThrow('bug');
  });

  it('calls nothing in a dry run', async () => {
    expect(await run({}, { isDryRun: true })).toEqual({ authorized: true });
    expect(tokens.issuedTokens('pagerduty')).toEqual([]);
  });

  it('has examples with valid input', async () => {
    const action = createDatasourceCheckAction({ tokens, delegations });
    expect(action.supportsDryRun).toBe(true);
    const known = Object.keys(action.schema!.input!.properties!);
    for (const { example } of action.examples!) {
      const [{ input }] = parse(example).steps;
      expect(known).toEqual(expect.arrayContaining(Object.keys(input)));
    }
  });
});
