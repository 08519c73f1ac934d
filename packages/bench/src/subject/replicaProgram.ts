import { setTimeout as sleep } from 'node:timers/promises';
import { JsonObject } from '@backstage/types';
import { answering } from '../processes/Worker';
import { DatasourceAuth } from './datasourceAuthParts';
import { connect, consumer, openDatasourceAuth } from './openDatasourceAuth';

let parts: DatasourceAuth;
let queries = 0;

/** One of several processes of the plugin on one database. Its callers start behind the HTTP API. */
const answers = {
  open: async (database: string, datasources: JsonObject) => {
    const knex = connect(database);
    knex.on('query', () => {
      queries += 1;
    });
    parts = await openDatasourceAuth(knex, datasources);
    await parts.feed.start();
  },

  /** Gets the token unchanged, so that it is in memory. */
  take: async (datasource: string) => {
    const token = await parts.tokens.getToken(
      datasource,
      { minValiditySeconds: 0 },
      { caller: consumer, subject: 'service' },
    );
    return token.accessToken!;
  },

  /** That many callers at once. Returns when the last one had its token, and the number of tokens and queries. */
  storm: async (datasource: string, callers: number, startAt: number) => {
    await sleep(startAt - Date.now());
    const queriesBefore = queries;
    const tokens = await Promise.all(
      Array.from({ length: callers }, () =>
        parts.tokens.getToken(
          datasource,
          {},
          { caller: consumer, subject: 'service' },
        ),
      ),
    );
    return {
      lastAt: Date.now(),
      queries: queries - queriesBefore,
      tokens: [...new Set(tokens.map(({ accessToken }) => accessToken!))],
    };
  },
};

export type ReplicaProgram = typeof answers;

answering(answers);
