import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import createKnex from 'knex';
import { storageCheck } from './storageCheck';

async function stateOn(connection: string) {
  const knex = createKnex({
    client: 'better-sqlite3',
    connection,
    useNullAsDefault: true,
  });
  try {
    return await storageCheck(knex);
  } finally {
    await knex.destroy();
  }
}

describe('the check of persistent storage', () => {
  it('is a problem for SQLite in memory, and says what to configure', async () => {
    expect(await stateOn(':memory:')).toMatchObject({
      state: 'problem',
      detail: expect.stringContaining('lost when the backend stops'),
      remedy: expect.stringContaining('backend.database'),
    });
  });

  it('passes for a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'storage-'));
    try {
      expect((await stateOn(join(folder, 'db.sqlite'))).state).toBe('ok');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('passes for other databases', async () => {
    const knex = createKnex({ client: 'pg' });
    expect((await storageCheck(knex)).state).toBe('ok');
  });
});
