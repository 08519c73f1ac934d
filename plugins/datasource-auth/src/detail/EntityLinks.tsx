import useAsync from 'react-use/esm/useAsync';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useApiHolder } from '@backstage/core-plugin-api';
import { useErrorText } from 'backstage-plugin-datasource-auth-react';
import {
  CATALOG_FILTER_EXISTS,
  catalogApiRef,
  EntityRefLink,
} from '@backstage/plugin-catalog-react';
import {
  Datasource,
  DATASOURCE_ANNOTATION,
  datasourceNamesOf,
} from 'backstage-plugin-datasource-auth-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { CopyButton, EntityLink, useElementId } from '../frame';
import { useText } from '../translation';

const SHOWN = 50;
const FIELD = `metadata.annotations.${DATASOURCE_ANNOTATION}`;

const useStyles = makeStyles(theme => ({
  root: { ...theme.typography.body2, overflowWrap: 'anywhere' },
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
}));

/** Loads the entities whose annotation names a datasource, limited to those that the user may see. */
async function annotatedWith(
  name: string,
  catalog: typeof catalogApiRef.T,
): Promise<{ entities: Entity[]; more: boolean }> {
  // The catalog only compares whole values or substrings, so exact names are checked here.
  const { items, pageInfo } = await catalog.queryEntities({
    filter: { [FIELD]: CATALOG_FILTER_EXISTS },
    fullTextFilter: { term: name, fields: [FIELD] },
    orderFields: { field: 'metadata.name', order: 'asc' },
    fields: ['kind', 'metadata'],
    limit: SHOWN,
  });
  return {
    entities: items.filter(entity => datasourceNamesOf(entity).includes(name)),
    more: Boolean(pageInfo.nextCursor),
  };
}

/** Props of {@link EntityLinks}. */
export interface EntityLinksProps {
  datasource: Datasource;
  /** Why its API description can't be compared. */
  unreadable?: string;
}

/** Links to the catalog: the entities that name the datasource, and the API it was imported from. */
export const EntityLinks = ({ datasource, unreadable }: EntityLinksProps) => {
  const t = useText();
  const errorText = useErrorText();
  const classes = useStyles();
  const id = useElementId();
  const { name, importedFrom } = datasource;
  const { entityRef, url } = importedFrom ?? {};
  const catalog = useApiHolder().get(catalogApiRef);
  const { value: found, error } = useAsync(
    async () => catalog && annotatedWith(name, catalog),
    [catalog, name],
  );
  if (!catalog && !entityRef && !url) return null;
  const annotation = `${DATASOURCE_ANNOTATION}: ${name}`;
  return (
    <section aria-labelledby={id} className={classes.root}>
      <Typography id={id} variant="h6" component="h4" gutterBottom>
        {t('entity.links.title')}
      </Typography>
      {(entityRef ?? url) && (
        <p>
          {t('entity.links.importedFrom')}{' '}
          {entityRef ? (
            <EntityLink entityRef={entityRef} defaultKind="api">
              {entityRef}
            </EntityLink>
          ) : (
            <code>{url}</code>
          )}
          {unreadable && (
            <>
              {'. '}
              {t('entity.links.unreadable', { message: unreadable })}
            </>
          )}
        </p>
      )}
      {error && (
        <p role="alert">
          {t('entity.links.failed', { message: errorText(error) })}
        </p>
      )}
      {found && found.entities.length > 0 && (
        <>
          {t('entity.links.annotated')}
          <ul className={classes.list}>
            {found.entities.map(entity => (
              <li key={stringifyEntityRef(entity)}>
                <EntityRefLink entityRef={entity} defaultKind={entity.kind} /> (
                {entity.kind})
              </li>
            ))}
          </ul>
        </>
      )}
      {found?.more && <p>{t('entity.links.more')}</p>}
      {found && found.entities.length === 0 && !found.more && (
        <p>
          {t('entity.links.none')}
          <br />
          <code>{annotation}</code>{' '}
          <CopyButton text={annotation} what={t('entity.links.annotation')} />
        </p>
      )}
    </section>
  );
};
