import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import express from 'express';
import Router from 'express-promise-router';
import { createSignedInUsers } from '../../__testUtils__/signedInUsers';
import { BrokerMoment } from '../../credentials/TokenBroker';
import { DatasourceAuth } from '../../createDatasourceAuth';
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
let parts: DatasourceAuth | undefined;

process.on('message', (message: ToReplica) => {
  if (message.stopAt) armed.add(message.stopAt);
  if (message.go) release();
  if (message.run) {
    const { sweeper, ...others } = parts!;
    const work =
      message.run === 'sweeper' ? sweeper.sweep() : others[message.run].run();
    work.then(
      () => tell({ ran: true }),
      () => tell({ ran: false }),
    );
  }
});

async function hold(moment: BrokerMoment): Promise<void> {
  if (!armed.delete(moment)) return;
  tell({ arrived: moment });
  await new Promise<void>(resolve => {
    release = resolve;
  });
}

const signedIn = createSignedInUsers();

/**
 * A plugin that gets tokens with its own credentials, or on behalf of any user, and signs users in. It has no access
 * control: only tests call it.
 */
const consumer = createBackendPlugin({
  pluginId: 'faults-consumer',
  register(env) {
    env.registerInit({
      deps: { auth: coreServices.auth, httpRouter: coreServices.httpRouter },
      async init({ auth, httpRouter }) {
        const router = Router();
        router.use(express.json());
        const signIn = async (user: string) => (await signedIn).tokenFor(user);
        const pluginToken = async (user: string | undefined) => {
          const { token } = await auth.getPluginRequestToken({
            onBehalfOf: user
              ? await auth.authenticate(await signIn(user))
              : await auth.getOwnServiceCredentials(),
            targetPluginId: 'datasource-auth',
          });
          return token;
        };
        router.post('/tokens', async (req, res) => {
          const { user } = req.body;
          res.json({
            person: await signIn(user),
            plugin: await pluginToken(user),
          });
        });
        router.post('/take/:datasource', async (req, res) => {
          const { user, headers } = req.body;
          const token = await pluginToken(user);
          const answer = await fetch(
            `http://localhost:${REPLICA_PORT}/api/datasource-auth/datasources/${req.params.datasource}/token`,
            {
              method: 'POST',
              headers: {
                authorization: `Bearer ${token}`,
                'content-type': 'application/json',
                ...headers,
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
    onParts: all => {
      parts = all;
    },
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
