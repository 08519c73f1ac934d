import { connect } from '../subject/openDatasourceAuth';

/** Creates an empty database on a server, and returns its URL. */
export async function postgresDatabase(
  server: string,
  name: string,
): Promise<string> {
  const knex = connect(server);
  try {
    await knex.raw(`drop database if exists ??`, [name]);
    await knex.raw(`create database ??`, [name]);
  } finally {
    await knex.destroy();
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
