export {
  ADVANCED_AREAS,
  type FieldArea,
  hasRows,
  hasSecretRows,
} from './Field';
export {
  appliesTo,
  type FieldId,
  FIELD_LIST,
  fieldOfPath,
  FIELDS,
  type FieldSpec,
  type HelpId,
  type OmittableId,
} from './fields';
export { type Way, WAY_NAMES, wayOf, WAYS } from './ways';
export { DEFAULT_GRANT_TYPE, GRANTS_ON_PAGE, hasRedirectUri } from './grants';
