/**
 * Types, schemas, permissions and error codes of the datasource-auth plugin.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './apiPath';
export * from './apiQuery';
export * from './apiUrl';
export * from './authorizationRequests';
export * from './authSettings';
export { BINDING_SETTINGS, REQUEST_SETTINGS } from './bindingSettings';
export * from './clientAuthentications';
export * from './clientCredential';
export * from './destinationPolicy';
export * from './entities';
export * from './errors';
export * from './filledScopes';
export * from './gatewayHeaders';
export * from './gatewayPath';
export * from './gatewayRoutes';
export * from './importedFrom';
export { fillInstance } from './instanceValues';
export * from './issuerProposal';
export * from './names';
export * from './openApiChanges';
export * from './openApiDraft';
export * from './openApiProposal';
export * from './origins';
export * from './missingScopes';
export * from './parameters';
export * from './permissions';
export * from './presetDraft';
export * from './presetSchema';
export * from './presetSettings';
export * from './requiredSettings';
export * from './scope';
export * from './secretAlone';
export {
  type DatasourceSettings,
  type DatasourceSettingsInput,
  datasourceSettingsSchema,
  type DatasourceSettingsView,
  type SecretInfo,
} from './settings';
export { secretSchema, type Value, valueSchema } from './settingValues';
export * from './status';
export { TEMPLATE_PLACES, type TemplateReach } from './templatePlaces';
export * from './testPath';
export { urlSchema } from './urlSchema';
