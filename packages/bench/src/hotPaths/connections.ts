import { compare, interleaved } from '../measuring/pairs';
import { openStock, StockedParts } from '../stock/openStock';
import { FEW, MANY, PERSONAL_NAMES } from '../stock/Stock';
import { user } from '../subject/openDatasourceAuth';
import { ratioFinding } from './Finding';
import { HotPath } from './HotPath';

const PAGES = 20;
/** People that a round of presence asks the catalog about at once. */
const BATCH = 500;
/** A round over few people is short, so it is repeated. */
const ROUNDS_OF_FEW = 20;

/** Returns the milliseconds of a user's page. */
async function timeOfPage({ parts }: StockedParts): Promise<number> {
  const start = performance.now();
  for (let time = 0; time < PAGES; time++) {
    const { items } = await parts.connections.list({ caller: user });
    const connected = items.filter(({ state }) => state === 'connected');
    if (connected.length !== PERSONAL_NAMES.length) {
      throw new Error('The user is not connected');
    }
  }
  return (performance.now() - start) / PAGES;
}

/** Returns the milliseconds of a batch of a round of presence. */
async function timeOfBatch(
  { parts }: StockedParts,
  options: { people: number; rounds: number },
): Promise<number> {
  const { people, rounds } = options;
  const start = performance.now();
  for (let round = 0; round < rounds; round++) await parts.presence.run();
  return (performance.now() - start) / rounds / (people / BATCH);
}

export const connections: HotPath = {
  name: 'connections',
  title: "People's connections",
  method: `A PostgreSQL with as many connections as datasources: each person is connected to ${
    PERSONAL_NAMES.length
  } of them. The page is what a signed-in user sees under My connections; ${PAGES} pages per round. A round of presence asks a catalog that responds at once about everyone, in batches of ${BATCH} people, and finds nobody missing. It takes longer for more people, so the time of one batch is compared: that of a whole round, with what it does once, divided by its batches (${
    FEW / PERSONAL_NAMES.length / BATCH
  } and ${(MANY / PERSONAL_NAMES.length / BATCH).toLocaleString('en')}).`,
  needsStock: true,

  async measure({ stocks }) {
    const stock = stocks.find(({ hasConnections }) => hasConnections)!;
    const { few, many, close } = await openStock(stock);
    const page = compare(
      await interleaved({
        rounds: 7,
        ours: () => timeOfPage(many),
        reference: () => timeOfPage(few),
      }),
      milliseconds => milliseconds,
    );
    const batch = compare(
      await interleaved({
        rounds: 3,
        ours: () =>
          timeOfBatch(many, {
            people: MANY / PERSONAL_NAMES.length,
            rounds: 1,
          }),
        reference: () =>
          timeOfBatch(few, {
            people: FEW / PERSONAL_NAMES.length,
            rounds: ROUNDS_OF_FEW,
          }),
      }),
      milliseconds => milliseconds,
    );
    await close();

    const among = `of ${MANY.toLocaleString('en')} connections`;
    const reference = `the same of ${FEW.toLocaleString('en')}`;
    return [
      ratioFinding(
        {
          hotPath: `a user's page ${among}, ${stock.system}`,
          reference,
          ours: `${page.ours.toFixed(1)} ms`,
          theirs: `${page.reference.toFixed(1)} ms`,
        },
        { ratio: page.ratio, atMost: 1.5 },
      ),
      ratioFinding(
        {
          hotPath: `round of presence ${among}, time for ${BATCH} people, ${stock.system}`,
          reference,
          ours: `${batch.ours.toFixed(1)} ms`,
          theirs: `${batch.reference.toFixed(1)} ms`,
        },
        { ratio: batch.ratio, atMost: 1.5 },
      ),
    ];
  },
};
