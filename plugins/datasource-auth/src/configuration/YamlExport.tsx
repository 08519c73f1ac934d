import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { Progress } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { LoadFailure } from '../failures/LoadFailure';
import { CopyButton, saveAsFile, useElementId } from '../frame';
import { useText } from '../translation';

const useStyles = makeStyles(theme => ({
  yaml: {
    margin: 0,
    padding: theme.spacing(2),
    overflowX: 'auto',
    fontSize: '0.8125rem',
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.default,
  },
}));

/** Shows the settings as an app-config block without secrets, to copy or save. */
export const YamlExport = (props: { name: string; version: number }) => {
  const { name, version } = props;
  const t = useText();
  const classes = useStyles();
  const id = useElementId();
  const api = useApi(datasourceAuthApiRef);
  const {
    value: yaml,
    loading,
    error,
  } = useAsyncRetry(() => api.exportDatasource(name), [api, name, version]);
  return (
    <section aria-labelledby={id}>
      <Box
        display="flex"
        flexWrap="wrap"
        alignItems="center"
        mb={1}
        style={{ gap: 8 }}
      >
        <Box flexGrow={1}>
          <Typography id={id} variant="h6" component="h3">
            {t('configuration.yaml')}
          </Typography>
          <Typography variant="body2">{t('configuration.yamlText')}</Typography>
        </Box>
        {yaml !== undefined && (
          <>
            <CopyButton text={yaml} what={t('configuration.yamlName')} />
            <Button
              variant="outlined"
              onClick={() =>
                saveAsFile({
                  name: `${name}.yaml`,
                  type: 'application/yaml',
                  text: yaml,
                })
              }
            >
              {t('configuration.download')}
            </Button>
          </>
        )}
      </Box>
      {loading && <Progress aria-label={t('configuration.loading')} />}
      {error && <LoadFailure error={error} />}
      {yaml !== undefined && (
        <pre
          className={classes.yaml}
          tabIndex={0} // eslint-disable-line jsx-a11y/no-noninteractive-tabindex -- keyboard users must be able to scroll it
          aria-labelledby={id}
        >
          {yaml}
        </pre>
      )}
    </section>
  );
};
