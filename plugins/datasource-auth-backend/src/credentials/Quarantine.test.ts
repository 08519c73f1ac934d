import { Knex } from 'knex';
import { mockServices } from '@backstage/backend-test-utils';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { Quarantine } from './Quarantine';

jest.setTimeout(60_000);

const HERE = 'https://backstage.example/api/datasource-auth/oauth/callback';
const COPY = 'https://restore.example/api/datasource-auth/oauth/callback';

describe.each(databaseIds())('Quarantine on %s', databaseId => {
  let knex: Knex;
  let logger: ReturnType<typeof mockServices.logger.mock>;

  beforeEach(async () => {
    knex = await migratedDatabase(databaseId);
    logger = mockServices.logger.mock();
  });

  const start = async (callbackUrl: string, adopt?: string) =>
    (await Quarantine.create({ knex, callbackUrl, adopt, logger })).active;

  it('allows the installation that created the database, at each start', async () => {
    expect(await start(HERE)).toBe(false);
    expect(await start(HERE)).toBe(false);
    expect(logger.error).not.toHaveBeenCalled();
  });

  it('stops using a copy that is started under another callback URL, at each start, and says what to do', async () => {
    await start(HERE);
    expect(await start(COPY)).toBe(true);
    expect(await start(COPY)).toBe(true);
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringMatching(
        /last used under https:\/\/backstage\.example.*now under https:\/\/restore\.example.*set datasourceAuth\.adoptCredentials to https:\/\/restore\.example/,
      ),
    );
    expect(await start(HERE)).toBe(false);
  });

  it('treats a trailing slash as another redirect URI (S4.8)', async () => {
    await start(HERE);
    expect(await start(`${HERE}/`)).toBe(true);
  });

  it('adopts credentials permanently if the setting names this exact URL', async () => {
    await start(HERE);
    expect(await start(COPY, HERE)).toBe(true);
    expect(await start(COPY, 'true')).toBe(true);
    expect(await start(COPY, COPY)).toBe(false);
    expect(logger.info).toHaveBeenCalledWith(
      `Adopted the credentials of ${HERE} under ${COPY}`,
    );
    expect(await start(COPY)).toBe(false);
    expect(await start(HERE)).toBe(true);
  });

  it("doesn't adopt the next copy because of a setting that was left in place", async () => {
    await start(HERE, HERE);
    expect(await start(COPY, HERE)).toBe(true);
  });

  it('agrees on one owner when replicas start at the same time', async () => {
    const actives = await Promise.all([start(HERE), start(HERE), start(HERE)]);
    expect(actives).toEqual([false, false, false]);
    expect(await knex('instance').select('callback_url')).toEqual([
      { callback_url: HERE },
    ]);
  });
});
