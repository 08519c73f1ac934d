import { randomBytes } from 'node:crypto';
import { JsonObject } from '@backstage/types';
import createKnex, { Knex } from 'knex';

/** An empty database on the tests' PostgreSQL, until it is dropped. */
export class EmptyDatabase {
  readonly name: string;
  readonly url: URL;
  /** A connection to the server that isn't affected by failures of this database. */
  readonly admin: Knex;

  static async create(connectionString: string): Promise<EmptyDatabase> {
    const database = new EmptyDatabase(connectionString);
    await database.admin.raw('create database ??', [database.name]);
    return database;
  }

  private constructor(connectionString: string) {
    this.name = `faults_${randomBytes(6).toString('hex')}`;
    this.url = new URL(connectionString);
    this.url.pathname = `/${this.name}`;
    this.url.searchParams.set('application_name', 'observer');
    this.admin = createKnex({
      client: 'pg',
      connection: connectionString,
      pool: { min: 0, max: 2 },
    });
  }

  get server(): { host: string; port: number } {
    return { host: this.url.hostname, port: Number(this.url.port || 5432) };
  }

  /** The configuration of a backend, which reaches the server at its own address. */
  configFor(address: { host: string; port: number }): JsonObject {
    return {
      client: 'pg',
      pluginDivisionMode: 'schema',
      connection: {
        ...address,
        user: decodeURIComponent(this.url.username),
        password: decodeURIComponent(this.url.password),
        database: this.name,
      },
    };
  }

  async drop(): Promise<void> {
    await this.admin.raw('drop database ?? with (force)', [this.name]);
    await this.admin.destroy();
  }
}
