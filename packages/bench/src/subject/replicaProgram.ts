import { setTimeout as sleep } from 'node:timers/promises';
import { JsonObject } from '@backstage/types';
import { answering } from '../processes/Worker';
import { DatasourceAuth } from './datasourceAuthParts';
import { connect, consumer, openDatasourceAuth } from './openDatasourceAuth';

let parts: DatasourceAuth;
let queries = 0;

/** One of several processes of the plugin on one database. Its callers stand where the HTTP API would have let them in. */
const answers = {
  open: async (database: string, datasources: JsonObject) => {
    const knex = connect(database);
    knex.on('query', () => {
      queries += 1;
    });
    parts = await openDatasourceAuth(knex, datasources);
    await parts.feed.start();
  },

  /** Takes the token as it is, so that it is in memory. */
  take: async (datasource: string) => {
    const token = await parts.tokens.getToken(
      datasource,
      { minValiditySeconds: 0 },
      { caller: consumer },
    );
    return token.accessToken!;
  },

  /** So many callers at one moment: when the last of them had its token, how many tokens and queries it took. */
  storm: async (datasource: string, callers: number, startAt: number) => {
    await sleep(startAt - Date.now());
    const queriesBefore = queries;
    const tokens = await Promise.all(
      Array.from({ length: callers }, () =>
        parts.tokens.getToken(datasource, {}, { caller: consumer }),
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
