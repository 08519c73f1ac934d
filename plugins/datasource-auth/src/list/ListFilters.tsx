import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import FilterListIcon from '@material-ui/icons/FilterList';
import {
  DATASOURCE_STATES,
  GRANTS_AND_KINDS,
} from 'backstage-plugin-datasource-auth-common';
import { LabelledCheckbox, useElementId } from '../frame';
import { personName } from '../frame/personName';
import { useStateName, useText } from '../translation';
import { TypedFilter } from './TypedFilter';
import { useInput } from './useInput';
import { Filter, FILTERS } from './useListQuery';
import { useOwnRefs } from './useOwnRefs';

const useStyles = makeStyles(theme => {
  const wide = theme.breakpoints.up('lg');
  return {
    // As in the catalog: in a column next to the table, or behind a button if there isn't enough room.
    toggle: { [wide]: { display: 'none' } },
    filters: {
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(2),
      '& > label': { marginRight: 0 },
    },
    closed: { [theme.breakpoints.down('md')]: { display: 'none' } },
  };
});

const useOptionStyles = makeStyles({
  option: { fontSize: '0.875rem', lineHeight: '1.1876rem' },
});

interface Option {
  value: string;
  text: string;
}

const Choice = (props: {
  name: Filter;
  label: string;
  options: Option[];
  value: string;
  onFilter: ListFiltersProps['onFilter'];
}) => {
  const { name, label, options, value, onFilter } = props;
  const t = useText();
  const classes = useOptionStyles();
  const [chosen, setChosen] = useInput(value);
  return (
    <TextField
      select
      id={`datasource-auth-filter-${name}`}
      fullWidth
      size="small"
      variant="outlined"
      label={label}
      SelectProps={{ native: true }}
      inputProps={{ className: classes.option }}
      InputLabelProps={{ shrink: true }}
      value={chosen}
      onChange={event => {
        setChosen(event.target.value);
        onFilter(name, event.target.value || undefined);
      }}
    >
      <option value="">{t('list.filterAll')}</option>
      {options.map(option => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </TextField>
  );
};

/** Props of {@link ListFilters}. */
export interface ListFiltersProps {
  params: URLSearchParams;
  /** Suggested plugin IDs; others can be typed. */
  plugins: string[];
  onFilter: (name: Filter, value: string | undefined) => void;
}

/** Filters next to the list. */
export const ListFilters = (props: ListFiltersProps) => {
  const { params, plugins, onFilter } = props;
  const t = useText();
  const stateName = useStateName('calmState');
  const classes = useStyles();
  const id = useElementId();
  const [open, setOpen] = useState(false);
  const { value: mine } = useOwnRefs();
  const count = FILTERS.filter(
    name => name !== 'search' && params.has(name),
  ).length;
  const choice = (name: Filter, label: string, options: Option[]) => (
    <Choice
      {...{ name, label, options, onFilter }}
      value={params.get(name) ?? ''}
    />
  );
  const owner = params.get('owner');
  const [attention, setAttention] = useInput(
    params.get('attention') === 'true',
  );
  return (
    <div role="group" aria-label={t('list.filters')}>
      <Button
        className={classes.toggle}
        startIcon={<FilterListIcon />}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {count ? t('list.filtersActive', { count }) : t('list.filters')}
      </Button>
      <div
        id={id}
        className={
          open ? classes.filters : `${classes.filters} ${classes.closed}`
        }
      >
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
        <TypedFilter
          id="datasource-auth-filter-consumer"
          label={t('list.filterConsumer')}
          value={params.get('consumer') ?? ''}
          suggestions={plugins}
          onFilter={value => onFilter('consumer', value)}
        />
        <LabelledCheckbox
          label={t('list.attentionOnly')}
          checked={attention}
          onChange={checked => {
            setAttention(checked);
            onFilter('attention', checked ? 'true' : undefined);
          }}
        />
      </div>
    </div>
  );
};
