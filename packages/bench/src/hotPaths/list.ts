import { compare, interleaved } from '../measuring/pairs';
import { ratioFinding } from './Finding';
import { openStock, StockedParts } from '../stock/openStock';
import { FEW, MANY } from '../stock/Stock';
import { user } from '../subject/openDatasourceAuth';
import { HotPath } from './HotPath';

const LISTS = 20;
const PAGE = 50;

/** Returns the milliseconds of a first page. */
async function timeOf({ parts }: StockedParts): Promise<number> {
  const start = performance.now();
  for (let time = 0; time < LISTS; time++) {
    const { items } = await parts.datasources.list(
      { limit: PAGE },
      { caller: user },
    );
    if (items.length !== PAGE) throw new Error('The page is not full');
  }
  return (performance.now() - start) / LISTS;
}

export const list: HotPath = {
  name: 'list',
  title: 'List',
  method: `The first page of ${PAGE}, with statuses and the limited count, as a signed-in user gets it; ${LISTS} pages per round. Both pages have the same datasources.`,
  needsStock: true,

  async measure({ stocks }) {
    const findings = [];
    for (const stock of stocks) {
      const { few, many, close } = await openStock(stock);
      const time = compare(
        await interleaved({
          rounds: 7,
          ours: () => timeOf(many),
          reference: () => timeOf(few),
        }),
        milliseconds => milliseconds,
      );
      await close();
      findings.push(
        ratioFinding(
          {
            hotPath: `list, first page of ${MANY.toLocaleString('en')}, ${
              stock.system
            }`,
            reference: `the same of ${FEW.toLocaleString('en')}`,
            ours: `${time.ours.toFixed(1)} ms`,
            theirs: `${time.reference.toFixed(1)} ms`,
          },
          { ratio: time.ratio, atMost: 2 },
        ),
      );
    }
    return findings;
  },
};
