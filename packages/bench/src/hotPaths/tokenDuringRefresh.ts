import { Loader } from '../measuring/load';
import { compare, interleaved } from '../measuring/pairs';
import { percentile } from '../measuring/statistics';
import { ratioFinding } from './Finding';
import { ageToken } from '../subject/ageToken';
import { Backend } from '../subject/Backend';
import { datasourceNames, declared } from '../subject/configuration';
import { connect } from '../subject/openDatasourceAuth';
import { TokenProvider } from '../subject/TokenProvider';
import { HotPath } from './HotPath';

const PREFIX = 'bench_behind_';
const MILLISECONDS = 1_000;
const MINUTE = 60_000;

export const tokenDuringRefresh: HotPath = {
  name: 'token-during-refresh',
  title: 'A caller during a refresh',
  method: `The token request over HTTP, one after the other: during a refresh, from the provider's receipt of the request to its response ${MILLISECONDS} ms later, and for the same time with a fresh token.`,

  async measure({ postgres }) {
    const provider = await TokenProvider.start();
    const [datasource] = datasourceNames(1);
    const backend = await Backend.start({
      postgres,
      databasePrefix: PREFIX,
      datasources: declared([datasource], provider.url),
    });
    const url = new URL(postgres);
    url.pathname = `/${PREFIX}datasource-auth`;
    const knex = connect(url.href);
    const loader = new Loader({ origin: backend.origin, connections: 1 });
    const call = await backend.tokenCall(datasource);
    await loader.send(call);
    provider.delay = MILLISECONDS;

    const during = async () => {
      await ageToken(knex, datasource, { expiresIn: MINUTE, dueIn: -MINUTE });
      let before = await loader.send(call);
      // The notification drops the copy in memory. The next caller starts a refresh in the background.
      while (provider.pending === 0) before = await loader.send(call);
      const { latencies } = await loader.press(call, {
        atOnce: 1,
        goesOn: () => provider.pending > 0,
      });
      while ((await loader.send(call)) === before);
      return percentile(latencies, 0.99);
    };
    const fresh = async () => {
      await loader.send(call);
      const end = performance.now() + MILLISECONDS;
      const { latencies } = await loader.press(call, {
        atOnce: 1,
        goesOn: () => performance.now() < end,
      });
      return percentile(latencies, 0.99);
    };
    const time = compare(
      await interleaved({ rounds: 9, ours: during, reference: fresh }),
      milliseconds => milliseconds,
    );
    await loader.close();
    await knex.destroy();
    await backend.stop();
    await provider.stop();
    return [
      ratioFinding(
        {
          hotPath: 'caller during a refresh, 99th percentile',
          reference: 'caller with a fresh token',
          ours: `${time.ours.toFixed(1)} ms`,
          theirs: `${time.reference.toFixed(1)} ms`,
        },
        { ratio: time.ratio, atMost: 1.15 },
      ),
    ];
  },
};
