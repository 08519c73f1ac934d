import { Downloader } from '../measuring/downloads';
import { compare, interleaved } from '../measuring/pairs';
import { Finding, ratioFinding } from '../report/Finding';
import { GatewayBackend, Way } from '../subject/GatewayBackend';
import { HotPath } from './HotPath';

const SMALL = 200;
const LARGE = 5 * 1024 * 1024;
const SECONDS = 1.5;
const ROUNDS = 7;
const REFERENCE = '`@backstage/plugin-proxy-backend` with a static header';

/** Slow callers, and what the gateway may hold of their answers: little, however many megabytes there are. */
const SLOW_CALLERS = 16;
const MOST_HELD = 8 * 1024 * 1024;
const MEMORY_ROUNDS = 5;

export const gateway: HotPath = {
  name: 'gateway',
  title: 'The gateway',
  method: `A Backstage in production mode, and the API, each in a process of its own. Both ways are in the same Backstage, authenticate with the same kind of plugin token and lead to the same API over kept connections; ${SECONDS} s a round. CPU is that of the Backstage process. Memory is the most bytes of bodies that this process holds on to, garbage apart, while ${SLOW_CALLERS} callers read 5 MB each and pause between the pieces.`,

  remark:
    'The gateway verifies the token of a caller once in ten seconds, the proxy at every call. What is left with one call at a time is mostly what both ways pay alike: three processes wake each other.',

  async measure() {
    const backend = await GatewayBackend.start({ log: 'bench' });
    const findings: Finding[] = [];
    for (const atOnce of [1, 16]) {
      const { perSecond, cpu } = await measurePress(backend, SMALL, atOnce);
      const hotPath = `gateway, ${SMALL}-byte answers, ${atOnce} at once`;
      findings.push(
        line(`${hotPath}, requests per second`, perSecond, {
          unit: '/s',
          atLeast: 1.5,
        }),
        line(`${hotPath}, CPU per request`, cpu, { unit: 'µs', atMost: 0.7 }),
      );
    }
    const { perSecond, cpu } = await measurePress(backend, LARGE, 4);
    findings.push(
      line('gateway, 5 MB answers, answers per second', perSecond, {
        unit: '/s',
        atLeast: 1,
      }),
      line('gateway, 5 MB answers, CPU per answer', cpu, {
        unit: 'µs',
        atMost: 0.85,
      }),
      await memoryFinding(backend),
    );
    await backend.stop();
    return findings;
  },
};

async function measurePress(
  backend: GatewayBackend,
  size: number,
  atOnce: number,
) {
  const { origin, worker } = backend;
  const downloader = Downloader.create({ origin, connections: atOnce });
  const press = async ({ path, headers }: Way) => {
    const before = await worker.ask('cpu');
    const { count, perSecond } = await downloader.press(
      { path: `${path}${size}`, headers, size },
      { atOnce, seconds: SECONDS },
    );
    return { perSecond, cpu: ((await worker.ask('cpu')) - before) / count };
  };
  const pairs = await interleaved({
    rounds: ROUNDS,
    ours: () => press(backend.gateway),
    reference: () => press(backend.proxy),
  });
  await downloader.close();
  return {
    perSecond: compare(pairs, load => load.perSecond),
    cpu: compare(pairs, load => load.cpu),
  };
}

async function memoryFinding(backend: GatewayBackend): Promise<Finding> {
  const held = async ({ path, headers }: Way) => {
    const downloader = Downloader.create({
      origin: backend.origin,
      connections: SLOW_CALLERS,
    });
    await backend.worker.ask('watchMemory');
    const download = { path: `${path}${LARGE}`, headers, size: LARGE };
    await Promise.all(
      Array.from({ length: SLOW_CALLERS }, () => downloader.read(download, 10)),
    );
    await downloader.close();
    return backend.worker.ask('peakMemory');
  };
  const pairs = await interleaved({
    rounds: MEMORY_ROUNDS,
    ours: () => held(backend.gateway),
    reference: () => held(backend.proxy),
  });
  const { ours, reference: theirs } = compare(pairs, bytes => bytes);
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  return {
    hotPath: `gateway, memory under ${SLOW_CALLERS} slow callers of 5 MB`,
    reference: REFERENCE,
    target: `≤ ${megabytes(MOST_HELD)}`,
    reached: megabytes(ours),
    met: ours <= MOST_HELD,
    ours: megabytes(ours),
    theirs: megabytes(theirs),
  };
}

function line(
  hotPath: string,
  compared: { ours: number; reference: number; ratio: number },
  target: { unit: string; atMost?: number; atLeast?: number },
): Finding {
  const { unit, ...bound } = target;
  const digits = compared.reference < 100 ? 1 : 0;
  return ratioFinding(
    {
      hotPath,
      reference: REFERENCE,
      ours: `${compared.ours.toFixed(digits)} ${unit}`,
      theirs: `${compared.reference.toFixed(digits)} ${unit}`,
    },
    { ratio: compared.ratio, ...bound },
  );
}
