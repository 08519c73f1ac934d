import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { databases } from './__testUtils__/databases';
import { startDatasourceAuth } from './__testUtils__/startDatasourceAuth';

jest.setTimeout(60_000);

const MENTION = 'Calls go through a corporate proxy';

async function warningsAtStart(): Promise<string[]> {
  const logger = mockServices.rootLogger.mock();
  logger.child.mockReturnValue(logger);
  const app = await startDatasourceAuth({
    knex: await databases.init('SQLITE_3'),
    features: [
      createServiceFactory({
        service: coreServices.rootLogger,
        deps: {},
        factory: () => logger,
      }),
    ],
  });
  await app.stop();
  return logger.warn.mock.calls.map(([message]) => message);
}

describe('the backend behind a corporate proxy', () => {
  const before = process.env.HTTPS_PROXY;
  afterEach(() => {
    if (before === undefined) delete process.env.HTTPS_PROXY;
    else process.env.HTTPS_PROXY = before;
  });

  it('threats 6: warns at startup that only host names are checked', async () => {
    process.env.HTTPS_PROXY = 'http://proxy.corp.example:3128';
    expect(await warningsAtStart()).toContainEqual(
      expect.stringContaining(MENTION),
    );
  });

  it('does not warn without a proxy', async () => {
    delete process.env.HTTPS_PROXY;
    expect(await warningsAtStart()).not.toContainEqual(
      expect.stringContaining(MENTION),
    );
  });
});
