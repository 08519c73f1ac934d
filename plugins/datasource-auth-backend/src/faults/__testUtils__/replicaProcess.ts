import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import express from 'express';
import Router from 'express-promise-router';
import { createSignedInUsers } from '../../__testUtils__/signedInUsers';
import { BrokerMoment } from '../../credentials/TokenBroker';
import { createDatasourceAuthPlugin } from '../../plugin';
import { FromReplica, ToReplica } from './messages';

/*
 * The program of a replica: a real backend with the plugin, and a plugin that gets tokens as itself. It holds an
 * exchange at the parent's request, until the parent releases it.
 */

const { REPLICA_PORT, REPLICA_LEASE, REPLICA_CLOCK_SHIFT, REPLICA_SIGN_IN } =
  process.env;

const shift = Number(REPLICA_CLOCK_SHIFT ?? 0);
if (shift) {
  const now = Date.now.bind(Date);
  Date.now = () => now() + shift;
}

// Ends with its parent, so that tests leave no processes behind.
const end = () => process.kill(process.pid, 'SIGKILL');
process.once('disconnect', end);
// It may have ended while the modules above were loaded.
if (!process.connected) end();

const tell = (message: FromReplica) => process.send?.(message);
const armed = new Set<BrokerMoment>();
let release = () => {};

process.on('message', (message: ToReplica) => {
  if (message.stopAt) armed.add(message.stopAt);
  if (message.go) release();
});

async function hold(moment: BrokerMoment): Promise<void> {
  if (!armed.delete(moment)) return;
  tell({ arrived: moment });
  await new Promise<void>(resolve => {
    release = resolve;
  });
}

const signedIn = createSignedInUsers();

/** A plugin that gets tokens with its own credentials, or on behalf of any user. It has no access control: only tests call it. */
const consumer = createBackendPlugin({
  pluginId: 'faults-consumer',
  register(env) {
    env.registerInit({
      deps: { auth: coreServices.auth, httpRouter: coreServices.httpRouter },
      async init({ auth, httpRouter }) {
        const router = Router();
        router.use(express.json());
        router.post('/take/:datasource', async (req, res) => {
          const { user } = req.body;
          const { token } = await auth.getPluginRequestToken({
            onBehalfOf: user
              ? await auth.authenticate(await (await signedIn).tokenFor(user))
              : await auth.getOwnServiceCredentials(),
            targetPluginId: 'datasource-auth',
          });
          const answer = await fetch(
            `http://localhost:${REPLICA_PORT}/api/datasource-auth/datasources/${req.params.datasource}/token`,
            {
              method: 'POST',
              headers: {
                authorization: `Bearer ${token}`,
                'content-type': 'application/json',
              },
              body: JSON.stringify(user ? { subject: 'user' } : {}),
            },
          );
          res.status(answer.status).json(await answer.json());
        });
        httpRouter.use(router);
        httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
      },
    });
  },
});

const backend = createBackend();
backend.add(
  createDatasourceAuthPlugin({
    hold,
    leaseMilliseconds: Number(REPLICA_LEASE),
  }),
);
backend.add(consumer);
if (REPLICA_SIGN_IN) {
  backend.add(import('@backstage/plugin-auth-backend'));
  backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
} else {
  backend.add(signedIn.then(({ authPlugin }) => ({ default: authPlugin })));
}
backend.start().then(
  () => tell({ ready: true }),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
