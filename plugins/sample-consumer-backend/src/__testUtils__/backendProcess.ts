import { createBackend } from '@backstage/backend-defaults';

/* Runs a real backend with one plugin in its own process. */

const backend = createBackend();
if (process.env.TEST_PLUGIN === 'sample-consumer') {
  backend.add(import('../index'));
} else {
  // eslint-disable-next-line @backstage/no-mixed-plugin-imports -- it runs in a process without the consumer
  backend.add(import('backstage-plugin-datasource-auth-backend'));
}
backend.start();
