import { freePort } from 'runner';
import { median } from '../measuring/statistics';
import { Worker } from '../processes/Worker';
import { datasourceNames } from '../subject/configuration';
import type { MemoryProgram } from '../subject/memoryProgram';
import { TokenProvider } from '../subject/TokenProvider';
import { Finding } from './Finding';
import { HotPath } from './HotPath';

const MEBIBYTE = 2 ** 20;
const MANY = 1_000;
const ROUNDS = 3;
/** Mebibytes. */
const TARGET = 40;

export const memory: HotPath = {
  name: 'memory',
  title: 'Memory',
  method: `A Backstage in production mode with one small plugin, on PostgreSQL, in its own process: without datasource-auth, with it and no datasource, and with ${MANY.toLocaleString(
    'en',
  )} datasources whose tokens were all requested once. What V8 holds after garbage collection, on the heap and outside; the median of ${ROUNDS} starts. All programs of the bench run from TypeScript sources, which takes more memory than a build.`,

  async measure({ postgres }) {
    const provider = await TokenProvider.start();
    const names = datasourceNames(MANY);
    const held = async (plugin: boolean, datasources: string[]) => {
      const worker = Worker.start<MemoryProgram>(
        'packages/bench/src/subject/memoryProgram.ts',
        { log: 'memory' },
      );
      await worker.ask('start', {
        ...{ port: await freePort(), postgres, datasources, plugin },
        databasePrefix: `bench_memory_${datasources.length}_`,
        provider: provider.url,
      });
      await worker.ask('take', datasources);
      const bytes = await worker.ask('heldBytes');
      await worker.stop();
      return bytes / MEBIBYTE;
    };
    const without: number[] = [];
    const idle: number[] = [];
    const full: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      without.push(await held(false, []));
      idle.push(await held(true, []));
      full.push(await held(true, names));
    }
    await provider.stop();

    const line = (hotPath: string, ours: number): Finding => {
      const more = ours - median(without);
      return {
        hotPath,
        reference: 'the same backend without the plugin',
        target: `≤ + ${TARGET} MiB`,
        reached: `+ ${more.toFixed(0)} MiB`,
        met: more <= TARGET,
        ours: `${ours.toFixed(0)} MiB`,
        theirs: `${median(without).toFixed(0)} MiB`,
      };
    };
    return [
      line('memory, no datasource', median(idle)),
      line(
        `memory, ${MANY.toLocaleString('en')} datasources in use`,
        median(full),
      ),
    ];
  },
};
