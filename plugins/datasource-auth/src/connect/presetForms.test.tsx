import { fireEvent, render, screen } from '@testing-library/react';
import { errorApiRef } from '@backstage/core-plugin-api';
import { translationApiRef } from '@backstage/core-plugin-api/alpha';
import { MockErrorApi, mockApis, TestApiProvider } from '@backstage/test-utils';
import { createTheme, ThemeProvider } from '@material-ui/core/styles';
import {
  DatasourceSettingsInput,
  Preset,
  PresetWay,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import { FormProvider } from 'react-hook-form';
import { apiStub } from '../__testUtils__/apiStub';
import { WithoutStyleSheets } from '../__testUtils__/WithoutStyleSheets';
import { useEditorForm } from '../editor/useEditorForm';
import { BUNDLED_PRESETS } from '../gallery/__testUtils__/bundledPresets';
import { useText } from '../translation';
import { Asked, askedOf, faultsOfAsked } from './asked';
import { AskedField } from './AskedField';
import { ConnectStart, startOfPreset } from './connectStart';

const CASES = BUNDLED_PRESETS.flatMap(preset =>
  preset.ways.map(way => [preset.id, way, preset] as const),
);

/** What a client is known by. Everything else that is asked for belongs to the instance. */
const MOST_TYPED = 2;

/** Presets whose URLs only the user knows. */
const WITHOUT_URLS = ['generic-oauth2', 'generic-oidc'];

interface Shown {
  asked: Asked[];
  settings: () => DatasourceSettingsInput | undefined;
}

/** The fields of the step Register, without everything around them. */
const Fields = (props: {
  start: ConnectStart;
  onShow: (shown: Shown) => void;
}) => {
  const { start, onShow } = props;
  const t = useText();
  const editor = useEditorForm(start, values =>
    faultsOfAsked(t, askedOf(t, start, values), values),
  );
  const asked = askedOf(t, start, editor.values);
  onShow({ asked, settings: editor.settings });
  return (
    <FormProvider {...editor.form}>
      {asked.map(each => (
        <AskedField key={each.elementId} asked={each} />
      ))}
    </FormProvider>
  );
};

function show(preset: Preset, way: PresetWay): () => Shown {
  const general = { title: preset.title, name: preset.id };
  const start: ConnectStart = {
    ...{ provider: preset, ways: preset.ways, general },
    given: startOfPreset(preset, way, general),
    ...{ draftGone: false, passwordGrantEnabled: true, isBlank: false },
  };
  let shown!: Shown;
  render(
    <TestApiProvider
      apis={[
        [datasourceAuthApiRef, apiStub()],
        [errorApiRef, new MockErrorApi()],
        [translationApiRef, mockApis.translation()],
      ]}
    >
      <WithoutStyleSheets>
        <ThemeProvider theme={createTheme()}>
          <Fields
            start={start}
            onShow={current => {
              shown = current;
            }}
          />
        </ThemeProvider>
      </WithoutStyleSheets>
    </TestApiProvider>,
  );
  return () => shown;
}

function valueOf(asked: Asked): string {
  if (asked.kind === 'value') return asked.instance?.example ?? 'filled-in';
  return asked.field.kind === 'url'
    ? 'https://login.example.com/path'
    : 'filled-in';
}

describe('N8 N9 the fields that a preset asks for', () => {
  it('are tested for every bundled preset', () => {
    expect(BUNDLED_PRESETS.length).toBeGreaterThanOrEqual(65);
  });

  it.each(CASES)(
    'of %s with %s are few, and enough to connect',
    (id, way, preset) => {
      const shown = show(preset, way);
      const { asked } = shown();
      if (!WITHOUT_URLS.includes(id))
        expect(
          asked.filter(({ kind }) => kind === 'setting').length,
        ).toBeLessThanOrEqual(MOST_TYPED);
      for (const each of asked) {
        const control = document.getElementById(each.elementId);
        if (!control) throw new Error(`${each.label} isn't shown`);
        fireEvent.change(control, { target: { value: valueOf(each) } });
      }
      expect(shown().settings()).toMatchObject({ name: id });
    },
  );

  it.each(CASES.filter(([, way, { ways }]) => way === ways[0]))(
    'of %s with %s say what is missing if they are left empty',
    (_id, way, preset) => {
      const shown = show(preset, way);
      const { asked } = shown();
      const empty = asked.filter(
        each => each.kind === 'setting' || !each.instance?.default,
      );
      expect(shown().settings()).toBeUndefined();
      for (const { label } of empty)
        expect(
          screen.getAllByText(`Enter this value: ${label}.`).length,
        ).toBeGreaterThan(0);
    },
  );
});
