import { LinkButton } from '@backstage/core-components';
import {
  Datasource,
  ImportedFrom,
  OpenApiChange,
} from 'backstage-plugin-datasource-auth-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { FailureView } from '../failures/FailureView';
import { Notice, usePaths } from '../frame';
import { useSettingsUpdate } from '../configuration/useSettingsUpdate';
import { Text, useText } from '../translation';

const useStyles = makeStyles(theme => ({
  only: { margin: theme.spacing(0, 0, 1) },
  list: { margin: theme.spacing(0.5, 0, 1), paddingLeft: theme.spacing(2.5) },
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    marginTop: theme.spacing(1.5),
  },
}));

const FIELDS = {
  server: 'field.baseUrl',
  authorizeUrl: 'field.authorizeUrl',
  tokenUrl: 'field.tokenUrl',
  refreshUrl: 'field.refreshUrl',
  issuer: 'field.issuer',
  flow: 'openapi.changes.flow',
} as const;

function inWords(t: Text, { endpoint, was, now }: OpenApiChange): string {
  const name = t(FIELDS[endpoint]);
  if (was && now) return t('openapi.changes.line', { name, was, now });
  if (now) return t('openapi.changes.added', { name, now });
  return t('openapi.changes.gone', { name, was: was ?? '' });
}

function onlyInWords(t: Text, { endpoint, was = '', now = '' }: OpenApiChange) {
  return t('openapi.changes.one', { name: t(FIELDS[endpoint]), was, now });
}

/** Props of {@link DescriptionNotice}. */
export interface DescriptionNoticeProps {
  datasource: Datasource;
  changes: OpenApiChange[];
  onChanged: () => void;
}

/** Returns the endpoints in the current description; empty if its flow no longer exists. */
function endpointsNow(
  { importedFrom }: Datasource,
  changes: OpenApiChange[],
): ImportedFrom['endpoints'] | undefined {
  if (!importedFrom) return undefined;
  const endpoints = { ...importedFrom.endpoints };
  for (const { endpoint, now } of changes) {
    if (endpoint === 'flow') return undefined;
    endpoints[endpoint] = now;
  }
  return endpoints;
}

/** Shows how the API description changed since the datasource was created: old and new values, and what to do. */
export const DescriptionNotice = (props: DescriptionNoticeProps) => {
  const { datasource, changes } = props;
  const t = useText();
  const classes = useStyles();
  const paths = usePaths();
  const { name, source, allowed, importedFrom } = datasource;
  const { update, busy, failure } = useSettingsUpdate(props);
  const endpoints = endpointsNow(datasource, changes);
  const declared = source === 'config';
  const [first] = changes;
  const only =
    changes.length === 1 && first.was && first.now ? first : undefined;
  return (
    <Notice severity="warning">
      {only ? (
        <p className={classes.only}>{onlyInWords(t, only)}</p>
      ) : (
        <>
          {t('openapi.changes.title')}
          <ul className={classes.list}>
            {changes.map(change => (
              <li key={change.endpoint}>{inWords(t, change)}</li>
            ))}
          </ul>
        </>
      )}
      {t(declared ? 'openapi.changes.declared' : 'openapi.changes.text')}
      {!declared && allowed.update && (
        <div className={classes.buttons}>
          <LinkButton
            variant="outlined"
            size="small"
            color="primary"
            to={paths.edit(name)}
          >
            {t('detail.allSettings')}
          </LinkButton>
          {endpoints && (
            <Button
              size="small"
              variant="outlined"
              disabled={busy}
              onClick={() =>
                update({ importedFrom: { ...importedFrom!, endpoints } })
              }
            >
              {t('openapi.changes.keep')}
            </Button>
          )}
        </div>
      )}
      {failure && <FailureView failure={failure} alert />}
    </Notice>
  );
};
