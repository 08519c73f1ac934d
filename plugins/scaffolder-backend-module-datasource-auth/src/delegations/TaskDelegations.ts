import { DatabaseService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { openDatabase } from './openDatabase';
import { TaskContext } from './taskContext';

const TABLE = 'datasource_auth_delegations';

/** The delegation of a task. */
export interface TaskDelegation {
  /** Entity ref of the user who agreed. */
  initiator: string;
  /** Secret. */
  handle: string;
}

/**
 * Stores the delegations of tasks in the scaffolder's database, so that a task finds its own after a restart. They are
 * never part of what the scaffolder stores and shows about a task.
 */
export class TaskDelegations {
  readonly #knex: Knex;

  static async create(options: {
    database: DatabaseService;
  }): Promise<TaskDelegations> {
    return new TaskDelegations(await openDatabase(options.database));
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Returns the delegation of a task for a datasource, unless its time has passed. */
  async find(
    { task }: TaskContext,
    datasource: string,
  ): Promise<TaskDelegation | undefined> {
    return this.#knex(TABLE)
      .where({ task_id: task, datasource })
      .where('ends_at', '>', Date.now())
      .first('initiator', 'handle');
  }

  /** Stores the delegation of a task in place of an earlier one, and removes those whose time has passed. */
  async keep(
    { task, initiator }: TaskContext,
    datasource: string,
    { handle, until }: { handle: string; until: Date },
  ): Promise<void> {
    await this.#knex(TABLE).where('ends_at', '<=', Date.now()).delete();
    await this.#knex(TABLE)
      .insert({
        ...{ task_id: task, datasource, initiator, handle },
        ends_at: until.getTime(),
      })
      .onConflict(['task_id', 'datasource'])
      .merge();
  }

  /** Removes a delegation that has ended. */
  async remove({ task }: TaskContext, datasource: string): Promise<void> {
    await this.#knex(TABLE).where({ task_id: task, datasource }).delete();
  }
}
