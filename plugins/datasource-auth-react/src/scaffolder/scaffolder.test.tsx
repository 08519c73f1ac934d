import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  Connection,
  ConnectionList,
  DatasourceSummary,
} from 'backstage-plugin-datasource-auth-common';
import { renderWizard, SYSTEMS } from './__testUtils__/TemplateWizard';

const CRM = {
  name: 'crm',
  title: 'Salesforce CRM',
  status: { state: 'AUTHORIZED' },
} as DatasourceSummary;

const JIRA = {
  datasource: 'jira',
  title: 'Jira Cloud',
  state: 'not_connected',
} as Connection;
const CONNECTED: Connection = {
  ...JIRA,
  state: 'connected',
  account: 'jane@example.com',
};

const user = userEvent.setup({ delay: null });
const review = () => user.click(screen.getByRole('button', { name: 'Review' }));
const create = async () =>
  user.click(await screen.findByRole('button', { name: 'Create' }));

const expectOnFirstStep = () =>
  expect(
    screen.queryByRole('button', { name: 'Create' }),
  ).not.toBeInTheDocument();

describe.each(SYSTEMS)(
  'the field DatasourcePicker of a template, in the %s frontend system',
  system => {
    it('S3.25 lists the datasources that the user may see, and returns the selected name', async () => {
      const listDatasources = jest.fn(async () => ({
        items: [CRM],
        mayCreate: false,
      }));
      const onCreate = await renderWizard(system, {
        schema: {
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
        api: { listDatasources },
      });
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
      await review();
      expectOnFirstStep();

      await user.click(
        await screen.findByRole('button', { name: /^API to call/ }),
      );
      await user.click(screen.getByRole('option', { name: /Salesforce CRM/ }));
      await review();
      await create();
      await waitFor(() => expect(onCreate).toHaveBeenCalledTimes(1));
      expect(onCreate).toHaveBeenCalledWith({ api: 'crm' });
    });
  },
);

describe.each(SYSTEMS)(
  'the field DatasourceConnection of a template, in the %s frontend system',
  system => {
    /** Renders the field. Tests change what the backend returns. */
    async function renderField(
      uiOptions: object,
      list: Partial<ConnectionList>,
    ) {
      const server = { list: { items: [JIRA], ...list } as ConnectionList };
      const listConnections = jest.fn(async () => server.list);
      const onCreate = await renderWizard(system, {
        schema: {
          properties: {
            account: {
              type: 'string',
              title: 'Your Jira account',
              description: 'The issue is created by you.',
              'ui:field': 'DatasourceConnection',
              'ui:options': uiOptions,
            },
          },
        },
        api: { listConnections },
      });
      return { server, listConnections, onCreate };
    }

    it('N10: asks for the connection of a datasource, and blocks the next step until it is there', async () => {
      const { server, onCreate } = await renderField(
        { datasource: 'jira' },
        {},
      );
      const reason = 'Connect your own account at Jira Cloud to continue.';
      expect(await screen.findByText(reason)).toBeVisible();
      expect(screen.getByText('Your Jira account')).toBeVisible();
      expect(screen.getByText('The issue is created by you.')).toBeVisible();
      expect(
        screen.getByRole('button', { name: /^Connect my account: Jira Cloud/ }),
      ).toBeVisible();

      await review();
      // The field, and the form's list of errors
      await waitFor(() =>
        expect(screen.getAllByText(new RegExp(reason)).length).toBeGreaterThan(
          1,
        ),
      );
      expectOnFirstStep();

      server.list = { items: [CONNECTED] };
      await review();
      await create();
      await waitFor(() => expect(onCreate).toHaveBeenCalledTimes(1));
      expect(onCreate).toHaveBeenCalledWith({ account: 'jira' });
    });

    it('shows the account of a user who is connected', async () => {
      await renderField({ datasource: 'jira' }, { items: [CONNECTED] });
      expect(
        await screen.findByText('Connected to Jira Cloud as jane@example.com.'),
      ).toBeVisible();
    });

    it('lets the user choose among those to which they can connect', async () => {
      const github = { ...CONNECTED, datasource: 'github', title: 'GitHub' };
      const { onCreate } = await renderField({}, { items: [JIRA, github] });
      await user.click(
        await screen.findByRole('button', { name: /^Your Jira account/ }),
      );
      await user.click(screen.getByRole('option', { name: 'GitHub' }));
      expect(
        await screen.findByText('Connected to GitHub as jane@example.com.'),
      ).toBeVisible();
      await review();
      await create();
      await waitFor(() =>
        expect(onCreate).toHaveBeenCalledWith({ account: 'github' }),
      );
    });

    it.each([
      [
        'refuses a shared user',
        {
          refusal: { code: 'shared_user', message: 'Sign in as yourself.' },
          items: [],
        } as Partial<ConnectionList>,
        /Sign in as yourself/,
      ],
      [
        'has no such datasource',
        { items: [] },
        /can't connect an account to 'jira'/,
      ],
      [
        'must agree to new plugins',
        { items: [{ ...CONNECTED, state: 'consent_outdated' as const }] },
        /Jira Cloud has new plugins/,
      ],
    ])('says why it blocks: the backend %s', async (_what, list, reason) => {
      await renderField({ datasource: 'jira' }, list);
      expect(await screen.findByText(reason)).toBeVisible();
      await review();
      await waitFor(() =>
        expect(screen.getAllByText(reason).length).toBeGreaterThan(1),
      );
      expectOnFirstStep();
    });
  },
);
