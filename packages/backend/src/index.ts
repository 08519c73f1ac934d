import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('./demoPeople'));
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-scaffolder-backend'));

backend.add(import('backstage-plugin-datasource-auth-backend'));
backend.add(import('./demoPreset'));
backend.add(
  import('backstage-plugin-scaffolder-backend-module-datasource-auth'),
);
backend.add(import('backstage-plugin-sample-catalog-module'));
backend.add(import('backstage-plugin-sample-consumer-backend'));

backend.start();
