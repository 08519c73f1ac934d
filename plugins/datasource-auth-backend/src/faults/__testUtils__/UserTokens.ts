import {
  BackendFeature,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { tokenTypes } from '@backstage/plugin-auth-node';
import Router from 'express-promise-router';
import { CryptoKey, exportJWK, generateKeyPair, JWK, SignJWT } from 'jose';

const ALG = 'ES256';
const KID = 'faults';

/**
 * Signs tokens of users, as the auth plugin does for people who signed in. Takes the place of that plugin, so that a
 * replica accepts them without a sign-in.
 */
export class UserTokens {
  readonly #privateKey: CryptoKey;
  readonly #jwk: JWK;

  static async create(): Promise<UserTokens> {
    const { privateKey, publicKey } = await generateKeyPair(ALG);
    return new UserTokens(privateKey, await exportJWK(publicKey));
  }

  private constructor(privateKey: CryptoKey, jwk: JWK) {
    this.#privateKey = privateKey;
    this.#jwk = { ...jwk, alg: ALG, kid: KID };
  }

  /** Returns a token that a plugin may use on behalf of a user. */
  async limitedToken(userRef: string): Promise<string> {
    return new SignJWT({})
      .setProtectedHeader({
        ...{ typ: tokenTypes.limitedUser.typParam, alg: ALG, kid: KID },
      })
      .setSubject(userRef)
      .setIssuedAt()
      .setExpirationTime('1 h')
      .sign(this.#privateKey);
  }

  /** The auth plugin, with nothing but the key that verifies the tokens. */
  get plugin(): BackendFeature {
    const keys = [this.#jwk];
    return createBackendPlugin({
      pluginId: 'auth',
      register(env) {
        env.registerInit({
          deps: { httpRouter: coreServices.httpRouter },
          async init({ httpRouter }) {
            const router = Router();
            router.get('/.well-known/jwks.json', (_req, res) => {
              res.json({ keys });
            });
            httpRouter.use(router);
            httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
          },
        });
      },
    });
  }
}
