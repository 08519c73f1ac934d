/**
 * Types, permissions and error codes of the datasource-auth plugin.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './apiPath';
export * from './apiQuery';
export { type ApiSettings, hasApiSecret } from './apiSecrets';
export * from './apiUrl';
export { HMAC_KEY_BYTES, JWT_ALGORITHMS } from './assertions';
export {
  AUTHORIZATION_REQUEST_HEADER,
  type AuthorizationRequestCreate,
  type AuthorizationRequestEntry,
  type AuthorizationRequestInvitation,
  type AuthorizationRequestList,
  type AuthorizationRequestState,
  DEFAULT_REQUEST_HOURS,
  MAX_REQUEST_HOURS,
  MAX_REQUEST_MESSAGE,
  type RequestedApproval,
} from './authorizationRequests';
export * from './bindingSettings';
export {
  CLIENT_AUTHENTICATION_METHODS,
  CLIENT_AUTHENTICATIONS,
  type ClientAuthenticationDescriptor,
  type ClientAuthenticationMethod,
  ofClientAuthentications,
} from './clientAuthentications';
export {
  CLIENT_CERTIFICATE_SECRETS,
  type ClientCertificateSettings,
  hasClientCertificate,
  requiresClientCertificate,
} from './clientCertificate';
export * from './clientCredential';
export {
  type FileReference,
  isFileReference,
  namesInstalledProof,
} from './credentialFiles';
export {
  CREDENTIAL_TEMPLATES,
  type OwnRequestForm,
} from './credentialTemplates';
export * from './destinationPolicy';
export * from './entities';
export * from './errors';
export {
  type Fault,
  type FaultCode,
  type FaultEntry,
  FAULTS,
  type FlatTexts,
  PATH_FAULTS,
  type PathFault,
  type PlaceholdersOf,
  type WithoutPluralSuffix,
} from './faults';
export * from './filledScopes';
export * from './gatewayHeaders';
export * from './gatewayPath';
export { type GatewayRoute, matchGatewayRoutes } from './gatewayRoutes';
export { MAX_KEPT_SCOPES } from './importedFrom';
export { fillInstance, instanceName } from './instanceValues';
export type { IssuerProposal } from './issuerProposal';
export {
  type GrantOrKind,
  grantOrKindOf,
  GRANTS_AND_KINDS,
  isFromSettings,
  isHeldBySettings,
  type Kind,
  KIND_NAMES,
  type KindDescriptor,
  kindOf,
  KINDS,
  type KindSettings,
  secretSettingsOf,
} from './kinds/descriptors';
export {
  DATASOURCE_NAME_PATTERN,
  PLUGIN_ID_PATTERN,
  RESERVED_DATASOURCE_NAMES,
} from './names';
export * from './openApiChanges';
export * from './openApiDraft';
export {
  type OpenApiKey,
  type OpenApiKeys,
  type OpenApiOther,
  type OpenApiRefusal,
  isClientCertificate,
  isInAuthorization,
} from './openApiKeys';
export type {
  OpenApiFlow,
  OpenApiImport,
  OpenApiOperation,
  OpenApiProblem,
  OpenApiProposal,
  OpenApiScheme,
  OpenApiScope,
  OpenApiServer,
  OpenApiValue,
  OpenApiVariable,
} from './openApiProposal';
export * from './origins';
export * from './missingScopes';
export * from './parameters';
export * from './templates';
export * from './tokenMembers';
export {
  GRANT_TYPES,
  GRANTS,
  type GrantDescriptor,
  type GrantType,
  isApprovedByPerson,
  ofGrants,
} from './grants';
export * from './permissions';
export * from './preset';
export * from './presetDraft';
export { parsePreset, presetJsonSchema } from './presetSchema';
export * from './presetRegistration';
export * from './presetScopes';
export * from './presetSettings';
export * from './expiredResponse';
export {
  authorityName,
  hostExpression,
  isAuthority,
  keptHostName,
} from './hostTemplates';
export { hostOfKept, isKeptHost } from './keepHosts';
export * from './readPath';
export type { RequestBody, RequestBodyPart } from './requestBody';
export * from './requiredSettings';
export { personalSecretFault, personalSecrets } from './personalSecrets';
export { WHOLE_RESPONSE } from './responseSettings';
export { settingAt } from './settingAt';
export * from './secretAlone';
export {
  bindsToCertificate,
  isBoundToBackend,
  SENDER_CONSTRAINTS,
  type SenderConstraint,
  type SenderConstraintSettings,
} from './senderConstraint';
export {
  hasPersonalCredentials,
  hasServiceCredential,
  SUBJECTS,
  type Subjects,
  type SubjectsSettings,
} from './subjects';
export {
  type AuthSettings,
  type DatasourceSettings,
  type DatasourceSettingsInput,
  type DatasourceSettingsView,
  type ImportedFrom,
  oauth2Settings,
  parseDatasourceSettings,
  type SecretInfo,
  type Viewed,
} from './settings';
export type { Value } from './settingValues';
export * from './status';
export { TEMPLATE_PLACES } from './templatePlaces';
export type { TemplateReach } from './TemplateReach';
export { readTestPath, type TestPath } from './testPath';
export * from './texts';
