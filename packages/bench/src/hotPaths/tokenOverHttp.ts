import { Loader, Target } from '../measuring/load';
import { compare, interleaved } from '../measuring/pairs';
import { ratioFinding } from './Finding';
import { Backend } from '../subject/Backend';
import { datasourceNames, declared } from '../subject/configuration';
import { TokenProvider } from '../subject/TokenProvider';
import { HotPath } from './HotPath';

const AT_ONCE = 16;
const SECONDS = 1.5;

export const tokenOverHttp: HotPath = {
  name: 'token-over-http',
  title: 'The token request over HTTP',
  method: `A Backstage in production mode in its own process, on PostgreSQL; ${AT_ONCE} concurrent callers over kept-alive connections, ${SECONDS} s per round. The reference route is in the same Backstage, authenticates the same kind of plugin token, reads the same request body and returns the same bytes. CPU is that of the server process.`,

  async measure({ postgres }) {
    const provider = await TokenProvider.start();
    const [datasource] = datasourceNames(1);
    const backend = await Backend.start({
      postgres,
      databasePrefix: 'bench_http_',
      datasources: declared([datasource], provider.url),
    });
    const loader = new Loader({
      origin: backend.origin,
      connections: AT_ONCE,
    });
    const tokenCall = await backend.tokenCall(datasource);
    const answer = await loader.send(tokenCall);
    const referenceCall = await backend.referenceCall(answer);
    if ((await loader.send(referenceCall)) !== answer) {
      throw new Error('The two routes return different responses');
    }

    const press = async (target: Target) => {
      const before = await backend.worker.ask('cpu');
      const end = performance.now() + SECONDS * 1000;
      const { requests, seconds } = await loader.press(target, {
        atOnce: AT_ONCE,
        goesOn: () => performance.now() < end,
      });
      const cpu = (await backend.worker.ask('cpu')) - before;
      return { perSecond: requests / seconds, cpu: cpu / requests };
    };
    const pairs = await interleaved({
      rounds: 7,
      ours: () => press(tokenCall),
      reference: () => press(referenceCall),
    });
    await loader.close();
    await backend.stop();
    await provider.stop();

    const perSecond = compare(pairs, load => load.perSecond);
    const cpu = compare(pairs, load => load.cpu);
    const reference = 'authenticated route with the same response';
    return [
      ratioFinding(
        {
          hotPath: 'token request over HTTP, requests per second',
          reference,
          ours: `${perSecond.ours.toFixed(0)} /s`,
          theirs: `${perSecond.reference.toFixed(0)} /s`,
        },
        { ratio: perSecond.ratio, atLeast: 0.9 },
      ),
      ratioFinding(
        {
          hotPath: 'token request over HTTP, CPU per request',
          reference,
          ours: `${cpu.ours.toFixed(0)} µs`,
          theirs: `${cpu.reference.toFixed(0)} µs`,
        },
        { ratio: cpu.ratio, atMost: 1.1 },
      ),
    ];
  },
};
