import { createPlugin } from '@backstage/core-plugin-api';
import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import {
  DatasourceConnectionField,
  DatasourceConnectionFieldSchema,
} from './DatasourceConnectionField';
import {
  DatasourcePickerField,
  DatasourcePickerFieldSchema,
} from './DatasourcePickerField';
import { requireConnection } from './requireConnection';

const plugin = createPlugin({ id: 'datasource-auth-scaffolder' });

/**
 * The field `DatasourcePicker` for apps of the legacy frontend system. Add it to `ScaffolderFieldExtensions`.
 *
 * @public
 */
export const DatasourcePickerFieldExtension = plugin.provide(
  createScaffolderFieldExtension({
    name: 'DatasourcePicker',
    component: DatasourcePickerField,
    schema: DatasourcePickerFieldSchema.schema,
  }),
);

/**
 * The field `DatasourceConnection` for apps of the legacy frontend system. Add it to `ScaffolderFieldExtensions`.
 *
 * @public
 */
export const DatasourceConnectionFieldExtension = plugin.provide(
  createScaffolderFieldExtension({
    name: 'DatasourceConnection',
    component: DatasourceConnectionField,
    validation: requireConnection,
    schema: DatasourceConnectionFieldSchema.schema,
  }),
);
