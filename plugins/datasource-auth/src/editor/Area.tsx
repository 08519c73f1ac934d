import { useEditorFacts } from '../fields/EditorContext';
import { FieldSpec } from '../kinds';
import { EditorValues } from '../settings/settingsForm';
import { isRequired, isShown } from '../settings/requiredFields';
import { Setting } from './Setting';

/** Those of the given settings that the form shows. */
export const Area = (props: {
  fields: readonly FieldSpec[];
  values: EditorValues;
}) => {
  const { fields, values } = props;
  const { stored } = useEditorFacts();
  return (
    <>
      {fields
        .filter(field => isShown(field, values, stored))
        .map(field => (
          <Setting
            key={field.id}
            id={field.id}
            required={isRequired(field, values)}
          />
        ))}
    </>
  );
};
