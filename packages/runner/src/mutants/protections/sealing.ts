import { ProtectedPackage } from '../Protection';

const SEALER = 'sealing/Sealer.ts';
const SEALER_TEST = 'sealing/Sealer.test.ts';

/** Removes a part of the additional authenticated data. */
const without = (part: string) => ({
  name: `additional data: ${part}`,
  file: SEALER,
  code: '[VERSION, kid, table, row, column, binding, owner]',
  off: '[VERSION, kid, table, row, column, binding, owner]'.replace(
    `, ${part}`,
    '',
  ),
  test: SEALER_TEST,
});

export const sealing: ProtectedPackage = {
  folder: 'plugins/datasource-auth-backend',
  protections: [
    ...['kid', 'table', 'row', 'column', 'binding', 'owner'].map(without),
    {
      name: 'tokens are encrypted for their datasource and person',
      file: 'credentials/SealedTokens.ts',
      code: 'owner: place.key.text,',
      off: '',
      test: 'credentials/SealedTokens.test.ts',
    },
    {
      name: 'the key of a credential names a user in one way only',
      file: 'database/CredentialKey.ts',
      code: 'return canonical === ref ? ref : canonical;',
      off: 'return ref;',
      test: 'credentials/CredentialKey.test.ts',
    },
    {
      name: 'only users and all plugins are subjects',
      file: 'database/CredentialKey.ts',
      code: "if (parsed.kind.toLowerCase() !== 'user') return undefined;",
      off: '',
      test: 'credentials/CredentialKey.test.ts',
    },
    {
      name: "a person's refresh stays out of the timeline that others read",
      file: 'credentials/CredentialChangePublisher.ts',
      code: 'if (isPersonal) return;',
      off: '',
      test: 'credentials/CredentialKey.test.ts',
    },
    {
      name: 'hashes are compared in constant time',
      file: SEALER,
      code: 'actual.length === expected.length && timingSafeEqual(actual, expected)',
      off: 'candidate === hash',
      test: SEALER_TEST,
    },
    {
      name: 'encryption secrets have 32 bytes or more',
      file: SEALER,
      code: 'Buffer.byteLength(secret) < MINIMUM_SECRET_BYTES',
      off: 'false',
      test: SEALER_TEST,
    },
    {
      name: 'hashes have their own key',
      file: SEALER,
      code: "hash: derive(secret, 'hash'),",
      off: "hash: derive(secret, 'seal'),",
      test: SEALER_TEST,
    },
    {
      name: 'each purpose hashes differently',
      file: SEALER,
      code: '.update(`${purpose}|${value}`)',
      off: '.update(value)',
      test: SEALER_TEST,
    },
    {
      name: 'a key ID with another secret is rejected',
      file: 'sealing/encryptionKeys.ts',
      code: 'known && known.check_value !== checkValue',
      off: 'false',
      test: 'sealing/encryptionKeys.test.ts',
    },
    {
      name: "a key that only decrypts isn't stored",
      file: 'sealing/encryptionKeys.ts',
      code: 'if (kid === sealer.activeKeyId) {',
      off: 'if (kid) {',
      test: 'sealing/encryptionKeys.test.ts',
    },
    {
      name: 'secrets are decrypted for the actual settings, not for a stored hash',
      file: 'datasources/Datasources.ts',
      code: 'binding: bindingOf(record.settings),',
      off: 'binding: record.binding,',
      test: 'datasources/Datasources.test.ts',
    },
    {
      name: 'the secrets of an attempt are decrypted for its actual settings',
      file: 'authorizations/AuthorizationSecrets.ts',
      code: '{ ...row, binding: bindingOf(row.settings) }',
      off: 'row',
      test: 'attacks/database.test.ts',
    },
    {
      name: 'a credential works only under its own binding',
      file: 'settings/binding.ts',
      code: 'credential.binding === binding &&',
      off: '',
      test: 'credentials/CredentialReader.test.ts',
    },
    {
      name: 'a credential works only for the origins encrypted with it',
      file: 'credentials/SealedTokens.ts',
      code: 'if (row.apiOrigins.every(origin => known.has(origin))) return payload;',
      off: 'if (known) return payload;',
      test: 'credentials/CredentialReader.test.ts',
    },
    {
      name: "a cleared credential isn't used, whatever remains in the row",
      file: 'credentials/CredentialReader.ts',
      code: "row.state !== 'cleared' &&",
      off: '',
      test: 'credentials/CredentialReader.test.ts',
    },
    {
      name: 'a copied database refreshes nothing',
      file: 'credentials/Quarantine.ts',
      code: 'return new Quarantine(true);',
      off: 'return new Quarantine(false);',
      test: 'credentials/Quarantine.test.ts',
    },
  ],
};
