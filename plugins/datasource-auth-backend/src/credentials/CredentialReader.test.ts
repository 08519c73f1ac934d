import { randomUUID } from 'node:crypto';
import { CredentialKey } from '../database/CredentialKey';
import { mockServices } from '@backstage/backend-test-utils';
import { apiOrigins } from 'backstage-plugin-datasource-auth-common';
import { sealedTokens } from '../__testUtils__/sealing';
import { bareSettingsOf } from '../__testUtils__/settings';
import { bindingOf } from '../settings/binding';
import { LoadedDatasource } from '../datasources/Datasources';
import { CredentialReader } from './CredentialReader';
import { CredentialRow } from './CredentialRow';
import { TokenErrors } from './TokenErrors';

const NOW = 1_800_000_000_000;
const API = 'https://api.example.com';
const EVIL = 'https://evil.example';

const tokens = sealedTokens();
const reader = new CredentialReader({
  tokens,
  errors: new TokenErrors({
    pageUrl: 'https://backstage.example.com/page',
    logger: mockServices.logger.mock(),
  }),
});

function datasourceWith(
  settings: Record<string, unknown> = {},
  auth: Record<string, unknown> = {},
): LoadedDatasource {
  const bare = bareSettingsOf({ name: 'crm', baseUrl: API, ...settings }, auth);
  return {
    record: { name: 'crm', settings: bare, binding: bindingOf(bare) },
    secrets: new Map(),
  } as unknown as LoadedDatasource;
}

/** The row of a token that was obtained for a datasource, with changed columns. */
function rowOf(
  { record }: LoadedDatasource,
  changed: Partial<CredentialRow> = {},
): CredentialRow {
  const credentialId = randomUUID();
  const key = CredentialKey.service(record.id);
  const { binding, settings } = record;
  const origins = [...apiOrigins(settings)];
  return {
    ...{ key, credentialId, binding, apiOrigins: origins, state: 'live' },
    sealed: tokens.seal(
      {
        ...{ accessToken: 'token-1', tokenType: 'Bearer', kept: {} },
        apiOrigins: origins,
      },
      { key, credentialId, binding, column: 'sealed' },
    ),
    generation: 1,
    obtainedAt: NOW - 3_600_000,
    expiresAt: NOW + 3_600_000,
    ...changed,
  } as CredentialRow;
}

const ofToday = datasourceWith();
const serves = (
  datasource: LoadedDatasource,
  row: CredentialRow,
  need: Parameters<CredentialReader['satisfies']>[1] = {},
) => reader.satisfies({ datasource, row }, need, NOW);

describe('what a row can be used for', () => {
  it('accepts a row of the settings it was obtained for', () => {
    const row = rowOf(ofToday);
    expect(serves(ofToday, row)).toBe(true);
    expect(reader.serve({ datasource: ofToday, row }).payload).toMatchObject({
      accessToken: 'token-1',
    });
  });

  it('threats 1: rejects a row with another binding', () => {
    const moved = datasourceWith(
      {},
      { token: { url: 'https://elsewhere.example/token' } },
    );
    expect(serves(moved, rowOf(ofToday))).toBe(false);
  });

  it.each([
    ['a base URL', { baseUrl: EVIL }],
    ['an allowed host', { allowedHosts: ['evil.example'] }],
  ])('threats 1: rejects a row after %s was added', (_, settings) => {
    expect(serves(datasourceWith(settings), rowOf(ofToday))).toBe(false);
  });

  it('threats 16: rejects origins that were added only to the row', () => {
    const datasource = datasourceWith({ baseUrl: EVIL });
    const row = rowOf(ofToday, { apiOrigins: [API, EVIL] });
    expect(() => reader.serve({ datasource, row })).toThrow(
      'A stored value was changed or moved',
    );
  });

  it('rejects a cleared row, whatever it still contains', () => {
    expect(serves(ofToday, rowOf(ofToday, { state: 'cleared' }))).toBe(false);
  });

  it('rejects an expired token', () => {
    expect(serves(ofToday, rowOf(ofToday, { expiresAt: NOW - 1 }))).toBe(false);
  });

  it('rejects the rejected token, and the generation that the caller knows', () => {
    const row = rowOf(ofToday);
    const { credentialId } = row;
    const rejects = (generation: number, of = credentialId) =>
      serves(ofToday, row, { rejected: { credentialId: of, generation } });
    expect(rejects(1)).toBe(false);
    expect(rejects(0)).toBe(true);
    expect(rejects(1, randomUUID())).toBe(true);
    expect(serves(ofToday, row, { newerThan: 1 })).toBe(false);
    expect(serves(ofToday, row, { newerThan: 0 })).toBe(true);
  });
});
