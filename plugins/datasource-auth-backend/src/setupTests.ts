/*
 * Backstage's test backend always loads the readers of all clouds and a client of Redis: a third of what each test file
 * loads. No test reads a URL or uses a cache.
 */

jest.mock('@backstage/backend-defaults/urlReader', () => {
  const { coreServices, createServiceFactory } = jest.requireActual(
    '@backstage/backend-plugin-api',
  );
  return {
    urlReaderServiceFactory: createServiceFactory({
      service: coreServices.urlReader,
      deps: {},
      factory: () => ({}),
    }),
  };
});
jest.mock('@keyv/redis', () => ({}));
jest.mock('@keyv/valkey', () => ({}));
