import { useState } from 'react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import { PluginPicker } from './PluginPicker';

async function open(options: {
  value?: string[];
  known?: string[];
  failing?: boolean;
  /** Before the list arrives. */
  arrives?: Promise<void>;
}) {
  const { value: start = [], known = [], failing, arrives } = options;
  const changes: string[][] = [];
  const submits: string[] = [];
  const Form = () => {
    const [value, setValue] = useState(start);
    return (
      <form onSubmit={() => submits.push('submit')}>
        <PluginPicker
          label="Plugin IDs"
          value={value}
          onChange={next => {
            changes.push(next);
            setValue(next);
          }}
        />
        <button type="submit">Next</button>
      </form>
    );
  };
  const api = apiStub({
    listPlugins: async () => {
      if (failing) throw apiError('not_allowed', 403);
      await arrives;
      return { items: known };
    },
  });
  await renderInTestApp(
    <TestApiProvider apis={[[datasourceAuthApiRef, api]]}>
      <Form />
    </TestApiProvider>,
  );
  await waitFor(() => expect(api.listPlugins).toHaveBeenCalled());
  const input = screen.getByRole('combobox', { name: 'Plugin IDs' });
  return { changes, submits, input, user: userEvent.setup({ delay: null }) };
}

const KNOWN = ['catalog', 'scaffolder', 'search', 'search-extra', 'techdocs'];

const names = () =>
  screen.queryAllByRole('option').map(option => option.textContent);
const option = (name: string) => screen.getByRole('option', { name });

describe('PluginPicker', () => {
  it('lists known plugins, selected ones first, and selects with a click', async () => {
    const { user, changes } = await open({ value: ['search'], known: KNOWN });
    await screen.findByRole('option', { name: 'catalog' });
    expect(names()).toEqual([
      ...['search', 'catalog', 'scaffolder', 'search-extra', 'techdocs'],
    ]);
    expect(screen.getByText('1 plugin selected')).toBeInTheDocument();
    await user.click(option('techdocs'));
    expect(changes).toEqual([['search', 'techdocs']]);
    expect(option('techdocs')).toHaveAttribute('aria-selected', 'true');
    // Nothing moves below the pointer.
    expect(names().at(-1)).toBe('techdocs');
    await user.click(option('search'));
    expect(changes.at(-1)).toEqual(['techdocs']);
    expect(names()[0]).toBe('search');
  });

  it('narrows the list while typing, and selects with the keyboard alone', async () => {
    const { user, changes, submits, input } = await open({ known: KNOWN });
    await screen.findByRole('option', { name: 'catalog' });
    await user.tab();
    expect(input).toHaveFocus();
    await user.keyboard('SEAR');
    expect(names()).toEqual(['search', 'search-extra', 'Add SEAR']);
    await user.keyboard('{ArrowDown}');
    expect(input).toHaveAttribute(
      'aria-activedescendant',
      option('search-extra').id,
    );
    await user.keyboard('{Enter}');
    expect(changes).toEqual([['search-extra']]);
    expect(input).toHaveValue('');
    expect(input).toHaveFocus();
    await user.keyboard('{ArrowDown}{ArrowDown} ');
    expect(changes.at(-1)).toEqual(['search-extra', 'scaffolder']);
    await user.keyboard(' ');
    expect(changes.at(-1)).toEqual(['search-extra']);
    await user.keyboard('{ArrowUp}{ArrowUp}{Enter}');
    expect(changes.at(-1)).toEqual(['search-extra', 'techdocs']);
    expect(submits).toEqual([]);
  });

  it('prefers the plugin that was typed in full', async () => {
    const { user, changes, input } = await open({
      known: ['my-search', 'search', 'search-extra'],
    });
    await screen.findByRole('option', { name: 'search' });
    await user.type(input, 'search{Enter}');
    expect(changes).toEqual([['search']]);
  });

  it('adds plugins that are not listed, and says that the list may be incomplete', async () => {
    const { user, changes, input } = await open({ known: KNOWN });
    await screen.findByRole('option', { name: 'catalog' });
    expect(input).toHaveAccessibleDescription(
      "The list may be incomplete. Enter the ID of a plugin that isn't listed.",
    );
    await user.type(input, 'elsewhere');
    expect(names()).toEqual(['Add elsewhere']);
    await user.keyboard('{Enter}');
    expect(changes).toEqual([['elsewhere']]);
    expect(option('elsewhere')).toHaveAttribute('aria-selected', 'true');
  });

  it('takes several IDs that were pasted', async () => {
    const { user, changes, input } = await open({ known: KNOWN });
    await screen.findByRole('option', { name: 'catalog' });
    await user.click(input);
    await user.paste('techdocs, elsewhere search');
    expect(changes).toEqual([['techdocs', 'elsewhere']]);
    expect(input).toHaveValue('search');
  });

  it('loses nothing that was typed: it selects a known plugin, and says that another was not added', async () => {
    const { user, changes, input } = await open({ known: KNOWN });
    await screen.findByRole('option', { name: 'catalog' });
    await user.type(input, 'catalog');
    await user.tab();
    expect(changes).toEqual([['catalog']]);
    await user.type(input, 'elsewhere');
    await user.tab();
    expect(changes).toHaveLength(1);
    expect(input).toHaveValue('elsewhere');
    expect(input).toBeInvalid();
    expect(input).toHaveAccessibleDescription(
      "elsewhere isn't added yet. Select it in the list.",
    );
    await user.type(input, '{selectall}no plugin!');
    await user.tab();
    expect(input).toHaveAccessibleDescription(
      "plugin! isn't a plugin ID. Example: techdocs",
    );
  });

  it('selects a known plugin that was typed and left before the list arrived', async () => {
    let arrive = () => {};
    const arrives = new Promise<void>(resolve => {
      arrive = resolve;
    });
    const { user, changes, input } = await open({ known: KNOWN, arrives });
    await user.type(input, 'catalog');
    await user.tab();
    expect(changes).toEqual([]);
    arrive();
    await waitFor(() => expect(changes).toEqual([['catalog']]));
    expect(input).toHaveValue('');
    expect(input).toBeValid();
  });

  it('works without the list, for users who may not read it', async () => {
    const { user, changes, input } = await open({
      value: ['techdocs'],
      failing: true,
    });
    await waitFor(() =>
      expect(input).toHaveAccessibleDescription(
        "Couldn't load the list of plugins. Enter plugin IDs.",
      ),
    );
    await user.type(input, 'catalog{Enter}');
    await user.click(option('techdocs'));
    expect(changes).toEqual([['techdocs', 'catalog'], ['catalog']]);
  });
});
