import { DatasourceRecord } from '../datasources/DatasourceRecord';
import { DatasourceCursor } from '../datasources/DatasourceStore';
import { secretsCheck } from './secretsCheck';

/** A store of datasources that have secrets at these paths, one datasource a page. */
const storeOf = (...datasources: string[][]) => ({
  list: async (_: object, { after }: { after?: DatasourceCursor }) => {
    const from = Number(after?.id ?? 0);
    const next = from + 1;
    return {
      items: datasources.slice(from, next).map(paths => ({
        secretInfos: Object.fromEntries(paths.map(path => [path, {}])),
      })) as unknown as DatasourceRecord[],
      next:
        next < datasources.length
          ? { attention: 0, sortKey: '', id: String(next) }
          : undefined,
    };
  },
});

describe('N16: secrets at rest', () => {
  it('are counted by what could replace them', async () => {
    const check = await secretsCheck(
      storeOf(
        ['auth.headers.X-Key', 'api.query.key', 'instance.pin'],
        ['auth.clientSecret'],
        ['auth.bearer'],
        ['auth.assertion.key', 'auth.assertion.passphrase'],
      ),
    );
    expect(check).toMatchObject({
      id: 'secrets',
      state: 'ok',
      detail:
        '4 API keys, passwords or other values. 1 client secret. 1 private key.',
    });
    expect(check.remedy).toMatch(/OAuth 2\.0.*private_key_jwt.*expires/s);
    expect(JSON.stringify(check)).not.toContain('X-Key');
  });

  it('are none where nothing is stored', async () => {
    const check = await secretsCheck(storeOf());
    expect(check).toMatchObject({ detail: 'None are stored.' });
    expect(check.remedy).toBeFalsy();
  });
});
