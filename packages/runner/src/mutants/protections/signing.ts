import { ProtectedPackage } from '../Protection';

/** Protections of the keys that Backstage signs with, and of the JWTs that it signs. */
export const signing: ProtectedPackage = {
  folder: 'plugins/datasource-auth-backend',
  protections: [
    {
      name: "a library error about a private key isn't passed on",
      file: 'signing/readKey.ts',
      code: '    throw unreadableKey(alg);\n  }',
      off: '    throw new SettingsError(`${alg} ${key}`);\n  }',
      test: 'oauth/clientAuthentications/clientAuthentications.test.ts',
    },
    {
      name: "a public key isn't accepted as a shared key (algorithm confusion)",
      file: 'signing/readKey.ts',
      code: '/-----BEGIN|^\\s*\\{/.test(text)',
      off: 'false',
      test: 'signing/signJwt.test.ts',
    },
    {
      name: 'a shared key has at least the length of its hash',
      file: 'signing/readKey.ts',
      code: 'bytes.length < least',
      off: 'false',
      test: 'signing/signJwt.test.ts',
    },
    {
      name: 'a parsed key is found only with its passphrase',
      file: 'signing/readKey.ts',
      code: '[key, alg, passphrase, keyEncoding]',
      off: '[key, alg, keyEncoding]',
      test: 'signing/readKey.test.ts',
    },
    {
      name: "claims of the settings don't replace issuer, times or jti",
      file: 'signing/signJwt.ts',
      code: '{ ...assertion.claims, ...claims, ...times }',
      off: '{ ...claims, ...times, ...assertion.claims }',
      test: 'signing/signJwt.test.ts',
    },
    {
      name: 'a JWT is served only until shortly before it expires',
      file: 'credentials/SignedTokens.ts',
      code: '(!known.served || livesFor(known.served.row, need));',
      off: 'livesFor !== undefined;',
      test: 'credentials/SignedTokens.test.ts',
    },
    {
      name: 'a JWT of an older generation is not served',
      file: 'credentials/SignedTokens.ts',
      code: 'known?.version === version &&',
      off: 'known !== undefined &&',
      test: 'credentials/SignedTokens.test.ts',
    },
    {
      name: 'a rejected JWT has one successor',
      file: 'credentials/SettingsCredentials.ts',
      code: 'return isFirst || now - (row.obtainedAt ?? 0) > REJECTED_COOLDOWN;',
      off: 'return isFirst || now > REJECTED_COOLDOWN;',
      test: 'http/jwtCredentials.test.ts',
    },
    {
      name: 'a key with which nothing can be signed is an error',
      file: 'credentials/settingsGrant.ts',
      code: 'lastError: problem && { ...problem, at: Date.now(), attempts: 1 },',
      off: '',
      test: 'http/jwtCredentials.test.ts',
    },
    {
      name: 'a signed JWT is masked like a token',
      file: 'kinds/jwt.ts',
      code: 'secrets: [accessToken],',
      off: 'secrets: [],',
      test: 'http/jwtCredentials.test.ts',
    },
    {
      name: "a provider can't move the time of an assertion by an hour",
      file: 'signing/ServerClocks.ts',
      code: 'Math.abs(skew) <= MOST_SKEW',
      off: 'true',
      test: 'oauth/DefaultProviderClient.test.ts',
    },
    {
      name: 'an assertion without one of its secret claims is not signed',
      file: 'settings/missingSecrets.ts',
      code: "    'auth.assertion.claims' as const,\n",
      off: '',
      test: 'settings/status.test.ts',
    },
    {
      name: 'a client assertion without one of its secret claims is not signed',
      file: 'settings/missingSecrets.ts',
      code: '...(signsAsClient ? ',
      off: '...(signsAsClient && false ? ',
      test: 'settings/status.test.ts',
    },
  ],
};
