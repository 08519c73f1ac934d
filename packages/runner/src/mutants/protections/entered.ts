import { ProtectedPackage } from '../Protection';

const TEST = 'connections/enteredConnections.test.ts';
const ENTERED = 'connections/EnteredConnections.ts';
const AUTHORIZED = 'access/AuthorizedConnections.ts';

export const entered: ProtectedPackage = {
  folder: 'plugins/datasource-auth-backend',
  protections: [
    {
      name: 'a call as a person has nothing of the shared credential',
      file: 'settings/ownSecrets.ts',
      code: ".filter(([path]) => !path.startsWith('auth.'))",
      off: '',
      test: 'kinds/apiAuthentication.test.ts',
    },
    {
      name: 'a call as a person has what they entered',
      file: 'kinds/apiAuthentication.ts',
      code: 'token.own ? withOwn(secrets, token.own) : secrets',
      off: 'secrets',
      test: TEST,
    },
    {
      name: 'a person without an entry gets nothing',
      file: 'credentials/SettingsCredentials.ts',
      code: '      !coversEntry(datasource.record.settings, served.payload.own)',
      off: '      !served',
      test: TEST,
    },
    {
      name: "nobody's credential is begun for them",
      file: 'credentials/SettingsCredentials.ts',
      code: 'key.isPersonal || this.#isCurrent(copy)',
      off: 'this.#isCurrent(copy)',
      test: TEST,
    },
    {
      name: 'the shared secret is forgotten where each person enters theirs',
      file: 'settings/secrets.ts',
      code: '  if (isEnteredByEachPerson(settings)) {',
      off: '  if (!settings) {',
      test: TEST,
    },
    {
      name: 'people connect in one way only',
      file: 'access/ConnectionRights.ts',
      code: "if (isEntered === (way === 'entry')) return datasource;",
      off: 'if (way) return datasource;',
      test: TEST,
    },
    {
      name: 'a person enters a token for the terms that they read',
      file: ENTERED,
      code: 'if (form?.version !== version) {',
      off: 'if (!form) {',
      test: TEST,
    },
    {
      name: 'what a person enters is no template',
      file: ENTERED,
      code: 'if (found) faults.set(`secrets.${path}`, found);',
      off: '',
      test: TEST,
    },
    {
      name: 'the token of someone who left is not kept for another consent',
      file: ENTERED,
      code: '      !row.suspended &&\n',
      off: '',
      test: TEST,
    },
    {
      name: 'a token that the API rejects is not stored',
      file: AUTHORIZED,
      code: 'if (isRejected(settings.auth, result)) {',
      off: 'if (!result) {',
      test: TEST,
    },
    {
      name: 'a username proves nothing before the API accepted it',
      file: AUTHORIZED,
      code: "(verified && payload.own?.['auth.basic.username'])",
      off: "payload.own?.['auth.basic.username']",
      test: TEST,
    },
    {
      name: 'a foreign account that someone entered is confirmed',
      file: AUTHORIZED,
      code: 'doubts.every(doubt => acknowledged.includes(doubt))',
      off: 'true',
      test: TEST,
    },
    {
      name: 'nobody guesses secrets of an API through Backstage',
      file: AUTHORIZED,
      code: 'this.#limit.count(key);',
      off: '',
      test: TEST,
    },
  ],
};
