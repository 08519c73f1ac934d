import {
  GrantOrKind,
  OpenApiOrigin,
} from 'backstage-plugin-datasource-auth-common';
import { makeStyles } from '@material-ui/core/styles';
import { Breakable } from '../frame';
import {
  StackedCell,
  StackedHeader,
  StackedRow,
  StackedTable,
} from '../frame/StackedTable';
import { settingLabel } from '../settings/settingLabel';
import { Text, useText } from '../translation';

const useStyles = makeStyles(theme => ({
  anywhere: { overflowWrap: 'anywhere' },
  mark: { ...theme.typography.caption, display: 'block' },
}));

/** Returns the name of a value in the document: the last key of its pointer, or the parent's for an item of a list. */
function memberName(from: string): string {
  return from.split('/').pop() ?? '';
}

function problemInWords(t: Text, origin: OpenApiOrigin): string | undefined {
  const { problem, from, value } = origin;
  if (!problem) return undefined;
  const name = memberName(from);
  const text = t(`openapi.review.problem.${problem.code}`, {
    name,
    value,
    message: problem.message,
  });
  return problem.code === 'blocked'
    ? text
    : `${t('openapi.review.leftOut')}: ${text}`;
}

/** Table of fields, values, and sources. */
export const OriginsTable = ({ origins }: { origins: OpenApiOrigin[] }) => {
  const t = useText();
  const classes = useStyles();
  return (
    <StackedTable
      caption={t('openapi.review.table')}
      columns={[
        t('openapi.review.field'),
        t('openapi.review.value'),
        t('openapi.review.from'),
      ]}
    >
      {origins.map(origin => {
        const problem = problemInWords(t, origin);
        return (
          <StackedRow key={origin.path}>
            <StackedHeader>{settingLabel(t, origin.path)}</StackedHeader>
            <StackedCell label={t('openapi.review.value')}>
              <span className={classes.anywhere}>
                {['auth.grantType', 'auth.type'].includes(origin.path) ? (
                  t(`grant.${origin.value as GrantOrKind}`)
                ) : (
                  <Breakable text={String(origin.value)} />
                )}
              </span>
              {origin.resolved && (
                <span className={classes.mark}>
                  {t('openapi.review.resolved')}
                </span>
              )}
              {problem && <strong className={classes.mark}>⚠ {problem}</strong>}
            </StackedCell>
            <StackedCell label={t('openapi.review.from')}>
              <code className={classes.anywhere}>
                <Breakable text={origin.from} />
              </code>
            </StackedCell>
          </StackedRow>
        );
      })}
    </StackedTable>
  );
};
