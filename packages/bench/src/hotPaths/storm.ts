import { setTimeout as sleep } from 'node:timers/promises';
import { compare, interleaved } from '../measuring/pairs';
import { median } from '../measuring/statistics';
import { Worker } from '../processes/Worker';
import { ratioFinding } from './Finding';
import { postgresDatabase } from '../stock/postgresDatabase';
import { ageToken } from '../subject/ageToken';
import { declared, datasourceNames } from '../subject/configuration';
import { connect } from '../subject/openDatasourceAuth';
import type { ReplicaProgram } from '../subject/replicaProgram';
import type { PeerProgram } from '../subject/peerProgram';
import { PEER } from '../subject/peerTokens';
import { TokenProvider } from '../subject/TokenProvider';
import { HotPath } from './HotPath';

const REPLICAS = 4;
const CALLERS = 500;
const FEW_CALLERS = 50;
const ROUNDS = 9;
/** Storms happen in warm processes, so the first ones don't count. */
const WARM_UPS = 4;
const PROVIDER_MILLISECONDS = 200;
const LATE_BY = 25;
const EXPIRES_IN = 1_000;

interface Storm {
  providerCalls: number;
  tokens: number;
  /** Milliseconds from the start to the last caller, minus the provider's own. */
  late: number;
  queries: number;
}

export const storm: HotPath = {
  name: 'storm',
  title: 'Storm at expiry',
  method: `${REPLICAS} processes on one PostgreSQL, each with a token in memory that has just expired, and callers in each at the same moment. The callers bypass the HTTP API, so that the HTTP server isn't measured. The provider responds after ${PROVIDER_MILLISECONDS} ms. The delay is the time from the common start to the last of all callers, minus the provider's own time between request and response. ${WARM_UPS} storms run first and don't count, because a running backend has had one before. Queries are those of all processes, including the change feed.`,

  remark:
    'The delay is the work of four processes and PostgreSQL on two cores: a caller costs 3 µs, and the rest is 25 statements. Half the time passes before the request is sent (reading the row and settings, the lease), half after the response (encryption, the commit, reading by the other replicas). With one core per process, both halves shrink.',

  async measure({ postgres }) {
    const provider = await TokenProvider.start();
    const database = await postgresDatabase(postgres, 'bench_storm');
    const [datasource] = datasourceNames(1);
    const replicas: Array<Worker<ReplicaProgram>> = [];
    for (let replica = 0; replica < REPLICAS; replica++) {
      const worker = Worker.start<ReplicaProgram>(
        'packages/bench/src/subject/replicaProgram.ts',
        { log: `replica-${replica}` },
      );
      await worker.ask('open', database, declared([datasource], provider.url));
      replicas.push(worker);
    }
    await replicas[0].ask('take', datasource);
    provider.delay = PROVIDER_MILLISECONDS;
    const knex = connect(database);

    const storms: Storm[] = [];
    const blow = async (callers: number): Promise<Storm> => {
      await ageToken(knex, datasource, { expiresIn: EXPIRES_IN });
      const expiresAt = Date.now() + EXPIRES_IN;
      await sleep(100);
      for (const replica of replicas) await replica.ask('take', datasource);
      if (Date.now() > expiresAt) throw new Error('The machine is too slow');
      provider.takeCalls();

      const startAt = expiresAt + 100;
      const answers = await Promise.all(
        replicas.map(replica =>
          replica.ask('storm', datasource, callers, startAt),
        ),
      );
      const calls = provider.takeCalls();
      const last = Math.max(...answers.map(({ lastAt }) => lastAt));
      return {
        providerCalls: calls.length,
        tokens: new Set(answers.flatMap(({ tokens }) => tokens)).size,
        late: last - startAt - (calls[0].answeredAt - calls[0].receivedAt),
        queries: answers.reduce((sum, answer) => sum + answer.queries, 0),
      };
    };
    for (let warmUp = 0; warmUp < WARM_UPS; warmUp++) await blow(CALLERS);
    const pairs = await interleaved({
      rounds: ROUNDS,
      ours: () => blow(CALLERS),
      reference: () => blow(FEW_CALLERS),
    });
    for (const { ours, reference } of pairs) storms.push(ours, reference);
    await knex.destroy();
    await Promise.all(replicas.map(replica => replica.stop()));
    const callsOfPeer = await stormOfPeer(provider);
    await provider.stop();

    const hotPath = `storm at expiry: ${REPLICAS} processes × ${CALLERS} callers`;
    const calls = Math.max(...storms.map(({ providerCalls }) => providerCalls));
    const tokens = Math.max(...storms.map(({ tokens: distinct }) => distinct));
    const late = median(pairs.map(({ ours }) => ours.late));
    const queries = compare(pairs, ({ queries: count }) => count);
    return [
      {
        hotPath: `${hotPath}, requests to the provider`,
        reference: `worst of ${storms.length} storms`,
        target: 'exactly 1',
        reached: String(calls),
        met: calls === 1 && tokens === 1,
        ours: `${calls}, and ${tokens} token for all`,
        theirs: '–',
      },
      {
        hotPath: `${hotPath}, requests to the provider`,
        reference: `${PEER}, one per process`,
        target: `≤ ${callsOfPeer}`,
        reached: String(calls),
        met: calls <= callsOfPeer,
        ours: String(calls),
        theirs: String(callsOfPeer),
      },
      {
        hotPath: `${hotPath}, last caller`,
        reference: "the provider's response time",
        target: `≤ + ${LATE_BY} ms`,
        reached: `+ ${late.toFixed(0)} ms`,
        met: late <= LATE_BY,
        ours: `${(PROVIDER_MILLISECONDS + late).toFixed(0)} ms`,
        theirs: `${PROVIDER_MILLISECONDS} ms`,
      },
      ratioFinding(
        {
          hotPath: `${hotPath}, database queries`,
          reference: `the same with ${FEW_CALLERS} callers each`,
          ours: `${queries.ours}`,
          theirs: `${queries.reference}`,
        },
        { ratio: queries.ratio, atMost: 1.1 },
      ),
    ];
  },
};

/** Measures how often the same callers in as many processes call the provider with a client library in each. */
async function stormOfPeer(provider: TokenProvider): Promise<number> {
  const peers = Array.from({ length: REPLICAS }, (_, peer) =>
    Worker.start<PeerProgram>('packages/bench/src/subject/peerProgram.ts', {
      log: `peer-${peer}`,
    }),
  );
  provider.takeCalls();
  const startAt = Date.now() + 5_000;
  await Promise.all(
    peers.map(peer => peer.ask('storm', provider.url, CALLERS, startAt)),
  );
  await Promise.all(peers.map(peer => peer.stop()));
  return provider.takeCalls().length;
}
