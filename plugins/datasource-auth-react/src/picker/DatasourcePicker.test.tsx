import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  DatasourceList,
  DatasourceSummary,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from '../client';
import { DatasourcePicker, DatasourcePickerProps } from './DatasourcePicker';

const CRM = {
  name: 'crm',
  title: 'Salesforce CRM',
  status: { state: 'AUTHORIZED' },
} as DatasourceSummary;

function renderPicker(
  listDatasources: () => Promise<DatasourceList>,
  props: Partial<DatasourcePickerProps> = {},
) {
  const onChange = jest.fn();
  return renderInTestApp(
    <TestApiProvider apis={[[datasourceAuthApiRef, { listDatasources }]]}>
      <DatasourcePicker value="" onChange={onChange} {...props} />
    </TestApiProvider>,
  ).then(() => onChange);
}

describe('DatasourcePicker', () => {
  it('S3.4 S3.25 lets another plugin pick a datasource by name, and shows the status of each', async () => {
    const user = userEvent.setup();
    const listDatasources = jest.fn(async () => ({
      items: [CRM],
      mayCreate: false,
    }));
    const onChange = await renderPicker(listDatasources, {
      way: 'client_credentials',
    });
    expect(listDatasources).toHaveBeenCalledWith({
      way: 'client_credentials',
      limit: 200,
    });
    await user.click(await screen.findByRole('button', { name: /Datasource/ }));
    const option = screen.getByRole('option', { name: /Salesforce CRM/ });
    expect(within(option).getByText('AUTHORIZED')).toBeInTheDocument();
    await user.click(option);
    expect(onChange).toHaveBeenCalledWith('crm');
  });

  it("keeps showing a selected datasource that isn't in the list", async () => {
    await renderPicker(async () => ({ items: [CRM], mayCreate: false }), {
      value: 'gone',
    });
    expect(screen.getByRole('button', { name: /gone/ })).toBeInTheDocument();
  });

  it('says that there are no datasources', async () => {
    await renderPicker(async () => ({ items: [], mayCreate: false }));
    expect(await screen.findByText('No datasources yet')).toBeInTheDocument();
  });

  it('says why the datasources could not be loaded', async () => {
    await renderPicker(async () => {
      throw new Error('away');
    });
    expect(
      await screen.findByText("Couldn't load the datasources: away"),
    ).toBeInTheDocument();
  });
});
