import { mockCredentials } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { DatasourceUnavailableError } from 'backstage-plugin-datasource-auth-node';
import { mockDatasourceAuthService } from 'backstage-plugin-datasource-auth-node/testUtils';
import { parse } from 'yaml';
import { createTaskDelegations } from '../__testUtils__/databases';
import { TaskDelegations } from '../delegations/TaskDelegations';
import { createDatasourceCheckAction } from './datasourceCheck';
import { createDatasourceDelegateAction } from './datasourceDelegate';
import { createDatasourceFetchAction } from './datasourceFetch';

jest.setTimeout(60_000);

const ANN = 'user:default/ann';
const BOB = 'user:default/bob';
const TEMPLATE = 'template:default/onboard';
const HANDLE = 'mock-delegation';

describe('datasource:delegate', () => {
  const api = jest.fn<Promise<Response>, Parameters<typeof fetch>>();
  const logger = { info: jest.fn(), warn: jest.fn() };
  /** Who agrees. */
  let agreeing: string[];
  let tokens: ReturnType<typeof mockDatasourceAuthService>;
  let delegations: TaskDelegations;
  /** What the actions put out. */
  let outputs: unknown[];

  beforeEach(async () => {
    jest.restoreAllMocks();
    api.mockReset().mockImplementation(async () => Response.json({ id: 1 }));
    logger.info.mockReset();
    outputs = [];
    agreeing = [];
    tokens = mockDatasourceAuthService({
      datasources: {
        jira: { connected: [ANN, BOB], delegating: agreeing },
        github: { connected: [ANN] },
      },
      ...{ pluginId: 'scaffolder', fetch: api },
    });
    delegations = await createTaskDelegations();
  });

  type Change = { by?: string; task?: string } & Record<string, unknown>;

  function contextOf(input: object, change: Change = {}) {
    const { by = ANN, task = 'task-1', ...more } = change;
    // The types of the mock's input and output aren't those of the action.
    return {
      ...createMockActionContext({ input: { datasource: 'jira', ...input } }),
      ...{ logger, task: { id: task }, templateInfo: { entityRef: TEMPLATE } },
      output: (name: string, value: unknown) => outputs.push([name, value]),
      getInitiatorCredentials: async () => mockCredentials.user(by),
      ...more,
    } as any;
  }

  const delegate = (input: object = {}, change?: Change) =>
    createDatasourceDelegateAction({ tokens, delegations }).handler(
      contextOf(input, change),
    );
  const fetchAsUser = (change?: Change, input: object = {}) =>
    createDatasourceFetchAction({ tokens, delegations }).handler(
      contextOf({ path: '/me', as: 'user', ...input }, change),
    );
  const checkAsUser = (change?: Change) =>
    createDatasourceCheckAction({ tokens, delegations }).handler(
      contextOf({ as: 'user' }, change),
    );

  /** The credentials that a task has after the session of its user ended. */
  const withoutSession = {
    getInitiatorCredentials: async () => ({
      ...mockCredentials.user(ANN),
      token: undefined,
    }),
  };

  it('N11: waits until the user agrees, and then acts as them without their session', async () => {
    const asked = jest.spyOn(tokens, 'delegate');
    const waiting = delegate();
    await eventually(() => expect(logger.info).toHaveBeenCalled());
    expect(logger.info).toHaveBeenCalledWith(
      "Waiting for you to let this task act as you at datasource 'jira'. Decide at http://localhost:3000/datasource-auth/connections",
    );
    agreeing.push(ANN);
    await waiting;
    const [first, second] = asked.mock.calls.map(([options]) => options);
    expect(first).toMatchObject({
      purpose: `Run the task task-1 of ${TEMPLATE}`,
      context: { task: 'task-1', template: TEMPLATE, initiator: ANN },
      askAgain: true,
    });
    expect(second).toEqual({ ...first, askAgain: false });

    const fetched = jest.spyOn(tokens, 'fetch');
    await fetchAsUser(withoutSession);
    await checkAsUser(withoutSession);
    expect(fetched.mock.calls[0][0]).not.toHaveProperty('credentials');
    expect(JSON.stringify(api.mock.calls)).toContain(
      `Bearer mock-token.jira.${ANN}.1`,
    );
    const told = JSON.stringify([outputs, logger.info.mock.calls]);
    expect(told).not.toContain(HANDLE);
  });

  it('asks for the purpose and the time of the template', async () => {
    agreeing.push(ANN);
    const asked = jest.spyOn(tokens, 'delegate');
    const before = Date.now();
    await delegate({ purpose: 'Close issues', duration: { hours: 2 } });
    expect(asked.mock.calls[0][0].purpose).toBe('Close issues');
    const until = asked.mock.calls[0][0].until!.getTime();
    expect(until - before).toBeGreaterThanOrEqual(7_200_000);
    expect(until - Date.now()).toBeLessThanOrEqual(7_200_000);
  });

  it('threats 51: refuses another user who retries the task, until they agree themselves', async () => {
    agreeing.push(ANN);
    await delegate();
    const refused =
      "Another user let this task act as them at datasource 'jira'";
    await expect(fetchAsUser({ by: BOB })).rejects.toThrow(refused);
    await expect(checkAsUser({ by: BOB })).rejects.toThrow(refused);
    const asService = {
      getInitiatorCredentials: async () => mockCredentials.service('x'),
    };
    await expect(fetchAsUser(asService)).rejects.toThrow(refused);
    await expect(delegate({}, asService)).rejects.toThrow('Only a user');
    expect(api).not.toHaveBeenCalled();
    agreeing.push(BOB);
    await delegate({}, { by: BOB });
    await fetchAsUser({ by: BOB });
    expect(JSON.stringify(api.mock.calls)).toContain(`.${BOB}.1`);
    await expect(fetchAsUser()).rejects.toThrow(refused);
  });

  it('threats 51: is for this task and datasource only, and never read from input', async () => {
    agreeing.push(ANN);
    await delegate();
    const got = jest.spyOn(tokens, 'getToken');
    await fetchAsUser({ task: 'task-2' });
    await fetchAsUser({}, { datasource: 'github' });
    await fetchAsUser(
      { task: 'task-2' },
      { delegation: 'mock-delegation.1', context: { task: 'task-1' } },
    );
    for (const [options] of got.mock.calls) {
      expect(options).toMatchObject({ subject: 'user' });
      expect(options).not.toHaveProperty('delegation');
    }
    got.mockClear();
    const template = 'template:default/other';
    await expect(
      fetchAsUser({ templateInfo: { entityRef: template } }),
    ).rejects.toMatchObject({ code: 'delegation_ended' });
  });

  it('asks again after the delegation ended', async () => {
    agreeing.push(ANN);
    await delegate();
    tokens.endDelegations('jira');
    await expect(fetchAsUser(withoutSession)).rejects.toMatchObject({
      code: 'delegation_ended',
    });
    const asked = jest.spyOn(tokens, 'delegate');
    await delegate();
    tokens.endDelegations('jira');
    await delegate();
    expect(asked).toHaveBeenCalledTimes(2);
    await fetchAsUser(withoutSession);
  });

  it('asks nothing if the task starts over and may act as the user already', async () => {
    agreeing.push(ANN);
    await delegate();
    const asked = jest.spyOn(tokens, 'delegate');
    await delegate({}, withoutSession);
    expect(asked).not.toHaveBeenCalled();
  });

  it('fails when the user declines', async () => {
    const waiting = delegate();
    await eventually(() => expect(logger.info).toHaveBeenCalled());
    tokens.endDelegations('jira');
    await expect(waiting).rejects.toThrow(
      "You declined to let this task act as you at datasource 'jira'",
    );
    await fetchAsUser();
  });

  it('fails with the link when nobody decides in time', async () => {
    await expect(delegate({ waitMinutes: 0.001 })).rejects.toThrow(
      "You didn't decide within 0.001 minutes. Decide at http://localhost:3000/datasource-auth/connections, then retry this task",
    );
  });

  it('stops waiting when the task is canceled', async () => {
    const controller = new AbortController();
    const waiting = delegate({}, { signal: controller.signal });
    await eventually(() => expect(logger.info).toHaveBeenCalled());
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    agreeing.push(ANN);
    expect(
      await delegations.find({ task: 'task-1', initiator: ANN }, 'jira'),
    ).toBeUndefined();
  });

  it('waits on while the backend restarts, and fails at once if it cannot ask', async () => {
    const down = new DatasourceUnavailableError('The backend is down');
    const asked = jest.spyOn(tokens, 'delegate').mockRejectedValueOnce(down);
    await expect(delegate()).rejects.toBe(down);
    const waiting = delegate();
    await eventually(() => expect(logger.info).toHaveBeenCalled());
    asked.mockRejectedValueOnce(down);
    agreeing.push(ANN);
    await waiting;
    await expect(
      delegate({ datasource: 'github' }, { by: BOB }),
    ).rejects.toMatchObject({ code: 'user_not_connected' });
  });

  it('asks nothing in a dry run', async () => {
    const asked = jest.spyOn(tokens, 'delegate');
    await delegate({}, { isDryRun: true });
    expect(asked).not.toHaveBeenCalled();
    expect(logger.info).toHaveBeenCalledWith(
      "Dry run: skipped the request to act as you at datasource 'jira'",
    );
  });

  it('has examples with valid input', async () => {
    agreeing.push(ANN);
    const action = createDatasourceDelegateAction({ tokens, delegations });
    expect(action.supportsDryRun).toBe(true);
    const known = Object.keys(action.schema!.input!.properties!);
    expect(action.examples).toHaveLength(2);
    for (const { example } of action.examples!) {
      const [{ input }] = parse(
        example.replaceAll(/\$\{\{.*?\}\}/g, 'x'),
      ).steps;
      expect(known).toEqual(expect.arrayContaining(Object.keys(input)));
      await delegate(input);
    }
  });
});

/** Waits until a check passes. */
async function eventually(check: () => void): Promise<void> {
  for (let left = 100; ; left -= 1) {
    try {
      check();
      return;
    } catch (error) {
      if (left === 0) throw error;
      await new Promise(resolve => {
        setTimeout(resolve, 20);
      });
    }
  }
}
