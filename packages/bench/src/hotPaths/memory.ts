import { Backend } from '../subject/Backend';
import { datasourceNames, declared } from '../subject/configuration';
import { TokenProvider } from '../subject/TokenProvider';
import { Finding } from './Finding';
import { HotPath } from './HotPath';

const MEBIBYTE = 2 ** 20;
const MANY = 1_000;
/** Mebibytes. */
const TARGET = 40;

export const memory: HotPath = {
  name: 'memory',
  title: 'Memory',
  method: `A Backstage in production mode with three small plugins, on PostgreSQL, in its own process: without datasource-auth, with it and no datasource, and with ${MANY.toLocaleString(
    'en',
  )} datasources whose tokens were all requested once. What V8 holds after garbage collection, on the heap and outside, which hardly differs between starts, so each is started once. All programs of the bench run from TypeScript sources, which takes more memory than a build.`,

  async measure({ postgres }) {
    const provider = await TokenProvider.start();
    const names = datasourceNames(MANY);
    let starts = 0;
    const held = async (hasPlugin: boolean, datasources: string[]) => {
      starts += 1;
      const backend = await Backend.start({
        ...{ postgres, hasPlugin },
        // Its own database: credentials of one that was started under another address aren't used.
        databasePrefix: `bench_memory_${starts}_`,
        datasources: declared(datasources, provider.url),
      });
      await backend.worker.ask('take', datasources);
      const bytes = await backend.worker.ask('heldBytes');
      await backend.stop();
      return bytes / MEBIBYTE;
    };
    const without = await held(false, []);
    const idle = await held(true, []);
    const full = await held(true, names);
    await provider.stop();

    const line = (hotPath: string, ours: number): Finding => {
      const more = ours - without;
      return {
        hotPath,
        reference: 'the same backend without the plugin',
        target: `≤ + ${TARGET} MiB`,
        reached: `+ ${more.toFixed(0)} MiB`,
        met: more <= TARGET,
        ours: `${ours.toFixed(0)} MiB`,
        theirs: `${without.toFixed(0)} MiB`,
      };
    };
    return [
      line('memory, no datasource', idle),
      line(`memory, ${MANY.toLocaleString('en')} datasources in use`, full),
    ];
  },
};
