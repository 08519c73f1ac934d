import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { apiStub } from '../__testUtils__/apiStub';
import { ATTEMPT_ID, grantedOf } from '../__testUtils__/datasources';
import { button, field, fill, panel } from '../__testUtils__/editorForm';
import { renderPage } from '../__testUtils__/renderPage';

const NEW = '/datasource-auth/new/blank';

describe('N1: a new datasource without OAuth', () => {
  const user = userEvent.setup({ delay: null });

  const open = async (way: string) => {
    const api = apiStub({
      createAuthorization: async () => grantedOf(),
    });
    await renderPage(api, NEW);
    await field('Client ID');
    await user.click(button(way));
    await fill('Name', 'tickets');
    return api;
  };

  it('asks only for a bearer token, and saves it', async () => {
    const api = await open('Bearer token');
    expect(screen.queryByLabelText(/Client ID/)).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /Get new credential/ }),
    ).not.toBeInTheDocument();
    expect(panel().getAllByText('Fill in: Bearer token.')).not.toHaveLength(0);
    await user.type(screen.getByLabelText(/^Bearer token/), 'hush-hush');
    expect(panel().getByText(/^Save to start using it/)).toBeInTheDocument();
    await user.click(button('Save'));
    await waitFor(() => expect(api.createDatasource).toHaveBeenCalled());
    const [body] = api.createDatasource.mock.calls[0];
    expect(body).toMatchObject({
      name: 'tickets',
      auth: { type: 'static', bearer: 'hush-hush' },
      credential: { action: 'keep' },
    });
    expect(body.auth).not.toHaveProperty('grantType');
  });

  it('accepts the name of a file in place of a bearer token', async () => {
    const api = await open('Bearer token');
    await user.type(
      screen.getByLabelText(/^File with the bearer token/),
      'k8s',
    );
    await user.click(button('Save'));
    await waitFor(() => expect(api.createDatasource).toHaveBeenCalled());
    expect(api.createDatasource.mock.calls[0][0].auth).toEqual({
      type: 'static',
      bearer: { file: 'k8s' },
    });
  });

  it('asks for a username and password of Basic', async () => {
    const api = await open('Basic');
    await fill('Basic username', 'robot');
    await user.type(screen.getByLabelText(/^Password/), 'hush-hush');
    await user.click(button('Save'));
    await waitFor(() => expect(api.createDatasource).toHaveBeenCalled());
    expect(api.createDatasource.mock.calls[0][0].auth).toEqual({
      type: 'static',
      basic: { username: 'robot', password: 'hush-hush' },
    });
  });

  it('starts an API key with a secret header, and tests it before it is saved', async () => {
    const api = await open('API key');
    await user.type(
      screen.getByLabelText(/Headers with the key.*name/i),
      'X-Key',
    );
    await user.type(
      screen.getByLabelText(/Headers with the key.*value/i),
      'hush-hush',
    );
    await user.click(button('Test connection'));
    await waitFor(() => expect(api.testAuthorization).toHaveBeenCalled());
    expect(api.createAuthorization.mock.calls[0][0].settings!.auth).toEqual({
      type: 'static',
      headers: { 'X-Key': { secret: true, value: 'hush-hush' } },
    });
  });

  it('saves with the attempt that was tested, unless the form changed since', async () => {
    const api = await open('Bearer token');
    const saved = async (call: number) => {
      await waitFor(() =>
        expect(api.createDatasource).toHaveBeenCalledTimes(call + 1),
      );
      return api.createDatasource.mock.calls[call][0].testedAuthorizationId;
    };
    const token = screen.getByLabelText(/^Bearer token/);
    await user.type(token, 'wrong');
    await user.click(button('Test connection'));
    await waitFor(() => expect(api.testAuthorization).toHaveBeenCalled());
    api.createDatasource.mockRejectedValueOnce(new Error('offline'));
    await user.click(button('Save'));
    expect(await saved(0)).toBe(ATTEMPT_ID);
    await user.type(token, '-less');
    await user.click(button('Save'));
    expect(await saved(1)).toBeUndefined();
  });

  it('N3: signs a JWT with a key, and requires an audience', async () => {
    const api = await open('Signed JWT');
    expect(screen.queryByLabelText(/Token URL/)).not.toBeInTheDocument();
    expect(
      panel().getAllByText('Fill in: Assertion key, Assertion audience.'),
    ).not.toHaveLength(0);
    await user.type(
      screen.getByLabelText(/^Assertion key(?! ID| passphrase)/),
      'PEM',
    );
    await user.click(screen.getByLabelText('Send no audience'));
    expect(panel().getByText(/^Save to start using it/)).toBeInTheDocument();
    await user.click(screen.getByLabelText('Send no audience'));
    await fill('Assertion audience', 'https://api.example.com');
    await fill('Assertion issuer', 'robot');
    await user.click(button('Save'));
    await waitFor(() => expect(api.createDatasource).toHaveBeenCalled());
    const [body] = api.createDatasource.mock.calls[0];
    expect(body.auth).toEqual({
      type: 'jwt',
      assertion: {
        key: 'PEM',
        issuer: 'robot',
        audience: 'https://api.example.com',
      },
    });
  });

  it('N3: accepts a JWT without an audience, and tests it before it is saved', async () => {
    const api = await open('Signed JWT');
    await user.type(
      screen.getByLabelText(/^Assertion key(?! ID| passphrase)/),
      'PEM',
    );
    await user.click(screen.getByLabelText('Send no audience'));
    await user.click(button('Test connection'));
    await waitFor(() => expect(api.testAuthorization).toHaveBeenCalled());
    expect(api.createAuthorization.mock.calls[0][0].settings!.auth).toEqual({
      type: 'jwt',
      assertion: { key: 'PEM', audience: '' },
    });
  });

  it('needs nothing for a public API', async () => {
    const api = await open('None');
    await user.click(button('Save'));
    await waitFor(() => expect(api.createDatasource).toHaveBeenCalled());
    expect(api.createDatasource.mock.calls[0][0].auth).toEqual({
      type: 'none',
    });
  });
});
