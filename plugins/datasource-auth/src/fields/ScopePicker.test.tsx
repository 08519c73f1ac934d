import { useState } from 'react';
import { screen, within, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/test-utils';
import { LiveRegion } from '../frame/LiveRegion';
import { OfferedScope, ScopePicker } from './ScopePicker';

async function open(offered: OfferedScope[], start: string[] = []) {
  const changes: string[][] = [];
  const Form = () => {
    const [value, setValue] = useState(start);
    return (
      <LiveRegion>
        <ScopePicker
          label="Scopes to tick"
          offered={offered}
          value={value}
          onChange={next => {
            changes.push(next);
            setValue(next);
          }}
        />
      </LiveRegion>
    );
  };
  await renderInTestApp(<Form />);
  return { changes, user: userEvent.setup({ delay: null }) };
}

const chip = (name: string) => screen.getByRole('checkbox', { name });
const names = () =>
  within(screen.getByRole('list', { name: 'Scopes to tick' }))
    .getAllByRole('checkbox')
    .map(one => one.textContent);

const OFFERED = [
  { scope: 'read', description: 'Read things' },
  { scope: 'write', description: 'Add things' },
  { scope: 'openid' },
];

describe('ScopePicker', () => {
  it('ticks scopes, and says what each one means', async () => {
    const { user, changes } = await open(OFFERED, ['read', 'own']);
    expect(names()).toEqual(['read', 'write', 'openid', 'own']);
    expect(chip('write')).toHaveAccessibleDescription('Add things');
    expect(chip('read')).toBeChecked();
    expect(chip('own')).toBeChecked();
    await user.click(chip('write'));
    expect(changes).toEqual([['read', 'own', 'write']]);
    await user.click(chip('own'));
    expect(changes.at(-1)).toEqual(['read', 'write']);
    // A scope that nobody offers stays until the page is left.
    expect(chip('own')).not.toBeChecked();
  });

  it('is one tab stop, moves with the arrow keys, and announces what was removed', async () => {
    const { user, changes } = await open(OFFERED, ['write']);
    await user.tab();
    expect(chip('read')).toHaveFocus();
    await user.keyboard('{ArrowRight}{Delete}');
    expect(chip('write')).toHaveFocus();
    expect(changes).toEqual([[]]);
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent('write removed'),
    );
    await user.keyboard('{ArrowUp}{ArrowUp} ');
    expect(chip('openid')).toHaveFocus();
    expect(changes.at(-1)).toEqual(['openid']);
    await user.keyboard('{Delete}{Delete}');
    expect(changes.at(-1)).toEqual([]);
    expect(changes).toHaveLength(3);
    await user.tab();
    expect(document.body).toHaveFocus();
  });

  it('filters many scopes by name and meaning', async () => {
    const many = Array.from({ length: 13 }, (_, index) => ({
      scope: `scope-${index}`,
      description: index === 7 ? 'Merge requests' : 'Other',
    }));
    const { user } = await open(many);
    await user.type(
      screen.getByRole('searchbox', { name: 'Filter scopes' }),
      'merge',
    );
    expect(names()).toEqual(['scope-7']);
    await user.keyboard('x');
    expect(screen.getByText('No scope matches.')).toBeInTheDocument();
  });

  it('needs no filter for a few scopes, and no list for none', async () => {
    await open(OFFERED);
    expect(screen.queryByRole('searchbox')).not.toBeInTheDocument();
  });

  it('shows nothing if there is nothing to choose', async () => {
    await open([]);
    expect(screen.queryByRole('list')).not.toBeInTheDocument();
  });
});
