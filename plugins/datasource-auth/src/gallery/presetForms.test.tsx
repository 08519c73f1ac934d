import { fireEvent, render, screen } from '@testing-library/react';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { translationApiRef } from '@backstage/core-plugin-api/alpha';
import { MockErrorApi, mockApis, TestApiProvider } from '@backstage/test-utils';
import { errorApiRef } from '@backstage/core-plugin-api';
import { createTheme, ThemeProvider } from '@material-ui/core/styles';
import {
  DatasourceSettingsInput,
  Preset,
  presetSettings,
  PresetWay,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import { FormProvider, UseFormReturn } from 'react-hook-form';
import { apiStub } from '../__testUtils__/apiStub';
import { WithoutStyleSheets } from '../__testUtils__/WithoutStyleSheets';
import { EditorSections } from '../editor/EditorSections';
import { EditorStart } from '../editor/editorStart';
import { useEditorForm } from '../editor/useEditorForm';
import { EditorFactsProvider } from '../fields/EditorContext';
import { fieldElementId } from '../fields/useSetting';
import { FieldSpec } from '../kinds';
import {
  missingFields,
  missingInstanceValues,
  missingSecretValues,
} from '../settings/requiredFields';
import { EditorValues } from '../settings/settingsForm';
import { BUNDLED_PRESETS } from './__testUtils__/bundledPresets';
import { presetStartState } from './presetStart';

const CASES = BUNDLED_PRESETS.flatMap(preset =>
  preset.ways.map(way => [preset.id, way, preset] as const),
);

/** The form of the editor, without the panel beside it. */
const Form = (props: {
  start: EditorStart;
  onForm: (form: UseFormReturn<EditorValues>) => void;
  onSave: (settings: DatasourceSettingsInput | undefined) => void;
}) => {
  const editor = useEditorForm(props.start);
  props.onForm(editor.form);
  return (
    <FormProvider {...editor.form}>
      <EditorFactsProvider value={{ isNew: true, passwordGrantEnabled: true }}>
        <EditorSections faults={editor.summary} />
        <button onClick={() => props.onSave(editor.settings())}>Save</button>
        <ul aria-label="faults">
          {editor.summary.map(({ field, message }) => (
            <li key={message}>{`${field?.id}: ${message}`}</li>
          ))}
        </ul>
      </EditorFactsProvider>
    </FormProvider>
  );
};

function open(
  preset: Preset,
  way: PresetWay,
  instance: Record<string, string>,
) {
  const settings = presetSettings(preset, { way, instance });
  const start: EditorStart = {
    ...presetStartState(preset, settings),
    ...{ draftGone: false, passwordGrantEnabled: true },
  };
  let form!: UseFormReturn<EditorValues>;
  const onSave = jest.fn();
  render(
    <TestApiProvider
      apis={[
        [datasourceAuthApiRef, apiStub()],
        [errorApiRef, new MockErrorApi()],
        [translationApiRef, mockApis.translation()],
        [catalogApiRef, { getEntities: async () => ({ items: [] }) }],
      ]}
    >
      <WithoutStyleSheets>
        <ThemeProvider theme={createTheme()}>
          <Form
            start={start}
            onForm={current => {
              form = current;
            }}
            onSave={onSave}
          />
        </ThemeProvider>
      </WithoutStyleSheets>
    </TestApiProvider>,
  );
  return { values: () => form.getValues(), onSave };
}

/** Enters a value. Fails if the control isn't on the page. */
function enter(control: Element | null, what: string, value: string) {
  if (!control) throw new Error(`${what} is required, but not shown`);
  fireEvent.change(control, { target: { value } });
}

const valueOf = ({ kind }: FieldSpec) =>
  kind === 'url' ? 'https://login.example.com/path' : 'filled-in';

/** Enters the value of the row with this name. */
function enterInRow(name: string) {
  const control = [...document.querySelectorAll('fieldset input')].find(
    input => (input as HTMLInputElement).value === name,
  );
  const label = control?.getAttribute('aria-label');
  enter(
    label ? screen.getByLabelText(label.replace(': name ', ': value ')) : null,
    `A value for ${name}`,
    'filled-in',
  );
}

/** Fills in all that is missing, as the panel lists it. */
function fillIn(values: () => EditorValues) {
  for (const field of missingFields(values())) {
    if (field.kind === 'values') {
      enter(
        screen.getByLabelText('Headers with the key: name 1'),
        field.id,
        'X-API-Key',
      );
      enterInRow('X-API-Key');
    } else {
      const control = document.getElementById(fieldElementId(field.id));
      enter(control, field.id, valueOf(field));
    }
  }
  for (const path of missingSecretValues(values()))
    enterInRow(path.split('.').pop()!);
  for (const name of missingInstanceValues(values())) enterInRow(name);
}

describe('the form that a preset fills in', () => {
  it('belongs to every bundled preset', () => {
    expect(BUNDLED_PRESETS.length).toBeGreaterThanOrEqual(65);
  });

  it.each(CASES)(
    'of %s with %s can be saved once the required values are entered',
    (_id, way, preset) => {
      const examples = preset.instance
        .filter(({ secret, ways = [way] }) => !secret && ways.includes(way))
        .map(({ name, example }) => [name, example]);
      const { values, onSave } = open(
        preset,
        way,
        Object.fromEntries(examples),
      );
      fillIn(values);
      expect(missingFields(values()).map(({ id }) => id)).toEqual([]);
      expect(missingSecretValues(values())).toEqual([]);
      expect(missingInstanceValues(values())).toEqual([]);
      fireEvent.click(screen.getByRole('button', { name: 'Save' }));
      expect(
        screen.getByRole('list', { name: 'faults' }),
      ).toBeEmptyDOMElement();
      expect(onSave).toHaveBeenCalledWith(
        expect.objectContaining({ name: 'filled-in' }),
      );
    },
  );

  it.each(
    CASES.filter(
      ([, way, { instance, ways }]) =>
        way === ways[0] && instance.some(field => !field.default),
    ),
  )(
    'of %s with %s shows the instance values that were left out before',
    (_id, way, preset) => {
      const { values } = open(preset, way, {});
      fillIn(values);
      expect(missingInstanceValues(values())).toEqual([]);
    },
  );
});
