import { GrantOrKind, Subjects } from 'backstage-plugin-datasource-auth-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { CopyButton, Notice } from '../frame';
import { useText } from '../translation';
import { snippetOf } from './snippetOf';

const useStyles = makeStyles({
  code: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
});

/** Shows how a plugin uses a datasource, with a copy button. */
export const Snippet = (props: {
  name: string;
  grantOrKind?: GrantOrKind;
  subjects?: Subjects;
}) => {
  const t = useText();
  const classes = useStyles();
  const snippet = snippetOf(props.name, props.grantOrKind, props.subjects);
  return (
    <Notice severity="info">
      <Typography variant="subtitle2" component="h4">
        {t('detail.use')}{' '}
        <CopyButton text={snippet} what={t('detail.snippet')} />
      </Typography>
      <pre className={classes.code}>{snippet}</pre>
    </Notice>
  );
};
