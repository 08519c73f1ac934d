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

  it('lets the installation that made the database use it, start after start', async () => {
    expect(await start(HERE)).toBe(false);
    expect(await start(HERE)).toBe(false);
    expect(logger.error).not.toHaveBeenCalled();
  });

  it('rests on a copy that is started under another callback URL, start after start, and says what to do', async () => {
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

  it('takes a trailing slash seriously: it is another redirect URI (S4.8)', async () => {
    await start(HERE);
    expect(await start(`${HERE}/`)).toBe(true);
  });

  it('adopts credentials when an operator names this very URL, for good', async () => {
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

  it('a setting that was left in place adopts nothing on the next copy', async () => {
    await start(HERE, HERE);
    expect(await start(COPY, HERE)).toBe(true);
  });

  it('agrees on one owner when replicas start at once', async () => {
    const actives = await Promise.all([start(HERE), start(HERE), start(HERE)]);
    expect(actives).toEqual([false, false, false]);
    expect(await knex('instance').select('callback_url')).toEqual([
      { callback_url: HERE },
    ]);
  });
});
