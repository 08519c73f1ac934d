import { createPlugin } from '@backstage/core-plugin-api';
import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import {
  DatasourcePickerField,
  DatasourcePickerFieldSchema,
} from './DatasourcePickerField';

/**
 * The field `DatasourcePicker` for apps of the legacy frontend system. Add it to `ScaffolderFieldExtensions`.
 *
 * @public
 */
export const DatasourcePickerFieldExtension = createPlugin({
  id: 'datasource-auth-scaffolder',
}).provide(
  createScaffolderFieldExtension({
    name: 'DatasourcePicker',
    component: DatasourcePickerField,
    schema: DatasourcePickerFieldSchema.schema,
  }),
);
