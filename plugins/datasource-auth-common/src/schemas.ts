/**
 * The zod schemas of the settings and of the HTTP API, shared by the packages of this suite. They can change in any
 * release: use the types and parse functions of the main entry point instead.
 *
 * @packageDocumentation
 */
export {
  authorizationCreateSchema,
  completionSchema,
} from './api/authorizations';
export {
  connectedPeopleQuerySchema,
  connectionConfirmationSchema,
  connectionEntrySchema,
} from './api/connections';
export {
  datasourceListQuerySchema,
  datasourceWriteSchema,
} from './api/datasources';
export {
  delegationApprovalSchema,
  delegationContextSchema,
  delegationCreateSchema,
} from './api/delegations';
export { tokenRequestSchema } from './api/tokens';
export {
  authorizationRequestCreateSchema,
  requestedAuthorizationSchema,
  requestRecipientSchema,
  requestSecretSchema,
} from './authorizationRequests';
export { fileNameSchema } from './credentialFiles';
export {
  type Fault,
  type FaultCode,
  type FaultEntry,
  FAULTS,
  faultsOf,
  type FlatTexts,
  PATH_FAULTS,
  type WithoutPluralSuffix,
} from './faults';
export type { GrantType } from './grants';
export { importedFromSchema } from './importedFrom';
export { issuerImportSchema } from './issuerProposal';
export { openApiImportSchema } from './openApiProposal';
export type { RequestBody, RequestBodyPart } from './requestBody';
export { scopeSchema } from './scope';
export { datasourceSettingsSchema } from './settings';
export { secretSchema, valueSchema } from './settingValues';
