/**
 * The page on which platform teams authorize external APIs, for apps of the legacy frontend system. The new frontend
 * system finds it under `./alpha`.
 *
 * @packageDocumentation
 */
export { datasourceAuthPlugin, DatasourceAuthPage } from './plugin';
export { datasourceAuthTranslationRef } from './translation';
