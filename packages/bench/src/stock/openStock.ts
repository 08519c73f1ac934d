import { Knex } from 'knex';
import { DatasourceAuth } from '../subject/datasourceAuthParts';
import { connect, openDatasourceAuth } from '../subject/openDatasourceAuth';
import { Stock, stockDatasources } from './Stock';

/** The plugin's parts on a filled database. */
export interface StockedParts {
  knex: Knex;
  parts: DatasourceAuth;
}

/** Opens the database with few datasources and the one with many. */
export async function openStock(
  stock: Stock,
): Promise<{ few: StockedParts; many: StockedParts; close(): Promise<void> }> {
  const open = async (database: string): Promise<StockedParts> => {
    const knex = connect(database);
    const datasources = stockDatasources(
      `http://localhost:${stock.providerPort}`,
    );
    return { knex, parts: await openDatasourceAuth(knex, datasources) };
  };
  const few = await open(stock.few);
  const many = await open(stock.many);
  return {
    few,
    many,
    close: async () => {
      await few.knex.destroy();
      await many.knex.destroy();
    },
  };
}
