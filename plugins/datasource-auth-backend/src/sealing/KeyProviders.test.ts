import { EncryptionKey } from 'backstage-plugin-datasource-auth-node';
import { KeyProviders } from './KeyProviders';

const key = (id: string, secret = `secret-of-${id}-`.repeat(5)) => ({
  id,
  secret,
});

/** Collects the keys of these providers, each in its own module, and the failures of modules. */
async function gather(
  providers: { [name: string]: (() => unknown) | undefined },
  config: { encryptionKeys?: EncryptionKey[]; sealWith?: string } = {},
) {
  const failures: Record<string, string> = {};
  const keyProviders = new KeyProviders({ waitMilliseconds: 50 });
  for (const [name, readKeys] of Object.entries(providers)) {
    keyProviders
      .forModule({
        reportModuleStartupFailure: ({ error }) => {
          failures[name] = error.message;
          expect(error.cause).toBeUndefined();
          expect(Object.keys(error)).toEqual([]);
        },
      })
      .addKeyProvider({
        name,
        readKeys: async () => readKeys!() as EncryptionKey[],
      });
  }
  const keys = await keyProviders
    .gather({ encryptionKeys: [], ...config })
    .catch((error: Error) => error.message);
  return {
    failures,
    ids: typeof keys === 'string' ? keys : keys.map(({ id }) => id),
  };
}

describe('encryption keys', () => {
  it.each([
    {
      where: 'the configuration alone: the first one seals',
      providers: {},
      config: { encryptionKeys: [key('k1'), key('k2')] },
      ids: ['k1', 'k2'],
    },
    {
      where: 'a provider alone: its first one seals',
      providers: { vault: () => [key('v1'), key('v2')] },
      config: {},
      ids: ['v1', 'v2'],
    },
    {
      where: 'both: a new provider is only read with',
      providers: { vault: () => [key('v1')] },
      config: { encryptionKeys: [key('k1')] },
      ids: ['k1', 'v1'],
    },
    {
      where: 'both, and the one of the provider is named to seal',
      providers: { vault: () => [key('v1'), key('v2')] },
      config: { encryptionKeys: [key('k1')], sealWith: 'v2' },
      ids: ['v2', 'k1', 'v1'],
    },
    {
      where: 'several providers, with the encrypting key named',
      providers: { vault: () => [key('v1')], files: () => [key('f1')] },
      config: { sealWith: 'f1' },
      ids: ['f1', 'v1'],
    },
    {
      where: 'both at once, on the way from one to the other',
      providers: { vault: () => [key('k1'), key('k2')] },
      config: { encryptionKeys: [key('k1')] },
      ids: ['k1', 'k2'],
    },
  ])('come from $where', async ({ providers, config, ids }) => {
    expect(await gather(providers, config)).toEqual({ failures: {}, ids });
  });

  it.each([
    [
      'cannot read',
      () => {
        throw Object.assign(new Error('Vault is sealed. Unseal it.'), {
          request: { token: 'secret' },
        });
      },
      'Vault is sealed. Unseal it.',
    ],
    ['returns none', () => [], 'It returned no keys.'],
    [
      'never answers',
      () => new Promise(() => {}),
      "It didn't respond within 0.05 seconds.",
    ],
    [
      'has a short secret',
      () => [key('v1', 'short')],
      "The secret of encryption key 'v1' is shorter than 32 bytes. Make one with: openssl rand -base64 32",
    ],
    [
      'has no secret',
      () => [{ id: 'v1' }],
      "The secret of encryption key 'v1' is shorter than 32 bytes. Make one with: openssl rand -base64 32",
    ],
    [
      'has no id',
      () => [{ secret: 'x'.repeat(40) }],
      "Encryption key ID 'undefined' must be 1 to 64 letters, digits, '-' or '_'",
    ],
    [
      'has another secret under a known id',
      () => [key('k1', 'x'.repeat(40))],
      "Encryption key 'k1' has another secret elsewhere. Add the new secret under another ID.",
    ],
    [
      'contradicts itself',
      () => [key('v1'), key('v1', 'x'.repeat(40))],
      "Encryption key 'v1' has another secret elsewhere. Add the new secret under another ID.",
    ],
  ])(
    'stay those of the others when a provider %s, and its module fails with the reason',
    async (_, bad, reason) => {
      expect(
        await gather(
          { bad, good: () => [key('g1')] },
          { encryptionKeys: [key('k1')] },
        ),
      ).toEqual({
        ids: ['k1', 'g1'],
        failures: {
          bad: `The key provider 'bad' supplies no encryption keys. ${reason}`,
        },
      });
    },
  );

  const away = () => {
    throw new Error('away');
  };
  it.each([
    {
      where: 'no key is configured anywhere',
      providers: {},
      config: {},
      message:
        /datasourceAuth\.encryption\.keys is not configured[^]*openssl rand -base64 32[^]*keys: \[\{ id: k1, secret: \$\{DATASOURCE_AUTH_SECRET\} \}\]/,
    },
    {
      where: 'the only provider failed',
      providers: { vault: away },
      config: {},
      message:
        /^There is no encryption key: key provider 'vault' failed, and datasourceAuth\.encryption\.keys is not configured\.$/,
    },
    {
      where: 'the key that should seal is with a provider that failed',
      providers: { vault: away },
      config: { encryptionKeys: [key('k1')], sealWith: 'v1' },
      message:
        /^datasourceAuth\.encryption\.sealWith names the encryption key 'v1', which doesn't exist because key provider 'vault' failed\. The keys are: k1\.$/,
    },
    {
      where: 'the key that should seal is nowhere',
      providers: {},
      config: { sealWith: 'v1' },
      message: /'v1', which doesn't exist\. The keys are: none\.$/,
    },
    {
      where: "the encrypting key isn't named",
      providers: { vault: () => [key('v1')], files: () => [key('f1')] },
      config: {},
      message:
        /^Several key providers supply encryption keys \(vault, files\)\. Set datasourceAuth\.encryption\.sealWith to the ID of the key that encrypts\.$/,
    },
  ])(
    'stop the start when $where, with what to do',
    async ({ providers, config, message }) => {
      expect((await gather(providers, config)).ids).toMatch(message);
    },
  );
});
