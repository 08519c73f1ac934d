import Box from '@material-ui/core/Box';
import TextField from '@material-ui/core/TextField';
import {
  GrantOrKind,
  isHeldBySettings,
} from 'backstage-plugin-datasource-auth-common';
import { useText } from '../translation';
import { ACTIVITY_FILTER_KINDS } from './activityKinds';
import { formatActor } from './ActivitySentence';

/** Props of {@link ActivityFilters}. */
export interface ActivityFiltersProps {
  kind: string;
  grantType: GrantOrKind;
  actor: string;
  /** Actors in the entries loaded so far. */
  actors: string[];
  onFilter: (name: 'kind' | 'actor', value: string) => void;
}

/** Filters the timeline by kind of event and by actor. */
export const ActivityFilters = (props: ActivityFiltersProps) => {
  const { kind, grantType, actor, actors, onFilter } = props;
  const t = useText();
  const choice = (
    name: 'kind' | 'actor',
    label: string,
    value: string,
    options: { value: string; text: string }[],
  ) => (
    <TextField
      select
      id={`datasource-auth-activity-${name}`}
      size="small"
      variant="outlined"
      label={label}
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true }}
      // Leaves room for the label if all options are short.
      style={{ minWidth: 160 }}
      value={value}
      onChange={event => onFilter(name, event.target.value)}
    >
      <option value="">{t('list.filterAll')}</option>
      {options.map(option => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </TextField>
  );
  return (
    <Box display="flex" flexWrap="wrap" style={{ gap: 12 }}>
      {choice(
        'kind',
        t('activity.filterKind'),
        kind,
        ACTIVITY_FILTER_KINDS.map(value => ({
          value,
          text: t(
            // Nothing is refreshed, but the status can change.
            value === 'renewals' && isHeldBySettings(grantType)
              ? 'activity.kind.renewalsHeld'
              : `activity.kind.${value}`,
          ),
        })),
      )}
      {choice(
        'actor',
        t('activity.filterActor'),
        actor,
        actors.map(value => ({ value, text: formatActor(t, value) })),
      )}
    </Box>
  );
};
