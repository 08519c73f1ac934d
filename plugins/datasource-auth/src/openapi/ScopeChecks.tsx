import { OpenApiScope } from 'backstage-plugin-datasource-auth-common';
import Checkbox from '@material-ui/core/Checkbox';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormGroup from '@material-ui/core/FormGroup';
import FormLabel from '@material-ui/core/FormLabel';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  group: {
    maxHeight: 420,
    overflowY: 'auto',
    flexWrap: 'nowrap',
    margin: theme.spacing(1, 0),
  },
  scope: { overflowWrap: 'anywhere' },
}));

/** Props of {@link ScopeChecks}. */
export interface ScopeChecksProps {
  legend: string;
  scopes: OpenApiScope[];
  selected: string[];
  onSelect: (scopes: string[]) => void;
}

/** Scopes to be ticked, each with what it allows. */
export const ScopeChecks = (props: ScopeChecksProps) => {
  const { legend, scopes, selected, onSelect } = props;
  const classes = useStyles();
  return (
    <FormControl component="fieldset" fullWidth margin="normal">
      <FormLabel component="legend">{legend}</FormLabel>
      <FormGroup className={classes.group}>
        {scopes.map(({ scope, description }) => (
          <FormControlLabel
            key={scope}
            control={
              <Checkbox
                color="primary"
                size="small"
                checked={selected.includes(scope)}
                onChange={event =>
                  onSelect(
                    event.target.checked
                      ? [...selected, scope]
                      : selected.filter(other => other !== scope),
                  )
                }
              />
            }
            label={
              <span className={classes.scope}>
                <code>{scope}</code>
                {description && ` – ${description}`}
              </span>
            }
          />
        ))}
      </FormGroup>
    </FormControl>
  );
};
