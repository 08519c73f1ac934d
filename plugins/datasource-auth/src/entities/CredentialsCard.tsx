import { InfoCard, InfoCardVariants } from '@backstage/core-components';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import {
  DATASOURCE_ANNOTATION,
  datasourceNamesOf,
  hasOpenApiDefinition,
} from 'backstage-plugin-datasource-auth-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReadableTheme } from '../frame/ReadableTheme';
import { useText } from '../translation';
import { CreateFromApi } from './CreateFromApi';
import { CredentialRow } from './CredentialRow';

/** No more are loaded: an entity with so many datasources has another problem. */
const MOST_SHOWN = 20;

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    '& + &': {
      borderTop: `1px solid ${theme.palette.divider}`,
      marginTop: theme.spacing(1.5),
      paddingTop: theme.spacing(1.5),
    },
  },
}));

/** The status of the credentials that an entity depends on, with links to fix or create them. */
const Credentials = () => {
  const t = useText();
  const classes = useStyles();
  const { entity } = useEntity();
  const names = datasourceNamesOf(entity);
  if (names.length === 0)
    return hasOpenApiDefinition(entity) ? (
      <CreateFromApi entity={entity} />
    ) : (
      <Typography variant="body2">
        {t('entity.none', { annotation: DATASOURCE_ANNOTATION })}
      </Typography>
    );
  const shown = names.slice(0, MOST_SHOWN);
  const more = names.length - shown.length;
  return (
    <>
      <ul className={classes.list} aria-label={t('entity.list')}>
        {shown.map(name => (
          <li key={name} className={classes.item}>
            <CredentialRow name={name} />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Typography variant="body2">
          {t('entity.more', { count: more })}
        </Typography>
      )}
    </>
  );
};

/**
 * Props of `EntityDatasourceAuthCard`.
 *
 * @public
 */
export interface CredentialsCardProps {
  /** How the card fits its container, as for Backstage's own cards. */
  variant?: InfoCardVariants;
}

/** The card in the style of legacy apps. */
export const CredentialsCard = ({ variant }: CredentialsCardProps) => {
  const t = useText();
  return (
    <ReadableTheme>
      <InfoCard title={t('entity.title')} variant={variant}>
        <Credentials />
      </InfoCard>
    </ReadableTheme>
  );
};

/** The card in the style of the new frontend system's entity pages. */
export const CredentialsInfoCard = () => {
  const t = useText();
  return (
    <ReadableTheme>
      <EntityInfoCard title={t('entity.title')}>
        <Credentials />
      </EntityInfoCard>
    </ReadableTheme>
  );
};
