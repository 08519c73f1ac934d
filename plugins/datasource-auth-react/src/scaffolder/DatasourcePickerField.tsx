import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { GRANT_TYPES } from 'backstage-plugin-datasource-auth-common';
import { DatasourcePicker } from '../picker';

/**
 * Value (the name of a datasource) and `ui:options` of the template field `DatasourcePicker`.
 *
 * @public
 */
export const DatasourcePickerFieldSchema = makeFieldSchema({
  output: z => z.string().describe('Name of the chosen datasource'),
  uiOptions: z =>
    z.object({
      grantType: z
        .enum(GRANT_TYPES)
        .optional()
        .describe('Only datasources of this grant'),
    }),
});

/**
 * The `DatasourcePicker` as a field of a scaffolder template.
 *
 * @public
 */
export const DatasourcePickerField = (
  props: typeof DatasourcePickerFieldSchema.TProps,
) => {
  const {
    formData,
    idSchema,
    onChange,
    rawErrors,
    required,
    schema,
    uiSchema,
  } = props;
  return (
    <DatasourcePicker
      id={idSchema?.$id}
      value={formData ?? ''}
      onChange={name => onChange(name || undefined)}
      grantType={uiSchema['ui:options']?.grantType}
      label={uiSchema['ui:title'] ?? schema.title}
      help={uiSchema['ui:description'] ?? schema.description}
      required={required}
      disabled={props.disabled || uiSchema['ui:disabled']}
      error={Boolean(rawErrors?.length) && !formData}
    />
  );
};
