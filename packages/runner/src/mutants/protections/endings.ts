import { ProtectedPackage } from '../Protection';

const PRESENCE_TEST = 'connections/presence.test.ts';
const ENDINGS_TEST = 'connections/endings.test.ts';

export const endings: ProtectedPackage = {
  folder: 'plugins/datasource-auth-backend',
  protections: [
    {
      name: 'the tokens of ended connections are revoked',
      file: 'credentials/EndedCredentials.ts',
      code: 'this.#tokensOf(datasource, rows)',
      off: 'this.#tokensOf(datasource, rows).slice(rows.length)',
      test: ENDINGS_TEST,
    },
    {
      name: 'the tokens of a refresh that was running are revoked',
      file: 'credentials/IssuedTokenRecorder.ts',
      code: "row.key.isPersonal && (!current || current.state === 'cleared')",
      off: 'row.key.isPersonal && current === null',
      test: ENDINGS_TEST,
    },
    {
      name: 'connections end with the settings they were made for',
      file: 'saving/DatasourceWriter.ts',
      code: 'if (content.binding !== record.binding) {',
      off: "if (content.binding === '') {",
      test: ENDINGS_TEST,
    },
    {
      name: 'who is connected is shown only with the permission',
      file: 'access/DatasourceRights.ts',
      code: 'connectionManagePermission,\n      resourceOf(datasource.record),',
      off: 'datasourceReadPermission,\n      resourceOf(datasource.record),',
      test: 'connections/connectedPeople.test.ts',
    },
    {
      name: "the data of a user that several people share is nobody's own",
      file: 'access/ConnectionRights.ts',
      code: 'this.#assertNotShared(userRef);\n    return userRef;',
      off: 'return userRef;',
      test: 'connections/personalData.test.ts',
    },
    {
      name: 'a pseudonym replaces a person who is deleted',
      file: 'connections/Connections.ts',
      code: 'return this.#references.replace(user, trx);',
      off: "return this.#references.replace('user:default/nobody', trx);",
      test: 'connections/personalData.test.ts',
    },
    {
      name: 'a suspended connection is not used',
      file: 'access/PersonalCredentials.ts',
      code: "if (row.suspended) throw this.error('user_suspended', datasource);",
      off: '',
      test: PRESENCE_TEST,
    },
    {
      name: 'another person with the same name is noticed',
      file: 'connections/Presence.ts',
      code: 'if (known.uid === uid) await',
      off: 'if (known.uid || uid) await',
      test: PRESENCE_TEST,
    },
    {
      name: 'an empty catalog ends nobody',
      file: 'connections/Presence.ts',
      code: 'if (found === 0 && !(await this.#directory.hasUsers())) {',
      off: 'if (found < 0) {',
      test: PRESENCE_TEST,
    },
    {
      name: 'an incomplete catalog ends nobody',
      file: 'connections/Presence.ts',
      code: 'if (newly > most) {',
      off: 'if (newly > most * 1_000) {',
      test: PRESENCE_TEST,
    },
  ],
};
