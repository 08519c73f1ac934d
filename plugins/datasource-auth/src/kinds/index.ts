export { type FieldArea, hasRows, hasSecretRows } from './Field';
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
export { DEFAULT_GRANT_TYPE, GRANTS_ON_PAGE } from './grants';
