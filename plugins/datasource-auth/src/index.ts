/**
 * The page on which platform teams authorize external APIs, for apps of the legacy frontend system. Apps of the new
 * frontend system import `./alpha`.
 *
 * @packageDocumentation
 */
export {
  datasourceAuthPlugin,
  DatasourceAuthPage,
  EntityDatasourceAuthCard,
  EntityDatasourceFilterPicker,
  HomePageDatasourcesCard,
  MyConnections,
} from './plugin';
export type { CredentialsCardProps } from './entities/CredentialsCard';
export { isDatasourceAuthAvailable } from './entities/isDatasourceAuthAvailable';
export {
  datasourceAuthTranslationRef,
  datasourceAuthTranslations,
} from './translation';
