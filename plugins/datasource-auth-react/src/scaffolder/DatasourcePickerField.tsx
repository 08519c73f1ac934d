import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { GRANTS_AND_KINDS } from 'backstage-plugin-datasource-auth-common';
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
      way: z
        .enum(GRANTS_AND_KINDS)
        .optional()
        .describe('Only datasources that authenticate in this way'),
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
      way={uiSchema['ui:options']?.way}
      label={uiSchema['ui:title'] ?? schema.title}
      help={uiSchema['ui:description'] ?? schema.description}
      required={required}
      disabled={props.disabled || uiSchema['ui:disabled']}
      error={Boolean(rawErrors?.length) && !formData}
    />
  );
};
