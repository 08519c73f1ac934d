import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Downloader } from '../measuring/downloads';
import { compare, interleaved } from '../measuring/pairs';
import { Finding, ratioFinding } from './Finding';
import { GatewayBackend, ApiRoute } from '../subject/GatewayBackend';
import { HotPath } from './HotPath';

const SMALL = 200;
const LARGE = 5 * 1024 * 1024;
/** More than the sockets of three processes buffer. */
const HUGE = 50 * 1024 * 1024;
const SECONDS = 1.5;
const ROUNDS = 7;
const REFERENCE = '`@backstage/plugin-proxy-backend` with a static header';

/** Slow callers, and how much of their responses the gateway may buffer: little, whatever the size. */
const SLOW_CALLERS = 16;
const MOST_HELD = 8 * 1024 * 1024;
/** Less than the share of one caller, so that nothing of a caller that left remains. */
const MOST_KEPT = 200_000;
const MEMORY_ROUNDS = 5;
const SETTLING_MILLISECONDS = 500;

export const gateway: HotPath = {
  name: 'gateway',
  title: 'The gateway',
  method: `A Backstage in production mode and the API, each in its own process. Both ways are in the same Backstage, authenticate the same kind of plugin token, and lead to the same API over kept-alive connections; ${SECONDS} s per round. CPU is that of the Backstage process. Memory is the growth of its buffers, without garbage, while ${SLOW_CALLERS} callers have stopped reading in the middle of 50 MB each, and half a second after they left.`,

  remark:
    "The gateway verifies a caller's token once in ten seconds, the proxy in every request. With one request at a time, most of the rest is a cost of both ways: three processes wake each other.",

  async measure() {
    const backend = await GatewayBackend.start({ log: 'bench' });
    const findings: Finding[] = [];
    for (const atOnce of [1, 16]) {
      const { perSecond, cpu } = await measurePress(backend, SMALL, atOnce);
      const hotPath = `gateway, ${SMALL}-byte responses, ${atOnce} at once`;
      findings.push(...smallLines(hotPath, { perSecond, cpu }));
    }
    findings.push(
      ...smallLines(
        `gateway with a static key, ${SMALL}-byte responses, 16 at once`,
        await measurePress(backend, SMALL, 16, backend.keyed),
      ),
    );
    const { perSecond, cpu } = await measurePress(backend, LARGE, 4);
    findings.push(
      line('gateway, 5 MB responses, responses per second', perSecond, {
        unit: '/s',
        atLeast: 1,
      }),
      line('gateway, 5 MB responses, CPU per response', cpu, {
        unit: 'µs',
        atMost: 0.85,
      }),
      ...(await memoryFindings(backend)),
    );
    await backend.stop();
    return findings;
  },
};

function smallLines(
  hotPath: string,
  { perSecond, cpu }: Awaited<ReturnType<typeof measurePress>>,
): Finding[] {
  return [
    line(`${hotPath}, requests per second`, perSecond, {
      unit: '/s',
      atLeast: 1.5,
    }),
    line(`${hotPath}, CPU per request`, cpu, { unit: 'µs', atMost: 0.7 }),
  ];
}

async function measurePress(
  backend: GatewayBackend,
  size: number,
  atOnce: number,
  ours: ApiRoute = backend.gateway,
) {
  const { origin, worker } = backend;
  const downloader = new Downloader({ origin, connections: atOnce });
  const press = async ({ path, headers }: ApiRoute) => {
    const before = await worker.ask('cpu');
    const { count, perSecond } = await downloader.press(
      { path: `${path}${size}`, headers, size },
      { atOnce, seconds: SECONDS },
    );
    return { perSecond, cpu: ((await worker.ask('cpu')) - before) / count };
  };
  const pairs = await interleaved({
    rounds: ROUNDS,
    ours: () => press(ours),
    reference: () => press(backend.proxy),
  });
  await downloader.close();
  return {
    perSecond: compare(pairs, load => load.perSecond),
    cpu: compare(pairs, load => load.cpu),
  };
}

async function memoryFindings(backend: GatewayBackend): Promise<Finding[]> {
  const { origin, worker } = backend;
  const measure = async ({ path, headers }: ApiRoute) => {
    const before = await worker.ask('heldBytes');
    const downloader = new Downloader({ origin, connections: SLOW_CALLERS });
    const events = new EventEmitter();
    let stopped = 0;
    const stopForGood = () => {
      stopped += 1;
      if (stopped === SLOW_CALLERS) events.emit('stopped');
      return new Promise<void>(() => {});
    };
    const download = { path: `${path}${HUGE}`, headers, size: HUGE };
    const downloads = Array.from({ length: SLOW_CALLERS }, () =>
      downloader.read(download, stopForGood),
    );
    await Promise.race([once(events, 'stopped'), ...downloads]);
    await sleep(SETTLING_MILLISECONDS);
    const held = await worker.ask('heldBytes');
    await downloader.abandon();
    await sleep(SETTLING_MILLISECONDS);
    const kept = await worker.ask('heldBytes');
    return { held: held - before, kept: kept - before };
  };
  const pairs = await interleaved({
    rounds: MEMORY_ROUNDS,
    ours: () => measure(backend.gateway),
    reference: () => measure(backend.proxy),
  });
  const callers = `${SLOW_CALLERS} callers who stop reading 50 MB`;
  return [
    memoryLine(
      `gateway, memory during ${callers}`,
      compare(pairs, ({ held }) => held),
      MOST_HELD,
    ),
    memoryLine(
      `gateway, memory after ${callers}`,
      compare(pairs, ({ kept }) => kept),
      MOST_KEPT,
    ),
  ];
}

function memoryLine(
  hotPath: string,
  { ours, reference: theirs }: { ours: number; reference: number },
  atMost: number,
): Finding {
  const megabytes = (bytes: number) =>
    `${Math.max(0, bytes / 1e6).toFixed(1)} MB`;
  return {
    hotPath,
    reference: REFERENCE,
    target: `≤ ${megabytes(atMost)}`,
    reached: megabytes(ours),
    met: ours <= atMost,
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
