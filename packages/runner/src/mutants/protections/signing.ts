import { ProtectedPackage } from '../Protection';

/** Protections of the keys that Backstage signs with, and of the JWTs that it signs. */
export const signing: ProtectedPackage = {
  folder: 'plugins/datasource-auth-backend',
  protections: [
    {
      name: "a library error about a private key isn't passed on",
      file: 'signing/signJwt.ts',
      code: '    throw unreadable(alg);\n  }\n}\n\nfunction unreadable',
      off: '    throw new SettingsError(`${alg} ${key}`);\n  }\n}\n\nfunction unreadable',
      test: 'oauth/clientAuthentications/clientAuthentications.test.ts',
    },
    {
      name: "a public key isn't accepted as a shared key (algorithm confusion)",
      file: 'signing/signJwt.ts',
      code: '/-----BEGIN|^\\s*\\{/.test(text)',
      off: 'false',
      test: 'signing/signJwt.test.ts',
    },
    {
      name: 'a shared key has at least the length of its hash',
      file: 'signing/signJwt.ts',
      code: 'bytes.length < least',
      off: 'false',
      test: 'signing/signJwt.test.ts',
    },
    {
      name: "claims of the settings don't replace issuer, times or jti",
      file: 'signing/signJwt.ts',
      code: '{ ...assertion.claims, ...claims, ...times }',
      off: '{ ...claims, ...times, ...assertion.claims }',
      test: 'signing/signJwt.test.ts',
    },
    {
      name: "a provider can't move the time of an assertion by an hour",
      file: 'oauth/Exchanger.ts',
      code: 'Math.abs(fetch.clockSkew) <= MOST_SKEW',
      off: 'true',
      test: 'oauth/DefaultProviderClient.test.ts',
    },
  ],
};
