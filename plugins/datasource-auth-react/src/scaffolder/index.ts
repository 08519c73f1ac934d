/**
 * The picker as a field of scaffolder templates. An entry of its own, so that the scaffolder is needed only by those who
 * have one.
 *
 * @packageDocumentation
 */
export {
  DatasourcePickerField,
  DatasourcePickerFieldSchema,
} from './DatasourcePickerField';
export { DatasourcePickerFieldExtension } from './legacy';
export { datasourcePickerModule as default } from './module';
