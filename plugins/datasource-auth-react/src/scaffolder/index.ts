/**
 * The picker as a field of scaffolder templates. It is a separate entry point, so that only apps with the scaffolder
 * need it.
 *
 * @packageDocumentation
 */
export {
  DatasourcePickerField,
  DatasourcePickerFieldSchema,
} from './DatasourcePickerField';
export { DatasourcePickerFieldExtension } from './legacy';
export { datasourcePickerModule as default } from './module';
