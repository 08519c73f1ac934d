export {
  DatasourcePicker,
  type DatasourcePickerProps,
} from './DatasourcePicker';
