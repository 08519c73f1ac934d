import { Link } from 'react-router-dom';
import {
  Datasource,
  OpenApiChange,
} from 'backstage-plugin-datasource-auth-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { Notice, usePaths } from '../frame';
import { Text, useText } from '../translation';

const useStyles = makeStyles(theme => ({
  list: { margin: theme.spacing(0.5, 0, 1), paddingLeft: theme.spacing(2.5) },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
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

/** Props of {@link DescriptionNotice}. */
export interface DescriptionNoticeProps {
  datasource: Datasource;
  changes: OpenApiChange[];
}

/** That the API description is not any more what the datasource was made from: old, new, and what can be done. */
export const DescriptionNotice = (props: DescriptionNoticeProps) => {
  const { datasource, changes } = props;
  const t = useText();
  const classes = useStyles();
  const paths = usePaths();
  const { name, source, allowed, importedFrom } = datasource;
  const declared = source === 'config';
  const [first] = changes;
  return (
    <Notice severity="warning">
      {changes.length === 1 && first.was && first.now
        ? t('openapi.changes.one', { name: t(FIELDS[first.endpoint]) })
        : t('openapi.changes.title')}
      <ul className={classes.list}>
        {changes.map(change => (
          <li key={change.endpoint}>{inWords(t, change)}</li>
        ))}
      </ul>
      {t(declared ? 'openapi.changes.declared' : 'openapi.changes.text')}
      {!declared && allowed.update && (
        <div className={classes.buttons}>
          <Button
            size="small"
            color="primary"
            component={Link}
            to={paths.edit(name)}
          >
            {t('detail.edit')}
          </Button>
          {importedFrom?.entityRef && (
            <Button
              size="small"
              color="primary"
              component={Link}
              to={paths.importOf(importedFrom.entityRef)}
            >
              {t('openapi.changes.again')}
            </Button>
          )}
        </div>
      )}
    </Notice>
  );
};
