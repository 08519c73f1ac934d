/**
 * Types, schemas, permissions and error codes of the datasource-auth plugin.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './apiPath';
export * from './apiQuery';
export * from './apiUrl';
export { HMAC_KEY_BYTES, JWT_ALGORITHMS } from './assertions';
export * from './authorizationRequests';
export * from './bindingSettings';
export {
  CLIENT_AUTHENTICATION_METHODS,
  CLIENT_AUTHENTICATIONS,
  type ClientAuthenticationDescriptor,
  type ClientAuthenticationMethod,
  ofClientAuthentications,
} from './clientAuthentications';
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
export { clientAuthenticationSchema } from './kinds';
export * from './missingScopes';
export * from './parameters';
export * from './templates';
export * from './tokenMembers';
export {
  GRANT_TYPES,
  GRANTS,
  type GrantDescriptor,
  type GrantType,
  grantTypeSchema,
  isApprovedByPerson,
  ofGrants,
  type ParameterSchemas,
} from './grants';
export * from './permissions';
export * from './presetDraft';
export * from './presetSchema';
export * from './presetSettings';
export * from './requiredSettings';
export * from './scope';
export { settingAt } from './settingAt';
export * from './secretAlone';
export {
  type DatasourceSettings,
  type DatasourceSettingsInput,
  datasourceSettingsSchema,
  type DatasourceSettingsView,
  type SecretInfo,
  type Viewed,
} from './settings';
export { secretSchema, type Value, valueSchema } from './settingValues';
export * from './status';
export { TEMPLATE_PLACES } from './templatePlaces';
export type { TemplateReach } from './TemplateReach';
export * from './testPath';
export { urlSchema } from './urlSchema';
