import { join } from 'node:path';
import { freePort, temporaryFolder } from 'runner';
import { Worker } from '../processes/Worker';
import { TokenProvider } from '../subject/TokenProvider';
import type { FillStockProgram } from './fillStockProgram';
import { postgresDatabase } from './postgresDatabase';
import { FEW, MANY, Stock } from './Stock';

/** Creates the databases with a thousand and with a million datasources and connections. */
export async function prepareStocks(
  postgres: string,
): Promise<{ stocks: Stock[]; remove: () => void }> {
  const folder = temporaryFolder('bench');
  const providerPort = await freePort();
  const stocks: Stock[] = [
    {
      system: 'PostgreSQL',
      hasConnections: true,
      few: await postgresDatabase(postgres, 'few'),
      many: await postgresDatabase(postgres, 'many'),
      providerPort,
    },
    {
      system: 'SQLite',
      hasConnections: false,
      few: join(folder.path, 'few.sqlite'),
      many: join(folder.path, 'many.sqlite'),
      providerPort,
    },
  ];
  const provider = await TokenProvider.start({ port: providerPort });
  const { url } = provider;
  try {
    await Promise.all(
      stocks.map(async ({ system, hasConnections, few, many }) => {
        const filler = Worker.start<FillStockProgram>(
          'packages/bench/src/stock/fillStockProgram.ts',
          { log: `fill-${system}` },
        );
        const options = { hasConnections, provider: url };
        await filler.ask('fill', few, { ...options, rows: FEW });
        await filler.ask('fill', many, { ...options, rows: MANY });
        await filler.stop();
      }),
    );
  } finally {
    await provider.stop();
  }
  return { stocks, remove: folder.remove };
}
