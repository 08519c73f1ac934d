import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';

/** People of examples/org.yaml. */
const PEOPLE = ['jane', 'joe'];

/** Names the person to sign in as. */
const HEADER = 'x-demo-person';

const authenticator = createProxyAuthenticator({
  defaultProfileTransform: async () => ({ profile: {} }),
  initialize() {
    if (process.env.NODE_ENV !== 'development') {
      throw new Error('People sign in without a password only in the demo');
    }
  },
  async authenticate({ req }) {
    const name = req.get(HEADER) ?? '';
    if (!PEOPLE.includes(name)) {
      throw new Error(`The header ${HEADER} must be one of ${PEOPLE}`);
    }
    return { result: { name } };
  },
});

/**
 * Signs in the people of the demo, beside the guest: several people share the guest, so it can't connect an account.
 * Anyone who reaches the demo can be either of them. It listens on this machine only.
 */
export default createBackendModule({
  pluginId: 'auth',
  moduleId: 'demo-people',
  register(env) {
    env.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'demo-people',
          factory: createProxyAuthProviderFactory({
            authenticator,
            signInResolver: async ({ result: { name } }, ctx) => {
              const sub = `user:default/${name}`;
              return ctx.issueToken({ claims: { sub, ent: [sub] } });
            },
          }),
        });
      },
    });
  },
});
