import {
  createBackendPlugin,
  coreServices,
} from '@backstage/backend-plugin-api';
import { tokenTypes } from '@backstage/plugin-auth-node';
import Router from 'express-promise-router';
import { CompactSign, decodeJwt, exportJWK, generateKeyPair } from 'jose';

const KID = 'test-key';
const LIFE_SECONDS = 3_600;

/** Signs users in: real Backstage user tokens, and the plugin with the keys that prove them. */
export async function createSignedInUsers() {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: KID, alg: 'ES256' };

  const sign = (typ: string, payload: object) =>
    new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
      .setProtectedHeader({ typ, alg: 'ES256', kid: KID })
      .sign(privateKey);

  return {
    authPlugin: createBackendPlugin({
      pluginId: 'auth',
      register(env) {
        env.registerInit({
          deps: { httpRouter: coreServices.httpRouter },
          async init({ httpRouter }) {
            const router = Router();
            router.get('/.well-known/jwks.json', async (_req, res) => {
              res.json({ keys: [jwk] });
            });
            // A plugin that acts for a user has a token that only identifies them.
            router.get('/v1/userinfo', async (req, res) => {
              const token = req.headers.authorization!.split(' ')[1];
              const { sub } = decodeJwt(token);
              res.json({ claims: { sub, ent: [sub] } });
            });
            httpRouter.use(router);
            for (const path of ['/.well-known/jwks.json', '/v1/userinfo']) {
              httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
            }
          },
        });
      },
    }),
    /** A token as the sign-in page would issue it, with the proof that lets plugins act for the user. */
    async tokenFor(userRef: string, groups: string[] = []): Promise<string> {
      const iat = Math.floor(Date.now() / 1000);
      const claims = { sub: userRef, iat, exp: iat + LIFE_SECONDS };
      const limited = await sign(tokenTypes.limitedUser.typParam, claims);
      return sign(tokenTypes.user.typParam, {
        ...claims,
        ent: [userRef, ...groups],
        aud: tokenTypes.user.audClaim,
        uip: limited.split('.')[2],
      });
    },
  };
}
