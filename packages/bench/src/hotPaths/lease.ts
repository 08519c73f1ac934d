import { compare, interleaved } from '../measuring/pairs';
import { ratioFinding } from './Finding';
import { postgresDatabase } from '../stock/postgresDatabase';
import { declared, datasourceNames } from '../subject/configuration';
import { CredentialKey, CredentialStore } from '../subject/datasourceAuthParts';
import { connect, openDatasourceAuth } from '../subject/openDatasourceAuth';
import { TokenProvider } from '../subject/TokenProvider';
import { HotPath } from './HotPath';

const LEASES = 300;

/** Returns the milliseconds of each, one after the other. */
async function timeOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  for (let time = 0; time < LEASES; time++) await work();
  return (performance.now() - start) / LEASES;
}

export const lease: HotPath = {
  name: 'lease',
  title: 'Lease',
  method: `The two statements with which a process acquires and releases the right to refresh a credential, on PostgreSQL, through knex as in the plugin; ${LEASES} per round.`,

  async measure({ postgres }) {
    const provider = await TokenProvider.start();
    const knex = connect(await postgresDatabase(postgres, 'bench_lease'));
    const [name] = datasourceNames(1);
    const parts = await openDatasourceAuth(
      knex,
      declared([name], provider.url),
    );
    await parts.authorizeDeclared();
    const credentials = new CredentialStore({ knex });
    const { id } = (await parts.store.findByName(name))!;
    let row = (await credentials.read(CredentialKey.service(id)))!;

    const time = compare(
      await interleaved({
        rounds: 9,
        ours: () =>
          timeOf(async () => {
            const taken = await credentials.leases.take(row, 'bench');
            if (!taken || !(await credentials.leases.release(row, taken))) {
              throw new Error('The lease is contended');
            }
            // Acquiring and releasing both advance the epoch.
            row = { ...row, leaseEpoch: taken.epoch + 1 };
          }),
        reference: () =>
          timeOf(async () => {
            await knex.raw('select 1');
            await knex.raw('select 1');
          }),
      }),
      milliseconds => milliseconds,
    );
    await knex.destroy();
    await provider.stop();
    return [
      ratioFinding(
        {
          hotPath: 'lease, acquired and released, uncontended',
          reference: 'two `SELECT 1` through knex',
          ours: `${(time.ours * 1000).toFixed(0)} µs`,
          theirs: `${(time.reference * 1000).toFixed(0)} µs`,
        },
        { ratio: time.ratio, atMost: 6 },
      ),
    ];
  },
};
