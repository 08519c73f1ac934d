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
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DatasourceSummary } from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from '../client';
import { DatasourcePickerFieldExtension } from './index';
import { datasourcePickerExtension } from './module';

const CRM = {
  name: 'crm',
  title: 'Salesforce CRM',
  status: { state: 'AUTHORIZED' },
} as DatasourceSummary;

const TEMPLATE: TemplateParameterSchema = {
  title: 'A template',
  steps: [
    {
      title: 'The API',
      schema: {
        type: 'object',
        required: ['api'],
        properties: {
          api: {
            type: 'string',
            title: 'API to call',
            description: 'Where the thing is added.',
            'ui:field': 'DatasourcePicker',
            'ui:options': { way: 'client_credentials' },
          },
        },
      },
    },
  ],
};

/** Renders the scaffolder's wizard with the fields of an app. */
const Wizard = (props: {
  extensions: FieldExtensionOptions[];
  onCreate: (values: object) => Promise<void>;
}) => <Stepper manifest={TEMPLATE} {...props} />;

const LegacyWizard = (props: {
  onCreate: (values: object) => Promise<void>;
}) => {
  const extensions = useCustomFieldExtensions(
    <ScaffolderFieldExtensions>
      <DatasourcePickerFieldExtension />
    </ScaffolderFieldExtensions>,
  );
  return <Wizard extensions={extensions} {...props} />;
};

async function fieldOfModule(): Promise<FieldExtensionOptions> {
  const load = createExtensionTester(datasourcePickerExtension).get(
    FormFieldBlueprint.dataRefs.formFieldLoader,
  );
  return (await load()) as unknown as FieldExtensionOptions;
}

// The wizard scrolls to its top, which jsdom can't do.
beforeEach(() => {
  jest.spyOn(window, 'scrollTo').mockImplementation(() => {});
});

describe.each(['legacy', 'new'])(
  'the field DatasourcePicker of a template, in the %s frontend system',
  system => {
    it('S3.25 lists the datasources that the user may see, and returns the selected name', async () => {
      const user = userEvent.setup({ delay: null });
      const listDatasources = jest.fn(async () => ({
        items: [CRM],
        mayCreate: false,
      }));
      const onCreate = jest.fn(async () => {});
      const extensions = system === 'new' ? [await fieldOfModule()] : [];
      await renderInTestApp(
        <TestApiProvider apis={[[datasourceAuthApiRef, { listDatasources }]]}>
          {system === 'new' ? (
            <Wizard extensions={extensions} onCreate={onCreate} />
          ) : (
            <LegacyWizard onCreate={onCreate} />
          )}
        </TestApiProvider>,
      );
      expect(
        await screen.findByText('Where the thing is added.'),
      ).toBeVisible();
      await waitFor(() =>
        expect(listDatasources).toHaveBeenCalledWith({
          way: 'client_credentials',
          limit: 200,
        }),
      );

      // An empty required field blocks the next step.
      await user.click(screen.getByRole('button', { name: 'Review' }));
      expect(
        screen.queryByRole('button', { name: 'Create' }),
      ).not.toBeInTheDocument();

      await user.click(
        await screen.findByRole('button', { name: /^API to call/ }),
      );
      await user.click(screen.getByRole('option', { name: /Salesforce CRM/ }));
      await user.click(screen.getByRole('button', { name: 'Review' }));
      await user.click(await screen.findByRole('button', { name: 'Create' }));
      await waitFor(() => expect(onCreate).toHaveBeenCalledTimes(1));
      expect(onCreate).toHaveBeenCalledWith({ api: 'crm' });
    });
  },
);
