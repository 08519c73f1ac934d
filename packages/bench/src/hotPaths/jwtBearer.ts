import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { importPKCS8, SignJWT } from 'jose';
import { compare, interleaved } from '../measuring/pairs';
import { Worker } from '../processes/Worker';
import {
  datasourceSettingsSchema,
  DefaultProviderClient,
  Egress,
  providerContextOf,
  splitSecrets,
} from '../subject/datasourceAuthParts';
import type { TokenProviderProgram } from '../subject/tokenProviderProgram';
import { ratioFinding } from './Finding';
import { HotPath } from './HotPath';

const TOKENS = 200;

const KEY = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).privateKey;

/** Returns the microseconds of one token, one after the other. */
async function timeOf(get: () => Promise<string>): Promise<number> {
  const start = process.hrtime.bigint();
  for (let count = 0; count < TOKENS; count++) await get();
  return Number(process.hrtime.bigint() - start) / 1_000 / TOKENS;
}

/** Requests a token with the library and the global `fetch`. */
async function requestByHand(provider: string): Promise<string> {
  const seconds = Math.floor(Date.now() / 1000);
  const assertion = await new SignJWT({ scope: 'read' })
    .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
    .setIssuer('robot')
    .setAudience(`${provider}/token`)
    .setIssuedAt(seconds - 30)
    .setNotBefore(seconds - 30)
    .setExpirationTime(seconds + 60)
    .setJti(randomUUID())
    .sign(await importPKCS8(KEY, 'RS256'));
  const response = await fetch(`${provider}/token`, {
    method: 'POST',
    // A kept connection has long been closed when a token expires.
    headers: { accept: 'application/json', connection: 'close' },
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion,
    }),
  });
  if (!response.ok) throw new Error(`Status ${response.status}`);
  const { access_token: token } = await response.json();
  return token;
}

/** Requests tokens as the backend does for each datasource, from its settings to the checked response. */
function requestAsBackend(provider: string): () => Promise<string> {
  const { settings } = splitSecrets(
    datasourceSettingsSchema.parse({
      name: 'crm',
      auth: {
        grantType: 'jwt_bearer',
        token: { url: `${provider}/token` },
        assertion: {
          ...{ alg: 'RS256', kid: 'k1', issuer: 'robot' },
          claims: { scope: 'read' },
        },
      },
    }),
  );
  const secrets = new Map([['auth.assertion.key', KEY]]);
  const client = DefaultProviderClient.create({
    egress: new Egress({
      allow: ['localhost'],
      allowHttp: ['localhost'],
      only: [],
    }),
  });
  return async () => {
    const context = providerContextOf(
      { settings, secrets },
      'http://localhost:7007/api/datasource-auth/oauth/callback',
    );
    return (await client.requestToken(context)).accessToken;
  };
}

export const jwtBearer: HotPath = {
  name: 'jwt-bearer',
  title: 'A token of the JWT bearer grant',
  method: `One process, ${TOKENS} tokens per round with RS256 and a key of 2048 bits, each awaited before the next, from a provider in another process that responds at once. Both sides open a new connection for each request, as they do when a token lives for an hour. By hand, the key is read from PEM each time. Ours reads it once, and checks the destination and the response. Nothing is stored.`,

  async measure() {
    const worker = Worker.start<TokenProviderProgram>(
      'packages/bench/src/subject/tokenProviderProgram.ts',
      { log: 'jwt-bearer-provider' },
    );
    const provider = await worker.ask('start');
    const request = requestAsBackend(provider);
    const time = compare(
      await interleaved({
        rounds: 11,
        ours: () => timeOf(request),
        reference: () => timeOf(() => requestByHand(provider)),
      }),
      microseconds => microseconds,
    );
    await worker.stop();
    return [
      ratioFinding(
        {
          hotPath: 'JWT bearer grant: signing and request',
          reference: '`jose` and `fetch` by hand',
          ours: `${time.ours.toFixed(0)} µs`,
          theirs: `${time.reference.toFixed(0)} µs`,
        },
        { ratio: time.ratio, atMost: 1 },
      ),
    ];
  },
};
