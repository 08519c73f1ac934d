import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { LinkButton, Progress } from '@backstage/core-components';
import {
  useDatasources,
  useErrorText,
} from 'backstage-plugin-datasource-auth-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { usePagePaths } from '../frame';
import { useText } from '../translation';

const useStyles = makeStyles({ root: { minHeight: 78 } });

/** Only the permission matters here, not the list. */
const NO_MORE_THAN_ONE = { limit: 1 };

/** Shown for an API without a datasource: how to create one from its description, if allowed. */
export const CreateFromApi = ({ entity }: { entity: Entity }) => {
  const t = useText();
  const errorText = useErrorText();
  const classes = useStyles();
  const paths = usePagePaths();
  const {
    value: list,
    loading,
    error,
    retry,
  } = useDatasources(NO_MORE_THAN_ONE);
  return (
    <div className={classes.root}>
      <Typography variant="body2" paragraph>
        {t('entity.api.none')}{' '}
        {list && t(list.mayCreate ? 'entity.api.text' : 'entity.api.ask')}
      </Typography>
      {loading && <Progress aria-label={t('entity.api.loading')} />}
      {error && (
        <>
          <Typography variant="body2" role="alert" gutterBottom>
            {t('entity.api.failed', { message: errorText(error) })}
          </Typography>
          <Button size="small" variant="outlined" onClick={retry}>
            {t('list.retry')}
          </Button>
        </>
      )}
      {list?.mayCreate && (
        <LinkButton
          variant="outlined"
          color="primary"
          to={paths.importOf(stringifyEntityRef(entity))}
        >
          {t('entity.api.create')}
        </LinkButton>
      )}
    </div>
  );
};
