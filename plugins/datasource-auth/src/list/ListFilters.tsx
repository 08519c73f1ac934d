import { Ref } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import {
  DATASOURCE_STATES,
  GRANTS_AND_KINDS,
} from 'backstage-plugin-datasource-auth-common';
import { LabelledCheckbox } from '../frame';
import { personName } from '../frame/personName';
import { useStateName, useText } from '../translation';
import { TypedFilter } from './TypedFilter';
import { Filter } from './useListQuery';
import { useOwnRefs } from './useOwnRefs';

const useStyles = makeStyles(theme => {
  const narrow = theme.breakpoints.down('xs');
  return {
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1.5),
      marginBottom: theme.spacing(1),
      '& > label': { marginRight: 0 },
    },
    // Wide enough for the longest options; full width on a phone.
    search: {
      flex: '1 1 270px',
      maxWidth: 420,
      [narrow]: { maxWidth: 'none' },
    },
    choice: { flex: '0 1 auto', [narrow]: { flexGrow: 1 } },
    typed: { flex: '0 1 106px', [narrow]: { flexGrow: 1 } },
    option: { fontSize: '0.875rem', lineHeight: '1.1876rem' },
  };
});

/** Props of {@link ListFilters}. */
export interface ListFiltersProps {
  params: URLSearchParams;
  /** Suggested plugin IDs; others can be typed. */
  plugins: string[];
  /** The key that focuses the search, if shortcuts are on. */
  shortcut?: string;
  searchRef: Ref<HTMLInputElement>;
  onFilter: (name: Filter, value: string | undefined) => void;
}

/** Search and filters above the list. */
export const ListFilters = (props: ListFiltersProps) => {
  const { params, plugins, shortcut, searchRef, onFilter } = props;
  const t = useText();
  const stateName = useStateName();
  const classes = useStyles();
  const { value: mine } = useOwnRefs();
  const choice = (
    name: Filter,
    label: string,
    options: { value: string; text: string }[],
  ) => (
    <TextField
      select
      id={`datasource-auth-filter-${name}`}
      className={classes.choice}
      size="small"
      variant="outlined"
      label={label}
      SelectProps={{ native: true }}
      inputProps={{ className: classes.option }}
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
  const typed = (name: Filter) => ({
    id: `datasource-auth-filter-${name}`,
    value: params.get(name) ?? '',
    onFilter: (value: string | undefined) => onFilter(name, value),
  });
  const owner = params.get('owner');
  return (
    <div className={classes.root} role="search">
      <div className={classes.search}>
        <TypedFilter
          {...typed('search')}
          label={t('list.search')}
          shortcut={shortcut}
          inputRef={searchRef}
        />
      </div>
      {choice(
        'status',
        t('list.filterStatus'),
        DATASOURCE_STATES.map(state => ({
          value: state,
          text: stateName(state),
        })),
      )}
      {choice(
        'way',
        t('list.filterWay'),
        GRANTS_AND_KINDS.map(way => ({
          value: way,
          text: t(`grant.${way}`),
        })),
      )}
      {choice('owner', t('list.filterOwner'), [
        ...(mine ? [{ value: mine, text: t('list.filterMine') }] : []),
        ...(owner && owner !== mine
          ? [
              {
                value: owner,
                text: owner.split(',').map(personName).join(', '),
              },
            ]
          : []),
      ])}
      <div className={classes.typed}>
        <TypedFilter
          {...typed('consumer')}
          label={t('list.filterConsumer')}
          suggestions={plugins}
        />
      </div>
      <LabelledCheckbox
        label={t('list.attentionOnly')}
        checked={params.get('attention') === 'true'}
        onChange={checked =>
          onFilter('attention', checked ? 'true' : undefined)
        }
      />
    </div>
  );
};
