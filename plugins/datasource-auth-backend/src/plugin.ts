import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
  tracingServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { datasourceAuthPermissions } from 'backstage-plugin-datasource-auth-common';
import type { Request } from 'express';
import Router from 'express-promise-router';
import {
  OnConnect,
  Resolve,
} from 'backstage-plugin-datasource-auth-node/egress';
import { KeyProviders } from './sealing/KeyProviders';
import { BrokerMoment } from './credentials/TokenBroker';
import { registerActions } from './actions';
import { resourceOf } from './access/DatasourceRights';
import { KnownCallers } from './access/KnownCallers';
import { KnownPlugins } from './access/KnownPlugins';
import { readDatasourceAuthConfig } from './config';
import { createEmailOf } from './connections/createEmailOf';
import { openDatabase } from './database/database';
import { createDatasourceAuth, DatasourceAuth } from './createDatasourceAuth';
import {
  datasourceResourceRef,
  datasourceRules,
  encryptionKeysExtensionPoint,
  presetsExtensionPoint,
  signersExtensionPoint,
} from 'backstage-plugin-datasource-auth-node';
import { createActivityRouter } from './http/activity';
import { createAuthorizationsRouter } from './http/authorizations';
import { createConnectionsRouter } from './http/connections';
import { createCallerOf } from './http/context';
import { createDelegationsRouter } from './http/delegations';
import { createDatasourcesRouter } from './http/datasources';
import { createCallsRouter } from './http/calls';
import { createGatewayRouter } from './http/gateway';
import { createHealthRouter } from './http/health';
import { createIssuerImportRouter } from './http/issuerImport';
import { createOAuthRouter } from './http/oauth';
import { createOpenApiRouter } from './http/openapi';
import { jsonBody } from './http/parse';
import { createPluginsRouter } from './http/plugins';
import { createProvidersRouter } from './http/providers';
import { createTokensRouter } from './http/tokens';
import { addAuthorizationRequests } from './requests/addAuthorizationRequests';
import { createOpenApiImportRouter } from './imports/createOpenApiImportRouter';
import { PresetProblem, PresetRegistry } from './providers/PresetRegistry';
import { Signers } from './signing/Signers';
import { scheduleHousekeeping } from './housekeeping';

/**
 * Backend plugin that stores datasources and their credentials and gives fresh tokens to other plugins.
 *
 * @public
 */
export const datasourceAuthPlugin = createDatasourceAuthPlugin();

/** Creates the plugin. Fault tests stop it at a named moment and shorten its leases. */
export function createDatasourceAuthPlugin(
  options: {
    hold?: (moment: BrokerMoment) => Promise<void>;
    /** Called for every socket opened to a provider or an API. */
    onConnect?: OnConnect;
    /** Resolves the names of providers and APIs. Default: the system's resolver. */
    resolve?: Resolve;
    /** Time that a replica has for a refresh before another one takes over. Default: one minute. */
    leaseMilliseconds?: number;
    /** Receives the assembled parts, so that tests can reach what no route exposes. */
    onParts?: (parts: DatasourceAuth) => void;
  } = {},
) {
  return createBackendPlugin({
    pluginId: 'datasource-auth',
    register(env) {
      let report = (_problem: PresetProblem) => {};
      const presets = new PresetRegistry({
        onProblem: problem => report(problem),
      });
      // An invalid preset throws when it is added, so that only its module fails.
      env.registerExtensionPoint(presetsExtensionPoint, presets);
      const keyProviders = new KeyProviders();
      env.registerExtensionPoint({
        extensionPoint: encryptionKeysExtensionPoint,
        factory: context => keyProviders.forModule(context),
      });
      // An invalid signer throws when it is registered, so that only its module fails.
      const signers = new Signers();
      env.registerExtensionPoint(signersExtensionPoint, signers);
      env.registerInit({
        deps: {
          actionsRegistry: actionsRegistryServiceRef,
          auditor: coreServices.auditor,
          auth: coreServices.auth,
          catalog: catalogServiceRef,
          config: coreServices.rootConfig,
          database: coreServices.database,
          discovery: coreServices.discovery,
          events: eventsServiceRef,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          instanceMetadata: coreServices.rootInstanceMetadata,
          lifecycle: coreServices.lifecycle,
          logger: coreServices.logger,
          metrics: metricsServiceRef,
          notifications: notificationService,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
          scheduler: coreServices.scheduler,
          systemMetadata: coreServices.rootSystemMetadata,
          tracing: tracingServiceRef,
          userInfo: coreServices.userInfo,
        },
        async init(deps) {
          const { httpRouter, logger, permissionsRegistry } = deps;
          report = ({ file, message }) =>
            logger.error(
              `Skipped the invalid preset presets/${file}. ${message}`,
            );
          const baseUrl = await deps.discovery.getExternalBaseUrl(
            'datasource-auth',
          );
          const config = readDatasourceAuthConfig(deps.config, baseUrl);
          const encryptionKeys = await keyProviders.gather(config);
          const knex = await openDatabase(deps.database);
          const parts = await createDatasourceAuth({
            ...deps,
            emailOf: createEmailOf(deps),
            rootConfig: deps.config,
            knex,
            signers,
            config: { ...config, encryptionKeys },
            ...options,
          });
          options.onParts?.(parts);

          permissionsRegistry.addResourceType({
            resourceRef: datasourceResourceRef,
            permissions: datasourceAuthPermissions.filter(
              permission => permission.type === 'resource',
            ),
            rules: Object.values(datasourceRules),
            getResources: names =>
              Promise.all(
                names.map(async name => {
                  const record = await parts.store.findByName(name);
                  return record && resourceOf(record);
                }),
              ),
          });
          permissionsRegistry.addPermissions(
            datasourceAuthPermissions.filter(
              permission => permission.type === 'basic',
            ),
          );

          const callerOf = createCallerOf(deps);
          const known = new KnownCallers({ identify: callerOf });
          const oftenCalled = {
            ...parts,
            callerOf: (req: Request) => known.callerOf(req),
          };
          const router = Router();
          // First, because they are called most: each router before them costs as much as the response.
          router.use(createTokensRouter(oftenCalled));
          router.use(createGatewayRouter(oftenCalled));
          router.use(createCallsRouter(oftenCalled));
          router.use(createOAuthRouter({ ...parts, ...config, logger }));
          router.use(
            createOpenApiImportRouter({ ...deps, ...parts, presets, callerOf }),
          );
          router.use(jsonBody());
          router.use(createAuthorizationsRouter({ ...parts, callerOf }));
          router.use(
            await addAuthorizationRequests({
              ...deps,
              ...parts,
              ...config,
              knex,
              presets,
              callerOf,
            }),
          );
          router.use(createConnectionsRouter({ ...parts, callerOf }));
          router.use(createDelegationsRouter({ ...parts, callerOf }));
          router.use(createDatasourcesRouter({ ...parts, callerOf }));
          router.use(createActivityRouter({ ...parts, callerOf }));
          router.use(createIssuerImportRouter({ ...parts, callerOf }));
          router.use(createProvidersRouter({ presets, callerOf }));
          const plugins = new KnownPlugins({ ...deps, ...parts });
          router.use(createPluginsRouter({ plugins, callerOf }));
          router.use(createHealthRouter({ ...parts, callerOf }));
          router.use(createOpenApiRouter({ baseUrl }));
          httpRouter.use(router);
          for (const path of [
            '/oauth',
            // Without this and KnownCallers, Backstage verifies the token of each call, and the gateway is slower than
            // docs/performance.md says. It is safe because these routes identify their callers themselves: see
            // access/everyRoute.test.ts for unauthenticated callers and KnownCallers.test.ts for tokens that expire or
            // differ.
            '/datasources/:name/token',
            '/gateway',
          ]) {
            httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
          }

          registerActions({ ...deps, ...parts, ...config });
          await scheduleHousekeeping({ ...deps, ...parts, config });
        },
      });
    },
  });
}
