import { compare, interleaved } from '../measuring/pairs';
import { ratioFinding } from './Finding';
import { openStock, StockedParts } from '../stock/openStock';
import { FEW, MANY, RENEWABLE } from '../stock/Stock';
import { TokenProvider } from '../subject/TokenProvider';
import { HotPath } from './HotPath';

const HOUR = 3_600_000;

export const sweep: HotPath = {
  name: 'sweep',
  title: 'Sweep',
  method: `One round of the sweeper: finds ${RENEWABLE} credentials that are due, acquires a lease for each, calls a provider on the same machine that responds at once, and stores the result. The refreshes of the other rows are due within the next day.`,
  needsStock: true,

  async measure({ stocks }) {
    const findings = [];
    for (const stock of stocks) {
      const provider = await TokenProvider.start({ port: stock.providerPort });
      const { few, many, close } = await openStock(stock);

      /** Returns the milliseconds of a round. */
      const timeOf = async ({ knex, parts }: StockedParts) => {
        await knex('credentials')
          .where({ subject: 'service' })
          .whereIn(
            'datasource_id',
            knex('datasources').select('id').where({ source: 'config' }),
          )
          .update({
            refresh_due_at: Date.now() - 60_000,
            obtained_at: Date.now() - HOUR,
          });
        provider.takeCalls();
        const start = performance.now();
        await parts.sweeper.sweep();
        const milliseconds = performance.now() - start;
        const renewed = provider.takeCalls().length;
        if (renewed !== RENEWABLE) throw new Error(`${renewed} were renewed`);
        return milliseconds;
      };
      const time = compare(
        await interleaved({
          rounds: 5,
          ours: () => timeOf(many),
          reference: () => timeOf(few),
        }),
        milliseconds => milliseconds,
      );
      await close();
      await provider.stop();
      findings.push(
        ratioFinding(
          {
            hotPath: `sweep with ${RENEWABLE} due among ${MANY.toLocaleString(
              'en',
            )}${stock.hasConnections ? ' and as many connections' : ''}, ${
              stock.system
            }`,
            reference: `the same among ${FEW.toLocaleString('en')}`,
            ours: `${time.ours.toFixed(0)} ms`,
            theirs: `${time.reference.toFixed(0)} ms`,
          },
          { ratio: time.ratio, atMost: 1.5 },
        ),
      );
    }
    return findings;
  },
};
