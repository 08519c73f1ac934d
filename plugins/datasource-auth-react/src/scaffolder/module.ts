import { createFrontendModule } from '@backstage/frontend-plugin-api';
import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';

/** The field `DatasourcePicker` as an extension of the scaffolder. */
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

/** The field `DatasourceConnection` as an extension of the scaffolder. */
export const datasourceConnectionExtension = FormFieldBlueprint.make({
  name: 'datasource-connection',
  params: {
    field: async () => {
      const [field, { requireConnection }] = await Promise.all([
        import('./DatasourceConnectionField'),
        import('./requireConnection'),
      ]);
      return createFormField({
        name: 'DatasourceConnection',
        component: field.DatasourceConnectionField,
        validation: requireConnection,
        schema: field.DatasourceConnectionFieldSchema,
      });
    },
  },
});

/**
 * The fields `DatasourcePicker` and `DatasourceConnection` for apps of the new frontend system. Add it to the `features`
 * of `createApp`.
 *
 * @alpha
 */
export const datasourceFieldsModule = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [datasourcePickerExtension, datasourceConnectionExtension],
});
