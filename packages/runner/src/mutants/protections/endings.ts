import { ProtectedPackage } from '../Protection';

const PRESENCE_TEST = 'connections/presence.test.ts';
const ENDINGS_TEST = 'connections/endings.test.ts';
const DELEGATIONS_TEST = 'connections/delegations.test.ts';

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
      name: 'a revocation waits until the provider confirms it',
      file: 'revocations/Revocations.ts',
      code: 'await this.#postpone(row);',
      off: "await this.#knex('revocations').where({ id: row.id }).delete();",
      test: ENDINGS_TEST,
    },
    {
      name: 'an unused connection ends a week after the notice',
      file: 'notices/UnusedConnections.ts',
      code: 'row.readAt - noticedAt >= NOTICE - TOLERANCE',
      off: 'row.readAt >= noticedAt',
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
      code: 'await this.#references.replace(user);',
      off: "await this.#references.replace('user:default/nobody');",
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
      name: 'the connections of people who left end a day later',
      file: 'connections/Presence.ts',
      code: '} else if (now - missingSince >= END_AFTER) {',
      off: '} else if (now >= missingSince) {',
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
    {
      name: 'a delegation ends when its person takes it back',
      file: 'connections/Delegations.ts',
      code: 'await this.#store.end(row.id);',
      off: '',
      test: DELEGATIONS_TEST,
    },
    {
      name: 'a delegation ends when its plugin is removed',
      file: 'connections/Delegations.ts',
      code: 'mayConsume({ consumers }, plugin),',
      off: 'mayConsume({ consumers }, plugin) || true,',
      test: DELEGATIONS_TEST,
    },
    {
      name: 'no delegation is left of a person who is deleted',
      file: 'connections/DelegationStore.ts',
      code: 'await trx(TABLE).where({ subject }).delete();',
      off: '',
      test: DELEGATIONS_TEST,
    },
    {
      name: 'a delegation is encrypted for its person and datasource',
      file: 'sealing/delegationPlace.ts',
      code: 'owner: key.text',
      off: "owner: ''",
      test: DELEGATIONS_TEST,
    },
  ],
};
