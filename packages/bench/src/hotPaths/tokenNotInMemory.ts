import { compare, interleaved } from '../measuring/pairs';
import { median } from '../measuring/statistics';
import { ratioFinding } from './Finding';
import { Backend } from '../subject/Backend';
import { datasourceNames, declared } from '../subject/configuration';
import { TokenProvider } from '../subject/TokenProvider';
import { HotPath } from './HotPath';

const DATASOURCES = 200;

export const tokenNotInMemory: HotPath = {
  name: 'token-not-in-memory',
  title: 'A token outside memory',
  method: `A plugin gets the tokens of ${DATASOURCES} datasources one after the other, none of them in memory, from its own backend. Both sides use the same token route, so the difference is the work of the caller. The time of a round is the median of its calls. Server and caller share a process, as they usually do; its CPU is divided by the calls.`,

  async measure({ postgres }) {
    const provider = await TokenProvider.start();
    const names = datasourceNames(DATASOURCES);
    const backend = await Backend.start({
      postgres,
      databasePrefix: 'bench_cold_',
      datasources: declared(names, provider.url),
    });
    const { worker } = backend;
    // The first request gets the tokens.
    await worker.ask('takeByHand', names);

    const round = async (take: 'takeNotInMemory' | 'takeByHand') => {
      const before = await worker.ask('cpu');
      const times = await worker.ask(take, names);
      const cpu = (await worker.ask('cpu')) - before;
      return { time: median(times), cpu: cpu / DATASOURCES };
    };
    const pairs = await interleaved({
      rounds: 9,
      ours: () => round('takeNotInMemory'),
      reference: () => round('takeByHand'),
    });
    await backend.stop();
    await provider.stop();

    const time = compare(pairs, ({ time: milliseconds }) => milliseconds);
    const cpu = compare(pairs, ({ cpu: microseconds }) => microseconds);
    return [
      ratioFinding(
        {
          hotPath: '`getToken`, not in memory, as measured by the caller',
          reference: 'a new plugin token for each request, and global `fetch`',
          ours: `${(time.ours * 1000).toFixed(0)} µs; CPU ${cpu.ours.toFixed(
            0,
          )} µs`,
          theirs: `${(time.reference * 1000).toFixed(
            0,
          )} µs; CPU ${cpu.reference.toFixed(0)} µs`,
        },
        { ratio: time.ratio, atMost: 0.7 },
      ),
    ];
  },
};
