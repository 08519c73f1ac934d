import { createExtensionTester } from '@backstage/frontend-test-utils';
import {
  FieldExtensionOptions,
  ScaffolderFieldExtensions,
  TemplateParameterSchema,
  useCustomFieldExtensions,
} from '@backstage/plugin-scaffolder-react';
import {
  FormFieldBlueprint,
  Stepper,
} from '@backstage/plugin-scaffolder-react/alpha';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { DatasourceAuthApi, datasourceAuthApiRef } from '../../client';
import { datasourceAuthRouteRef } from '../../connections';
import {
  DatasourceConnectionFieldExtension,
  DatasourcePickerFieldExtension,
} from '../index';
import {
  datasourceConnectionExtension,
  datasourcePickerExtension,
} from '../module';

/** Both frontend systems, for `describe.each`. */
export const SYSTEMS = ['legacy', 'new'] as const;

interface WizardProps {
  manifest: TemplateParameterSchema;
  onCreate: (values: object) => Promise<void>;
}

const LegacyWizard = (props: WizardProps) => {
  const extensions = useCustomFieldExtensions(
    <ScaffolderFieldExtensions>
      <DatasourcePickerFieldExtension />
      <DatasourceConnectionFieldExtension />
    </ScaffolderFieldExtensions>,
  );
  return <Stepper extensions={extensions} {...props} />;
};

async function fieldsOfModule(): Promise<FieldExtensionOptions[]> {
  const { formFieldLoader } = FormFieldBlueprint.dataRefs;
  const loads = [
    createExtensionTester(datasourcePickerExtension).get(formFieldLoader),
    createExtensionTester(datasourceConnectionExtension).get(formFieldLoader),
  ];
  const fields = await Promise.all(loads.map(load => load()));
  return fields as unknown as FieldExtensionOptions[];
}

/** Renders the scaffolder's wizard with one step and the fields of an app. Returns what it creates with. */
export async function renderWizard(
  system: (typeof SYSTEMS)[number],
  options: {
    /** A JSON schema. */
    schema: object;
    api: Partial<DatasourceAuthApi>;
  },
): Promise<jest.Mock> {
  // The wizard scrolls to its top, which jsdom can't do.
  jest.spyOn(window, 'scrollTo').mockImplementation(() => {});
  const onCreate = jest.fn(async () => {});
  const manifest = {
    title: 'A template',
    steps: [
      { title: 'The API', schema: { type: 'object', ...options.schema } },
    ],
  };
  const props = { manifest, onCreate };
  const extensions = system === 'new' ? await fieldsOfModule() : [];
  await renderInTestApp(
    <TestApiProvider apis={[[datasourceAuthApiRef, options.api]]}>
      {system === 'new' ? (
        <Stepper extensions={extensions} {...props} />
      ) : (
        <LegacyWizard {...props} />
      )}
    </TestApiProvider>,
    { mountedRoutes: { '/datasource-auth': datasourceAuthRouteRef } },
  );
  return onCreate;
}
