import { useEffect, useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import useDebounce from 'react-use/esm/useDebounce';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import TextField from '@material-ui/core/TextField';
import {
  datasourceStateSchema,
  grantTypeSchema,
} from 'backstage-plugin-datasource-auth-common';
import { useText } from '../translation';
import { Filter } from './useListQuery';

/** Props of {@link ListFilters}. */
export interface ListFiltersProps {
  params: URLSearchParams;
  onFilter: (name: Filter, value: string | undefined) => void;
}

/** Search and filters above the list. */
export const ListFilters = ({ params, onFilter }: ListFiltersProps) => {
  const t = useText();
  const identityApi = useApi(identityApiRef);
  const { value: identity } = useAsync(() =>
    identityApi.getBackstageIdentity(),
  );
  const searched = params.get('search') ?? '';
  const [text, setText] = useState(searched);
  useEffect(() => setText(searched), [searched]);
  useDebounce(
    () => {
      if (text !== searched) onFilter('search', text || undefined);
    },
    300,
    [text],
  );
  const choice = (
    name: Filter,
    label: string,
    options: { value: string; text: string }[],
  ) => (
    <TextField
      select
      id={`datasource-auth-filter-${name}`}
      size="small"
      variant="outlined"
      label={label}
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true }}
      value={params.get(name) ?? ''}
      onChange={event => onFilter(name, event.target.value || undefined)}
    >
      <option value="">{t('list.filterAll')}</option>
      {options.map(option => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </TextField>
  );
  const owner = params.get('owner');
  const mine = identity?.userEntityRef;
  return (
    <Box
      display="flex"
      flexWrap="wrap"
      alignItems="center"
      mb={2}
      style={{ gap: 12 }}
    >
      <Box flexGrow={1} maxWidth={420}>
        <TextField
          id="datasource-auth-filter-search"
          type="search"
          size="small"
          fullWidth
          variant="outlined"
          label={t('list.search')}
          value={text}
          onChange={event => setText(event.target.value)}
        />
      </Box>
      {choice(
        'status',
        t('list.filterStatus'),
        datasourceStateSchema.options.map(state => ({
          value: state,
          text: state.replace('_', ' '),
        })),
      )}
      {choice(
        'grantType',
        t('list.filterGrant'),
        grantTypeSchema.options.map(grant => ({
          value: grant,
          text: t(`grant.${grant}`),
        })),
      )}
      {choice('owner', t('list.filterOwner'), [
        ...(mine ? [{ value: mine, text: t('list.filterMine') }] : []),
        ...(owner && owner !== mine ? [{ value: owner, text: owner }] : []),
      ])}
      <FormControlLabel
        label={t('list.attentionOnly')}
        control={
          <Checkbox
            color="primary"
            checked={params.get('attention') === 'true'}
            onChange={event =>
              onFilter('attention', event.target.checked ? 'true' : undefined)
            }
          />
        }
      />
    </Box>
  );
};
