import { ProtectedPackage } from '../Protection';

const FILES = 'files/CredentialFiles.ts';
const FILES_TEST = 'files/CredentialFiles.test.ts';
const LINE = 'files/readOneLine.ts';
const FEDERATED_TEST = 'oauth/clientAuthentications/federatedAssertion.test.ts';

/** Protections of files with tokens of other systems. */
export const files: ProtectedPackage = {
  folder: 'plugins/datasource-auth-backend',
  protections: [
    {
      name: 'a file is only for the listed datasources',
      file: FILES,
      code: '!file.datasources.includes(use.datasource)',
      off: 'use.datasource === undefined',
      test: FILES_TEST,
    },
    {
      name: 'a file is only sent to the listed origins',
      file: FILES,
      code: 'origin => !file.origins.includes(origin)',
      off: 'origin => !origin',
      test: FILES_TEST,
    },
    {
      name: 'a file is only used for its purpose',
      file: FILES,
      code: 'file.for !== use.for',
      off: 'file === undefined',
      test: FILES_TEST,
    },
    {
      name: 'an expired token in a file is never sent',
      file: FILES,
      code: 'expiresAt !== undefined && expiresAt <= use.now',
      off: 'expiresAt === 0',
      test: FILES_TEST,
    },
    {
      name: 'a client assertion in a file is signed and expires',
      file: FILES,
      code: "use.for === 'client_assertion' && expiresAt === undefined",
      off: "use.for === 'client_assertion' && text === ''",
      test: FILES_TEST,
    },
    {
      name: 'a link out of the folder of a file is not followed',
      file: LINE,
      code: '!target.startsWith(folder === sep ? sep : `${folder}${sep}`)',
      off: 'target === sep && folder',
      test: FILES_TEST,
    },
    {
      name: 'a pipe is not read as a file',
      file: LINE,
      code: "if (!found.isFile()) throw new SettingsError('fileNotRegular', { file });",
      off: '',
      test: FILES_TEST,
    },
    {
      name: 'a file has one line',
      file: LINE,
      code: '!/^[\\x21-\\x7e]+$/.test(text)',
      off: "text === ''",
      test: FILES_TEST,
    },
    {
      name: 'a file has at most 16 KiB',
      file: LINE,
      code: 'length > MOST_BYTES',
      off: 'length < 0',
      test: FILES_TEST,
    },
    {
      name: 'a file needs origins and datasources',
      file: 'files/readCredentialFiles.ts',
      code: 'list.length === 0',
      off: 'list === undefined',
      test: 'files/readCredentialFiles.test.ts',
    },
    {
      name: 'the origin of the request decides whether an assertion in a file is sent',
      file: 'oauth/Exchanger.ts',
      code: 'origin: new URL(call.url).origin,',
      off: "origin: new URL(context.auth.token.url ?? '').origin,",
      test: FEDERATED_TEST,
    },
    {
      name: 'a further request gets no client authentication',
      file: 'oauth/Exchanger.ts',
      code: "call.step === 'then'",
      off: "call.url === ''",
      test: FEDERATED_TEST,
    },
    {
      name: 'a client assertion that a provider repeats is masked',
      file: 'oauth/DialectFetch.ts',
      code: 'proof ? [...secrets, proof] : secrets',
      off: 'proof ? secrets : secrets',
      test: FEDERATED_TEST,
    },
    {
      name: 'a token in a file is only for the base URL and the allowed hosts that are listed',
      file: 'files/BearerFiles.ts',
      code: 'origins: callOrigins(baseUrl, settings.allowedHosts),',
      off: 'origins: callOrigins(baseUrl, []),',
      test: 'http/bearerFiles.test.ts',
    },
    {
      name: 'a token in a file needs to know where it goes',
      file: 'files/BearerFiles.ts',
      code: "if (!baseUrl) throw new SettingsError('fileNeedsBaseUrl', { file });",
      off: "if (!baseUrl) return { token: { ...token, accessToken: 'x' } };",
      test: 'http/bearerFiles.test.ts',
    },
    {
      name: 'an attempt does not use a file in the name of another datasource',
      file: 'access/DatasourceRights.ts',
      code: 'if (await this.#datasources.exists(name)) throw nameTaken(name);',
      off: '',
      test: FEDERATED_TEST,
    },
  ],
};
