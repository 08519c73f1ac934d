import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { databaseIds, databases } from '../__testUtils__/databases';
import { TaskDelegations } from './TaskDelegations';

jest.setTimeout(60_000);

const ANN = { task: 'task-1', initiator: 'user:default/ann' };
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);
const scaffolderMigrations = {
  directory: resolvePackagePath(
    '@backstage/plugin-scaffolder-backend',
    'migrations',
  ),
};

describe.each(databaseIds())('delegations of tasks on %s', databaseId => {
  let knex: Knex;
  const open = () =>
    TaskDelegations.create({ database: mockServices.database({ knex }) });

  beforeEach(async () => {
    knex = await databases.init(databaseId);
  });

  it('N11: a new process finds the delegation of its task, and no other one', async () => {
    const until = inHours(1);
    await (await open()).keep(ANN, 'jira', { handle: 'h1', until });
    const restarted = await open();
    expect(await restarted.find(ANN, 'jira')).toEqual({
      ...{ initiator: 'user:default/ann', handle: 'h1' },
    });
    expect(await restarted.find(ANN, 'github')).toBeUndefined();
    const other = { ...ANN, task: 'task-2' };
    expect(await restarted.find(other, 'jira')).toBeUndefined();
    await restarted.keep(ANN, 'jira', { handle: 'h2', until });
    expect((await restarted.find(ANN, 'jira'))?.handle).toBe('h2');
    await restarted.remove(ANN, 'jira');
    expect(await restarted.find(ANN, 'jira')).toBeUndefined();
  });

  it("doesn't find what is over, and removes it with the next one", async () => {
    const delegations = await open();
    const past = { handle: 'h1', until: inHours(-1) };
    await delegations.keep(ANN, 'jira', past);
    expect(await delegations.find(ANN, 'jira')).toBeUndefined();
    const next = { ...ANN, task: 'task-2' };
    await delegations.keep(next, 'jira', { handle: 'h2', until: inHours(1) });
    expect(await knex('datasource_auth_delegations')).toMatchObject([
      { task_id: 'task-2', handle: 'h2' },
    ]);
  });

  it("lives beside the scaffolder's tables, whichever is created first, and with replicas that start together", async () => {
    await Promise.all([open(), ...(databaseId === 'SQLITE_3' ? [] : [open()])]);
    await knex.migrate.latest(scaffolderMigrations);
    await open();
    await knex.migrate.latest(scaffolderMigrations);
    expect(await knex.schema.hasTable('tasks')).toBe(true);
    expect(await knex('datasource_auth_migrations').pluck('name')).toEqual([
      '20261130150000_init.js',
    ]);
    expect(await knex('knex_migrations').pluck('name')).not.toContain(
      '20261130150000_init.js',
    );
  });

  it('changes nothing where migrations are switched off', async () => {
    await TaskDelegations.create({
      database: { getClient: async () => knex, migrations: { skip: true } },
    });
    expect(await knex.schema.hasTable('datasource_auth_delegations')).toBe(
      false,
    );
  });
});
