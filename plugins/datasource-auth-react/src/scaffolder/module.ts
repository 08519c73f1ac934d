import { createFrontendModule } from '@backstage/frontend-plugin-api';
import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';

/** The field as an extension of the scaffolder. */
export const datasourcePickerExtension = FormFieldBlueprint.make({
  name: 'datasource-picker',
  params: {
    field: () =>
      import('./DatasourcePickerField').then(m =>
        createFormField({
          name: 'DatasourcePicker',
          component: m.DatasourcePickerField,
          schema: m.DatasourcePickerFieldSchema,
        }),
      ),
  },
});

/**
 * The field `DatasourcePicker` for apps of the new frontend system. Add it to the `features` of `createApp`.
 *
 * @alpha
 */
export const datasourcePickerModule = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [datasourcePickerExtension],
});
