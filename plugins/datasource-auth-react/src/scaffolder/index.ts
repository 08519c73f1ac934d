/**
 * Fields of scaffolder templates. They are a separate entry point, so that only apps with the scaffolder need
 * them.
 *
 * @packageDocumentation
 */
export {
  DatasourceConnectionField,
  DatasourceConnectionFieldSchema,
} from './DatasourceConnectionField';
export {
  DatasourcePickerField,
  DatasourcePickerFieldSchema,
} from './DatasourcePickerField';
export {
  DatasourceConnectionFieldExtension,
  DatasourcePickerFieldExtension,
} from './legacy';
export { datasourceFieldsModule as default } from './module';
