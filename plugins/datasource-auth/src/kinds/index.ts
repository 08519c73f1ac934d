export type { FieldArea } from './Field';
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
export { GRANTS_ON_PAGE } from './grants';
